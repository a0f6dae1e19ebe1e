"""Files that are meant badly, or broken: each is refused in words or read within the limits, and nothing in it runs."""

from __future__ import annotations

import os
import random
import resource
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import limits
from ingest.grids.errors import UnreadableError
from ingest.grids.extent import check_sheet
from ingest.intake.quarantine import Reason
from ingest.workers import ask_once
from tests.ingest.hostile import files
from tests.ingest.hostile.files import DECLARATION, LAUGHS, STRANGER
from tests.ingest.hostile.opening import Opened, Opener, is_in_words, open_file

ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'


def refused(answer: Opened | Reason, *codes: str) -> Reason:
    assert isinstance(answer, Reason), f"it was read: {str(answer)[:300]}"
    assert is_in_words(answer), answer
    assert answer.reason_code in codes, answer
    return answer


def text_of(answer: Opened | Reason) -> str:
    """All that came out of a file, which may be a refusal."""
    if isinstance(answer, Reason):
        assert is_in_words(answer), answer
        return ""
    assert answer.peak_mebibytes < 1024
    return " ".join([*answer.values.values(), *answer.lines])


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- entities

ENTITIES: dict[str, Callable[[Path, str, str], Path]] = {
    "xlsx sheet": lambda path, dtd, name: files.sheet_xml(path, ROW.format(1, f"&{name};"), dtd),
    "xlsx strings": lambda path, dtd, name: files.with_part(
        files.workbook(path), "xl/sharedStrings.xml",
        f"{DECLARATION}{dtd}<sst {files.MAIN}><si><t>&{name};</t></si></sst>"
    ),
    "xlsx workbook": lambda path, dtd, name: files.with_part(
        files.workbook(path), "xl/workbook.xml",
        f'{DECLARATION}{dtd}<workbook {files.MAIN}><sheets><sheet name="&{name};" sheetId="1"/></sheets></workbook>',
    ),
    "xlsx styles": lambda path, dtd, name: files.with_part(
        files.workbook(path), "xl/styles.xml", f"{DECLARATION}{dtd}<styleSheet {files.MAIN}>&{name};</styleSheet>"
    ),
    "ods": lambda path, dtd, name: files.ods(
        path, f"<table:table-row>{files.ods_cell(f'&{name};')}</table:table-row>", dtd
    ),
    "docx": lambda path, dtd, name: files.document(
        path, f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>&{name};</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", dtd
    ),
    "xml": lambda path, dtd, name: written(
        path, f"{DECLARATION}{dtd}<x><row><cell>北关区</cell><cell>&{name};</cell></row></x>"
    ),
    "html": lambda path, dtd, name: written(path, f"{dtd}<html><table><tr><td>&{name};</td></tr></table></html>"),
    "svg": lambda path, dtd, name: written(
        path, f'{DECLARATION}{dtd}<svg xmlns="http://www.w3.org/2000/svg"><text>&{name};</text></svg>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENTITIES)
def test_a_billion_laughs_are_not_laughed(opened: Opener, tmp_path: Path, kind: str) -> None:
    assert "haha" not in text_of(opened(ENTITIES[kind](tmp_path / "a", LAUGHS, "k")))


@pytest.mark.parametrize("kind", ENTITIES)
def test_an_entity_never_fetches_a_file_of_ours(opened: Opener, tmp_path: Path, kind: str) -> None:
    assert "root:" not in text_of(opened(ENTITIES[kind](tmp_path / "a", STRANGER, "k")))


@pytest.mark.parametrize("kind", ["xlsx sheet", "ods", "docx", "xml"])
def test_a_number_with_an_entity_in_it_is_never_taken_without_it(opened: Opener, tmp_path: Path, kind: str) -> None:
    dtd = '<!DOCTYPE x [<!ENTITY k "34">]>'
    path = ENTITIES[kind](tmp_path / "a", dtd, "k;5&k")
    answer = opened(path)
    assert isinstance(answer, Reason) or "5" not in answer.values.values()


# --- dimensions


def test_a_dimension_that_lies_is_not_believed(opened: Opener, tmp_path: Path) -> None:
    answer = opened(files.sheet_xml(tmp_path / "a", ROW.format(1, "北关区"), dimension="A1:XFD1048576"))
    assert isinstance(answer, Opened)
    assert answer.values == {("表", "A1"): "北关区"}
    assert answer.peak_mebibytes < 300


def test_one_far_cell_does_not_make_a_billion(opened: Opener, tmp_path: Path) -> None:
    refused(opened(files.workbook(tmp_path / "a.xlsx", {"A1": 1, "XFD1048576": 2})), "too_large")


def test_far_cells_of_an_old_workbook_stay_within_the_memory(opened: Opener, tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    for name in range(20):
        sheet = book.add_sheet(f"s{name}")
        sheet.write(0, 0, 1)
        sheet.write(65535, 255, 2)
    book.save(str(tmp_path / "a.xls"))
    refused(opened(tmp_path / "a.xls"), "too_large")


def test_far_cells_of_a_binary_workbook_stay_within_the_memory(opened: Opener, tmp_path: Path) -> None:
    from pyxlsbwriter import XlsbWriter

    with XlsbWriter(str(tmp_path / "a.xlsb")) as book:
        book.add_sheet("s")
        book.write_sheet([["x"] * 200] * 3000)
    answer = opened(tmp_path / "a.xlsb")
    text_of(answer)


@pytest.mark.parametrize("rows", [1, 1_048_576])
def test_repeated_cells_of_an_ods_are_not_multiplied_out(opened: Opener, tmp_path: Path, rows: int) -> None:
    full = f'<table:table-row table:number-rows-repeated="{rows}">{files.ods_cell("x", 16_384)}</table:table-row>'
    answer = opened(files.ods(tmp_path / "a.ods", full * (1 if rows > 1 else 60)))
    refused(answer, "too_large", "unreadable")


def test_repeated_empty_cells_of_an_ods_are_nothing(opened: Opener, tmp_path: Path) -> None:
    """What LibreOffice writes below and beside every table."""
    beside = '<table:table-cell table:number-columns-repeated="16383"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048570">{beside}</table:table-row>'
    row = f"<table:table-row>{files.ods_cell('北关区')}{beside}</table:table-row>"
    answer = opened(files.ods(tmp_path / "a.ods", row + empty))
    assert isinstance(answer, Opened)
    assert answer.values == {("表", "A1"): "北关区"}


@pytest.mark.parametrize("span", ['rowspan="1000000000" colspan="1000000000"', 'rowspan="65534" colspan="65534"'])
def test_spans_of_a_page_are_bounded(opened: Opener, tmp_path: Path, span: str) -> None:
    rows = f"<tr><td {span}>甲</td><td>1</td></tr>" * 200
    text_of(opened(written(tmp_path / "a.html", f"<table>{rows}</table>")))


def test_spans_of_a_text_document_are_bounded(opened: Opener, tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    text_of(opened(files.document(tmp_path / "a.docx", f"<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * 200}</w:tbl>")))


def test_a_merged_range_over_the_whole_sheet_ends_where_the_cells_end(opened: Opener, tmp_path: Path) -> None:
    after = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    answer = opened(files.sheet_xml(tmp_path / "a", ROW.format(1, "北关区") + ROW.format(9, "x"), after=after))
    assert isinstance(answer, Opened)
    assert answer.values[("表", "A1")] == "北关区"


def test_merged_ranges_without_end_are_refused(opened: Opener, tmp_path: Path) -> None:
    after = "<mergeCells>" + '<mergeCell ref="A1:Z2000"/>' * 2_000 + "</mergeCells>"
    rows = "".join(ROW.format(row, "x") for row in range(1, 2001)) + '<row r="2001"><c r="Z2001"><v>1</v></c></row>'
    refused(opened(files.sheet_xml(tmp_path / "a", rows, after=after)), "too_large")


def test_a_cell_of_endless_text_is_named(opened: Opener, tmp_path: Path) -> None:
    start = '地区,值\n北关区,1\n"'
    told = refused(opened(written(tmp_path / "a.csv", start + "长" * 40_000)), "too_large")
    assert "A3" in told.reason
    refused(opened(written(tmp_path / "a.csv", start + "长" * 400_000)), "unreadable")


def test_a_line_of_endless_columns_is_refused(opened: Opener, tmp_path: Path) -> None:
    refused(opened(written(tmp_path / "a.csv", "1," * 3_000_000)), "too_large")


# --- archives and bombs


def test_a_bomb_in_a_workbook_is_not_unpacked(opened: Opener, tmp_path: Path) -> None:
    for name in ("xl/worksheets/sheet1.xml", "xl/media/image1.png", "docProps/app.xml"):
        path = files.with_part(files.workbook(tmp_path / "a.xlsx"), name, bytes(8 << 20))
        refused(opened(path), "too_large")


def test_a_directory_that_lies_about_its_sizes_gains_nothing(opened: Opener, tmp_path: Path) -> None:
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        path = files.with_part(files.workbook(tmp_path / "a.xlsx"), name, DECLARATION + " " * (60 << 20))
        content = bytearray(path.read_bytes())
        at = content.rindex(name.encode()) - 46
        content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        text_of(opened(written(path, bytes(content))))


def test_parts_with_names_that_lead_outside_are_never_written(opened: Opener, tmp_path: Path) -> None:
    path = files.with_part(files.workbook(tmp_path / "a.xlsx"), "../../../hostile.txt", "x")
    files.with_part(path, "/tmp/hostile-absolute.txt", "x")
    before = sorted(tmp_path.parent.rglob("*"))
    assert isinstance(opened(path), Opened)
    assert sorted(tmp_path.parent.rglob("*")) == before
    assert not Path("/tmp/hostile-absolute.txt").exists()


def test_a_file_of_a_hundred_megabytes_is_refused_unopened(opened: Opener, tmp_path: Path) -> None:
    path = files.with_part(files.workbook(tmp_path / "a.xlsx"), "xl/media/x.bin", bytes(100 << 20), zipfile.ZIP_STORED)
    assert "MiB" in refused(opened(path), "too_large").reason
    path.unlink()


def test_a_sheet_of_a_hundred_megabytes_is_refused_or_read_in_time(opened: Opener, tmp_path: Path) -> None:
    chance = random.Random(4)  # a block longer than the window of the packer, so that it does not look like a bomb
    block = "".join(f"<row>{''.join(f'<c><v>{chance.random()}</v></c>' for _ in range(20))}</row>" for _ in range(2000))
    path = files.sheet_xml(tmp_path / "a.xlsx", block * (100_000_000 // len(block) + 1))
    refused(opened(path), "too_large")


def test_a_sheet_of_empty_formatted_cells_is_read_in_time(opened: Opener, tmp_path: Path) -> None:
    empty = "".join(f'<c r="{column}{{0}}" s="1"/>' for column in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = ROW.format(1, "北关区") + "".join(f'<row r="{n}">{empty.format(n)}</row>' for n in range(2, 60_000))
    text_of(opened(files.sheet_xml(tmp_path / "a.xlsx", rows)))


# --- formulas, links, macros


def test_formulas_are_never_evaluated_and_links_never_followed(opened: Opener, tmp_path: Path) -> None:
    formulas = ['WEBSERVICE("http://127.0.0.1:9/")', "cmd|' /C calc'!A0", "'[http://127.0.0.1:9/x.xlsx]S'!A1", "1+1"]
    cells = "".join(f'<row r="{n}"><c r="A{n}"><f>{text}</f></c><c r="B{n}"><f>{text}</f><v>7.5</v></c></row>'
                    for n, text in enumerate(formulas, start=1))  # fmt: skip
    path = files.sheet_xml(tmp_path / "a.xlsx", cells)
    files.with_part(path, "xl/externalLinks/externalLink1.xml", f"{DECLARATION}<externalLink {files.MAIN}/>")
    answer = opened(path)
    assert isinstance(answer, Opened)
    assert answer.numbers == {("表", f"B{row}"): 7.5 for row in range(1, len(formulas) + 1)}


@pytest.mark.parametrize("name", ["a.xlsm", "a.xlsb"])
def test_a_workbook_with_macros_is_read_and_they_are_not_run(opened: Opener, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("b"):
        from pyxlsbwriter import XlsbWriter

        with XlsbWriter(str(path)) as book:
            book.add_sheet("表")
            book.write_sheet([["北关区", 12.5]])
        files.with_part(path, "xl/vbaProject.bin", os.urandom(2000))
    else:
        files.with_part(files.workbook(path, {"A1": "北关区", "B1": 12.5}), "xl/vbaProject.bin", os.urandom(2000))
    answer = opened(path)
    assert isinstance(answer, Opened)
    assert list(answer.values.values()) == ["北关区", "12.5"]


def test_a_script_in_a_page_is_not_read(opened: Opener, tmp_path: Path) -> None:
    page = "<script>document.write('<td>9')</script><table><tr><td>北关区<td onclick='x()'>12.5</tr></table>"
    answer = opened(written(tmp_path / "a.html", page))
    assert isinstance(answer, Opened)
    assert list(answer.values.values()) == ["北关区", "12.5"]


# --- wrong, broken, empty


@pytest.mark.parametrize("name", ["a.csv", "a.pdf", "a.xls", "a", "a.jpg.exe", "a.docx"])
def test_a_wrong_ending_changes_nothing(opened: Opener, tmp_path: Path, name: str) -> None:
    answer = opened(files.workbook(tmp_path / name))
    assert isinstance(answer, Opened)
    assert answer.numbers == {("表", "B2"): 12.5}


@pytest.mark.parametrize("between", ["", "\n  "])
def test_a_cell_with_two_values_has_none(opened: Opener, tmp_path: Path, between: str) -> None:
    row = f'<row r="1"><c r="A1"><v>24298</v>{between}<v>308</v></c></row>'
    refused(opened(files.sheet_xml(tmp_path / "a.xlsx", row)), "unreadable")


def test_two_values_under_a_prefix_are_none_either(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        check_sheet(b'<x:row r="1"><x:c r="A1"><x:v>24298</x:v><x:v>308</x:v></x:c></x:row>')


def test_a_cell_outside_every_row_is_not_taken_for_one_of_it(opened: Opener, tmp_path: Path) -> None:
    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><c r="B1"><v>6.6</v></c>'
    refused(opened(files.sheet_xml(tmp_path / "a.xlsx", sheet)), "unreadable")


def test_a_number_that_is_none_is_shown_as_it_stands(opened: Opener, tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>5</v></c></row>'
    answer = opened(files.sheet_xml(tmp_path / "a.xlsx", row))
    assert isinstance(answer, Reason) or answer.numbers == {("表", "C1"): 5.0}


def test_an_old_workbook_under_a_new_name_is_read(opened: Opener, tmp_path: Path) -> None:
    answer = opened(samples(tmp_path)["xls"].rename(tmp_path / "renamed.xlsx"))
    assert isinstance(answer, Opened)
    assert answer.numbers[("表", "B2")] == 1.5


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00" + bytes(2000), b"\x7fELF" + bytes(2000), b"\x89PNG\r\n\x1a\n" + bytes(99),
     b"\xff\xd8\xff" + bytes(99),
     b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08" + bytes(50), b"SQLite format 3\0" + bytes(500),
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.4\n", b"%PDF-1.7\n%%EOF",
     b"{\\rtf1 1}", random.Random(2).randbytes(5000)],
    ids=["exe", "elf", "png", "jpeg", "rar", "7z", "gzip", "sqlite", "ole", "zip", "zip end", "pdf", "pdf end", "rtf",
         "noise"],
)  # fmt: skip
def test_what_is_no_table_is_refused_under_any_name(opened: Opener, tmp_path: Path, content: bytes) -> None:
    for name in ("a.xlsx", "a.csv"):
        refused(opened(written(tmp_path / name, content)), "unreadable", "empty")


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t\n", b"\xef\xbb\xbf,,,\n,,\n"]
)
def test_nothing_is_refused_as_nothing(opened: Opener, tmp_path: Path, content: bytes) -> None:
    refused(opened(written(tmp_path / "a.xlsx", content)), "empty", "unreadable")


def samples(folder: Path) -> dict[str, Path]:
    """One small file of each format."""
    import xlwt

    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    for row in range(30):
        sheet.write(row, 0, f"区{row}")
        sheet.write(row, 1, row + 0.5)
    old.save(str(folder / "a.xls"))
    table = "".join(f"<tr><td>区{n}</td><td>{n}.5</td></tr>" for n in range(30))
    lines = b"BT /F1 12 Tf 50 700 Td (North 12.5) Tj ET"
    return {
        "xlsx": files.workbook(folder / "a.xlsx"),
        "xls": folder / "a.xls",
        "ods": files.ods(folder / "a.ods", f"<table:table-row>{files.ods_cell('区') * 3}</table:table-row>" * 30),
        "docx": files.document(folder / "a.docx"),
        "pdf": written(folder / "a.pdf", files.pdf(lines)),
        "html": written(folder / "a.html", f"<html><table>{table}</table></html>"),
        "xml": written(folder / "a.xml", f"{DECLARATION}<t>{table}</t>"),
        "json": written(folder / "a.json", '[{"区": "北关", "值": 12.5}, {"区": "文峰", "值": 3}]'),
        "csv": written(folder / "a.csv", "区,值\n" + "".join(f"区{n},{n}.5\n" for n in range(30))),
    }


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "docx", "pdf", "html", "xml", "json", "csv"])
def test_a_file_cut_off_anywhere_is_refused_or_read_as_far_as_it_goes(
    opened: Opener, tmp_path: Path, kind: str
) -> None:
    whole = samples(tmp_path)[kind].read_bytes()
    for share in (1, 10, 30, 50, 70, 90, 99):
        answer = opened(written(tmp_path / "cut", whole[: max(len(whole) * share // 100, 1)]))
        if isinstance(answer, Reason):
            assert is_in_words(answer), answer


def test_a_chain_of_sectors_that_bites_its_tail_ends(opened: Opener, tmp_path: Path) -> None:
    content = bytearray(samples(tmp_path)["xls"].read_bytes())
    table = int.from_bytes(content[76:80], "little")
    for sector in range(1, 20):  # each sector of the table of sectors leads back to the first
        at = 512 + table * 512 + sector * 4
        content[at : at + 4] = (0).to_bytes(4, "little")
    text_of(opened(written(tmp_path / "loop.xls", bytes(content))))


@pytest.mark.parametrize(
    "content",
    ["<div>" * 100_000, "<table><tr><td>" * 20_000, "[" * 200_000, '{"a":' * 100_000,
     DECLARATION + "<a>" * 100_000 + "</a>" * 100_000, "(" * 100_000, '"' * 100_001],
    ids=["html", "tables in tables", "json list", "json object", "xml", "brackets", "quotes"],
)  # fmt: skip
def test_nesting_without_end_ends(opened: Opener, tmp_path: Path, content: str) -> None:
    text_of(opened(written(tmp_path / "a", content)))


# --- pdf


def test_a_stream_of_a_pdf_is_not_unpacked_beyond_the_memory(opened: Opener, tmp_path: Path) -> None:
    packed = zlib.compress(bytes(900 << 20), 1)
    text_of(opened(written(tmp_path / "a.pdf", files.pdf(packed, "/Filter /FlateDecode"))))


def test_a_file_that_would_take_hours_is_given_up_after_ten_seconds_of_work(tmp_path: Path) -> None:
    """Counted is the processor's time: by the clock it is the same on an idle machine, and fair on a busy one."""
    packed = zlib.compress(b"0 0 10 10 re f " * 1_000_000)
    path = written(tmp_path / "a.pdf", files.pdf(packed, "/Filter /FlateDecode"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = ask_once(open_file, path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "10 秒" in refused(answer, "too_large").found
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < limits.OPEN_SECONDS + 1


def test_a_pdf_of_too_many_pages_is_refused_in_time(opened: Opener, tmp_path: Path) -> None:
    content = files.pdf(b"BT (North 12.5) Tj ET", pages=limits.PDF_PAGES + 1)
    refused(opened(written(tmp_path / "a.pdf", content)), "too_large")


def test_pages_that_contain_themselves_end(opened: Opener, tmp_path: Path) -> None:
    text_of(opened(written(tmp_path / "a.pdf", files.pdf(b"BT (x) Tj ET", kids="2 0 R 2 0 R 4 0 R"))))
