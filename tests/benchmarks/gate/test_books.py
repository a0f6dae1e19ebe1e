"""A file that is opened, changed in one cell and written again differs in that cell only."""

from __future__ import annotations

import pytest

from benchmarks.gate.books import Book, Content, open_book
from demo.writers.sheet import Number, Sheet, to_csv, to_html, to_xls, to_xlsx

ROWS = [("地区", "总量（万元）", "增速（%）"), ("文峰区", Number(34200, 0), Number(5.8, 1)),
        ("北关区", Number(28682, 0), Number(-0.4, 1))]  # fmt: skip
FILES = {
    "a.xlsx": to_xlsx([Sheet("表1", ROWS, [])]),
    "a.xls": to_xls([Sheet("表1", ROWS, [])]),
    "a.csv": to_csv(ROWS, "utf-8-sig"),
    "gb.csv": to_csv(ROWS, "gb18030"),
    "a.html": to_html("2023年1-3月", ["说明"], ROWS, ["注"]),
}
CITIES = """<house_price_data date="2023/6/15">
  <table index="1" title="表1：2023年5月" name="2023年5月">
    <head><row index="0"><cell column="0">城市</cell><cell column="1">环比</cell></row></head>
    <data>
      <row index="0"><cell column="0">北京</cell><cell column="1">100.2</cell></row>
      <row index="1"><cell column="0">唐山</cell><cell column="1">99.9</cell></row>
      <row index="2"><cell column="0">北京</cell><cell column="1">100.2</cell></row>
      <row index="3"><cell column="0">唐山</cell><cell column="1">99.9</cell></row>
    </data>
  </table>
</house_price_data>
"""


def contents(book: Book) -> dict[tuple[str, int, int], Content]:
    return {
        (sheet, row, column): book.get(sheet, row, column)
        for sheet in book.sheets
        for row in range(1, book.size(sheet)[0] + 1)
        for column in range(1, book.size(sheet)[1] + 1)
    }


@pytest.mark.parametrize("name", FILES)
def test_one_changed_cell_is_the_only_difference(name: str) -> None:
    book = open_book(name, FILES[name])
    before = contents(book)
    is_text = isinstance(before["表1", 2, 2], str)
    book.put("表1", 2, 2, "43200" if is_text else 43200)
    after = contents(open_book(name, book.payload()))
    assert {place for place in before if before[place] != after[place]} == {("表1", 2, 2)}
    assert float(str(after["表1", 2, 2])) == 43200


@pytest.mark.parametrize("name", ["a.csv", "gb.csv", "a.html"])
def test_a_text_file_that_is_not_changed_keeps_its_bytes(name: str) -> None:
    assert open_book(name, FILES[name]).payload() == FILES[name]


def test_both_copies_of_a_city_change_together() -> None:
    book = open_book("a.xml", CITIES.encode())
    assert book.size("表1：2023年5月") == (3, 2)
    book.put("表1：2023年5月", 2, 2, "102.0")
    assert book.payload().decode() == CITIES.replace("100.2", "102.0")


def test_a_new_title_renames_the_table_of_the_cities() -> None:
    book = open_book("a.xml", CITIES.encode())
    book.reword(lambda text: text.replace("5月", "4月"))
    assert book.payload().decode() == CITIES.replace("5月", "4月")
