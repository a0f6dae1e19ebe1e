"""JSON tables: the shapes that programs and portals write."""

from __future__ import annotations

import json

import pytest

from ingest.grids import UnreadableError

TABLE = [["地区", "总量"], ["甲", "1.50"], ["乙", "-2"]]


@pytest.mark.parametrize(
    "document",
    [
        '[{"地区": "甲", "总量": 1.50}, {"地区": "乙", "总量": -2}]',
        '[["地区", "总量"], ["甲", 1.50], ["乙", -2]]',
        '{"columns": ["地区", "总量"], "data": [["甲", 1.50], ["乙", -2]]}',
        '{"code": 200, "body": {"list": [{"地区": "甲", "总量": "1.50"}, {"地区": "乙", "总量": -2}]}}',
        '{"地区": ["甲", "乙"], "总量": [1.50, -2]}',
        '{"地区": "甲", "总量": 1.50}\n{"地区": "乙", "总量": -2}\n',
    ],
    ids=["records", "rows", "columns and data", "under keys", "columns of values", "lines"],
)
def test_one_table_in_every_shape_and_numbers_as_printed(opened, texts, document: str) -> None:
    file = opened(document)
    assert file.media_type == "application/json"
    assert [texts(grid) for grid in file.grids] == [TABLE]


def test_an_index_is_the_first_column(opened, texts) -> None:
    file = opened('{"columns": ["总量"], "index": ["甲", "乙"], "data": [[1.50], [-2]]}')
    assert texts(file.grids[0]) == [["", "总量"], ["甲", "1.50"], ["乙", "-2"]]


def test_several_tables_keep_their_names_and_the_texts_above_them(opened, texts) -> None:
    file = opened(
        '{"title": "2023年6月月报", "tables": [{"name": "生产总值", "unit": "亿元", "rows": ['
        '{"地区": "甲", "值": null}]}, {"name": "财政", "unit": "万元", "rows": [{"地区": "甲", "值": 3}]}]}'
    )
    assert [grid.name for grid in file.grids] == ["生产总值", "财政"]
    assert [grid.lines_above for grid in file.grids] == [
        ["2023年6月月报", "生产总值", "单位：亿元"], ["财政", "单位：万元"],
    ]  # fmt: skip
    assert texts(file.grids[0]) == [["地区", "值"], ["甲", ""]]


def test_the_answer_of_a_statistics_portal_is_a_long_table_and_its_code_lists(opened, texts) -> None:
    node = '{"code": "zb.A01_reg.%s", "data": {"data": 1.5, "dotcount": 1, "hasdata": true, "strdata": "1.5"}, "wds": [\
{"valuecode": "A01", "wdcode": "zb"}, {"valuecode": "%s", "wdcode": "reg"}]}'
    codes = '{"nodes": [{"cname": "北京", "code": "110000"}, {"cname": "天津", "code": "120000"}], "wdcode": "reg"}'
    nodes = ", ".join(node % (code, code) for code in ("110000", "120000"))
    file = opened(f'{{"returncode": 200, "returndata": {{"datanodes": [{nodes}], "wdnodes": [{codes}]}}}}')
    data, names = file.grids
    assert texts(data)[0] == ["code", "data.data", "data.dotcount", "data.hasdata", "data.strdata", "wds.1.valuecode",
                              "wds.1.wdcode", "wds.2.valuecode", "wds.2.wdcode"]  # fmt: skip
    assert texts(data)[2][4:8] == ["1.5", "A01", "zb", "120000"]
    assert "北京" in json.dumps(texts(names), ensure_ascii=False)


@pytest.mark.parametrize(
    "document",
    ['{"a": [1, 2', '{"a": 1, "a": 2}', '{"a": [' + "[" * 90_000 + "]" * 90_000 + "]}"],
    ids=["cut off", "a key twice", "nested without end"],
)
def test_damaged_documents_are_refused(opened, document: str) -> None:
    with pytest.raises(UnreadableError, match="JSON"):
        opened(document)
