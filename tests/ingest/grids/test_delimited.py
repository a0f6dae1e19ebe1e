"""Text tables: every encoding and delimiter that a Chinese office may save in."""

from __future__ import annotations

import codecs

import pytest

from ingest.grids import UnreadableError

ROWS = [["地区", "绝对额", "增长"], ["滑　县", "12.5", "1.5"], ["殷都区", "1,234", "-0.2"]]
TRADITIONAL = [["地區", "總產值", "增長率"], ["臺北縣", "1234.5", "1.5"], ["高雄縣與屏東縣", "8.25", "-0.2"]]


def written(rows: list[list[str]], delimiter: str = "\t") -> str:
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
     ("utf-16-le", b""), ("utf-16-be", b""), ("gb18030", b""), ("gbk", b"")],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "；"])
def test_encoding_and_delimiter_are_found(opened, texts, encoding: str, mark: bytes, delimiter: str) -> None:
    assert texts(opened(mark + written(ROWS, delimiter).encode(encoding)).grids[0]) == ROWS


def test_big5_is_told_from_gb18030_by_the_words_that_come_out(opened, texts) -> None:
    assert texts(opened(written(TRADITIONAL).encode("big5")).grids[0]) == TRADITIONAL


def test_traditional_words_in_gbk_stay_what_they_are(opened, texts) -> None:
    assert texts(opened(written(TRADITIONAL).encode("gbk")).grids[0]) == TRADITIONAL


def test_a_full_width_comma_in_a_remark_is_no_delimiter(opened, texts) -> None:
    rows = [["地区", "备注"], ["甲", "升，稳，好"], ["乙", "降，稳，差"]]
    assert texts(opened(written(rows, ",")).grids[0]) == rows


def test_the_delimiter_that_excel_names_in_the_first_line_counts(opened, texts) -> None:
    grid = opened("sep=|\n地区|值\n甲|1,5\n乙|2,5\n").grids[0]
    assert texts(grid)[1:] == [["地区", "值"], ["甲", "1,5"], ["乙", "2,5"]]


def test_columns_set_apart_by_blanks_are_told_by_position(opened, texts) -> None:
    page = """2023年6月主要指标
地  区      总量    增速
北 关 区   1,012     1.5
滑县                 2.0
殷都区      8.25
"""
    assert texts(opened(page).grids[0]) == [
        ["2023年6月主要指标", "", ""], ["地  区", "总量", "增速"], ["北 关 区", "1,012", "1.5"], ["滑县", "", "2.0"],
        ["殷都区", "8.25", ""],
    ]  # fmt: skip


def test_blanks_that_make_no_columns_are_not_guessed_at(opened, texts) -> None:
    rows = texts(opened("甲  1  2\n乙的名字很长很长  3\n丙   4   5    6\n").grids[0])
    assert rows == [["甲  1  2"], ["乙的名字很长很长  3"], ["丙  4  5  6"]]


def test_binary_rubbish_is_refused(opened) -> None:
    with pytest.raises(UnreadableError):
        opened(bytes(range(256)) * 3)
