"""Footnote marks: what ends a label or a number, and the lines that explain it."""

from __future__ import annotations

import pytest

from ingest.footnotes import Footnotes, read_notes, without_marks

NOTES = Footnotes(["① 快报数", "a) As of Oct.1", "注：1）不含农户；2）含本级", "* 修订数", "※ 暂定", "(3) 新口径"])

MARKED = [
    ("12.3①", "12.3", "快报数"), ("12.3 a)", "12.3", "As of Oct.1"), ("12.3ａ）", "12.3", "As of Oct.1"),
    ("1,234*", "1,234", "修订数"), ("12.3¹", "12.3", "不含农户"), ("12.3(2)", "12.3", "含本级"),
    ("12.3（3）", "12.3", "新口径"), ("12.3注1", "12.3", "不含农户"), ("①12.3", "12.3", "快报数"),
    ("12.3%※", "12.3%", "暂定"), ("12.3①*", "12.3", "快报数；修订数"), ("增长3.2%①", "增长3.2%", "快报数"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "plain", "note"), MARKED)
def test_an_explained_mark_is_taken_off_and_its_words_are_kept(printed: str, plain: str, note: str) -> None:
    text, marks = NOTES.off(printed)
    assert text.strip() == plain
    assert NOTES.words(marks) == note


@pytest.mark.parametrize(
    "printed", ["12.3②", "12.3²x", "12.3(9)", "12.3b)", "12.3**", "①", "*", "(1)", "-", "(12.3)", "100m²"]
)
def test_what_nothing_explains_stays_part_of_the_text(printed: str) -> None:
    assert NOTES.off(printed) == (printed, ())


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("地区生产总值①", "地区生产总值"), ("平成22年 a)ｂ）", "平成22年"), ("Main area※", "Main area"),
        ("零售额注1", "零售额"),
        ("合计*", "合计"), ("投资(1)", "投资"), ("面积(m²)", "面积(m²)"), ("重量(kg)", "重量(kg)"),
        ("增速（%）", "增速（%）"),
        ("万m²", "万m²"), ("①", "①"), ("90m²", "90m²"),
    ],
)  # fmt: skip
def test_a_label_is_compared_without_its_marks(label: str, plain: str) -> None:
    assert without_marks(label) == plain


@pytest.mark.parametrize(
    ("line", "notes"),
    [
        ("注：①不含农户；②快报数", {"①": "不含农户", "②": "快报数"}),
        ("①不含农户。②快报数。", {"①": "不含农户。", "②": "快报数。"}),
        ("a) 10月１日現在", {"a": "10月１日現在"}),
        ("　b)国勢調査結果（確定数）", {"b": "国勢調査結果（確定数）"}),
        ("*   世帯数", {"*": "世帯数"}),
        ("注1：快报数", {"1": "快报数"}),
        ("备注：※ 暂定数", {"※": "暂定数"}),
        ("数据来源：统计局", {}), ("注：本表为快报数", {}), ("(一)工业", {}), ("12.3", {}), ("①", {}), ("", {}),
    ],
)  # fmt: skip
def test_a_line_explains_the_marks_with_which_its_notes_begin(line: str, notes: dict[str, str]) -> None:
    assert read_notes(line) == notes


def test_a_mark_explained_in_two_languages_has_both_wordings() -> None:
    both = Footnotes(["a) 10月１日現在", "a)  As of Oct.1", "a) 10月１日現在"])
    assert both.words(["a)"]) == "10月１日現在 / As of Oct.1"
