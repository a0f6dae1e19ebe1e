"""XML tables of every structure, and the workbooks that Excel 2003 wrote as XML."""

from __future__ import annotations

import pytest

from ingest.grids import TooLargeError, UnreadableError

HEAD = '<?xml version="1.0" encoding="gb2312"?>'


def test_tables_with_rows_and_cells_keep_their_titles(opened, texts) -> None:
    file = opened(
        f"""{HEAD}<data description="2023年2月价格变动情况"><table title="表1：新建">
        <head><row><cell>城市</cell><cell>环比</cell></row></head><data><row><cell>北京</cell><cell>100.2</cell></row></data>
        </table><table title="表2：二手"><row><cell>城市</cell></row></table></data>""".encode("gb18030")
    )
    assert file.media_type == "application/xml"
    assert [grid.name for grid in file.grids] == ["表1：新建", "表2：二手"]
    assert texts(file.grids[0]) == [["城市", "环比"], ["北京", "100.2"]]
    assert file.page_lines == ["2023年2月价格变动情况"]


def test_records_become_a_table_with_a_header(opened, texts) -> None:
    file = opened(
        """<?xml version="1.0"?><report><title>2023年6月</title><rows><row code="410503">
        <region>北关区</region><gdp unit="亿元">12.50</gdp></row>
        <row><region>滑县</region><note>初步数</note></row></rows></report>"""
    )
    assert file.page_lines == ["2023年6月"]
    assert file.grids[0].lines_above == ["2023年6月"]
    assert texts(file.grids[0]) == [
        ["code", "region", "gdp@unit", "gdp", "note"], ["410503", "北关区", "亿元", "12.50", ""],
        ["", "滑县", "", "", "初步数"],
    ]  # fmt: skip


def test_records_inside_records_inherit_what_stands_outside(opened, texts) -> None:
    file = opened(
        """<?xml version="1.0"?><m:DataSet xmlns:m="urn:x"><m:Series AREA="甲"><m:Obs T="2023-01" V="1.0"/><m:Obs
        T="2023-02" V="2.0"/></m:Series><m:Series AREA="乙">
        <m:Obs T="2023-01" V="3.0"/><m:Obs T="2023-02" V="4.0"/></m:Series>
        </m:DataSet>"""
    )
    assert texts(file.grids[0]) == [
        ["AREA", "T", "V"], ["甲", "2023-01", "1.0"], ["甲", "2023-02", "2.0"], ["乙", "2023-01", "3.0"],
        ["乙", "2023-02", "4.0"],
    ]  # fmt: skip


def test_rows_of_cells_under_any_names(opened, texts) -> None:
    file = opened("<?xml version='1.0'?><x><s name='一'><r><c>地区</c><c>值</c></r><r><c>甲</c><c>1</c></r></s>"
                  "<s name='二'><r><c>地区</c><c>值</c></r><r><c>乙</c><c>2</c></r></s></x>")  # fmt: skip
    assert [(grid.name, texts(grid)[1]) for grid in file.grids] == [("一", ["甲", "1"]), ("二", ["乙", "2"])]


def test_an_excel_2003_xml_table_is_a_workbook(opened, texts) -> None:
    file = opened(
        """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
         xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
        <Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>
        <Style ss:ID="n"><NumberFormat ss:Format="0.0_ "/></Style></Styles><Worksheet ss:Name="一表"><Table>
        <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">2023年6月</Data></Cell></Row>
        <Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="String">北关区</Data></Cell>
        <Cell ss:Index="3" ss:StyleID="n"><Data ss:Type="Number">12.499999999999</Data></Cell></Row>
        <Row><Cell ss:StyleID="p"><Data ss:Type="Number">0.049</Data></Cell><Cell ss:Formula="=RC[-1]*2"/>
        <Cell><Data ss:Type="Error">#REF!</Data></Cell>
        <Cell><Data ss:Type="DateTime">2023-06-30T00:00:00.000</Data></Cell></Row>
        </Table></Worksheet><Worksheet ss:Name="底稿"><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>
        </x:WorksheetOptions></Worksheet></Workbook>"""
    )
    grid = file.grids[0]
    assert [(g.name, g.is_visible) for g in file.grids] == [("一表", True), ("底稿", False)]
    assert texts(grid)[0][:3] == ["2023年6月"] * 3
    assert texts(grid)[3] == ["4.9%", "=RC[-1]*2", "#REF!", "2023-06-30"]
    assert [(c.text, c.number, c.decimals) for c in grid.row_cells(2)] == [
        ("北关区", None, None), ("12.499999999999", 12.499999999999, 1),
    ]  # fmt: skip
    assert grid.hidden_rows == {2}


def test_a_cut_off_document_is_refused_with_the_place(opened) -> None:
    with pytest.raises(UnreadableError, match="line 1"):
        opened("<?xml version='1.0'?><rows><row a='1'/><row")


def test_a_cell_far_away_is_refused(opened) -> None:
    with pytest.raises(TooLargeError, match="极远"):
        opened('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
               'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
               '<Row ss:Index="99999999"><Cell/></Row></Table></Worksheet></Workbook>')  # fmt: skip
