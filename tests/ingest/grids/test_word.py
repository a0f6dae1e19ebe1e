"""Word documents: tables in reading order, merged and nested cells, and what stands between them."""

from __future__ import annotations

import contextlib
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.grids import UnreadableError
from ingest.grids.zipped import open_zip


def saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def report() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("2023年6月统计月报", 1)
    document.add_paragraph("上半年经济运行总体平稳；各项指标保持增长。")
    document.add_paragraph("一、地区生产总值")
    document.add_paragraph("单位：亿元")
    table = document.add_table(3, 3)
    for row, line in enumerate([["地区", "1-6月", ""], ["", "总量", "增速"], ["滑 县", "12.50", "-0.2"]]):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_paragraph("二、财政收入（万元）")
    other = document.add_table(2, 2)
    other.cell(0, 0).text, other.cell(0, 1).text, other.cell(1, 0).text, other.cell(1, 1).text = "地区", "值", "甲", "3"
    document.add_paragraph("注：初步数")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    return document


def test_a_title_belongs_to_the_table_that_it_stands_above(opened, texts) -> None:
    file = opened(saved(report()))
    first, second = file.grids
    assert file.media_type.endswith("wordprocessingml.document")
    assert texts(first) == [["地区", "1-6月", "1-6月"], ["地区", "总量", "增速"], ["滑 县", "12.50", "-0.2"]]
    assert first.lines_above == ["内部资料", "2023年6月统计月报", "一、地区生产总值", "单位：亿元"]
    assert second.lines_above == ["二、财政收入（万元）"]
    assert file.page_lines[-1] == "注：初步数"
    assert "上半年经济运行总体平稳；各项指标保持增长。" in file.page_lines


def test_a_table_in_a_cell_is_a_table_of_its_own(opened, texts) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "说明"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "1"
    assert [texts(grid) for grid in opened(saved(document)).grids] == [[["说明", ""]], [["甲", "1"]]]


def test_deleted_text_is_gone_and_a_table_in_a_form_field_is_not(opened, texts) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲"
    paragraph = table.cell(0, 1).paragraphs[0]._p
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>11</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>12</w:t></w:r></w:ins>"))
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    table._tbl.addprevious(control)
    control[0].append(table._tbl)
    assert texts(opened(saved(document)).grids[0]) == [["甲", "12"]]


def test_a_document_with_macros_is_read_and_they_are_not(opened, texts) -> None:
    import zipfile

    target = BytesIO()
    with open_zip(BytesIO(saved(report()))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                assert kind in data
                data = data.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")
            new.writestr(name, data)
    assert len(opened(target.getvalue()).grids) == 2


def test_a_damaged_document_is_refused_and_not_raised(opened) -> None:
    whole = saved(report())
    for start in range(30, len(whole), 997):
        with contextlib.suppress(UnreadableError):  # anything else would be a traceback to the clerk
            opened(whole[:start] + bytes(40) + whole[start + 40 :])


def test_an_old_word_document_is_refused_by_name(opened) -> None:
    with pytest.raises(UnreadableError, match=r"\.doc"):
        opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"))
