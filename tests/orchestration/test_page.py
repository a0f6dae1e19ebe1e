"""The page an official reads: whole, in Chinese, honest about what is simulated, and needing nothing from outside."""

from __future__ import annotations

import json
import re

from lxml import html

from expectations import declared
from orchestration.brief import ENGLISH, RANK_COLUMNS, TARGET_COLUMNS
from tests.ingest.hostile.test_formulas import dangerous
from tests.orchestration.conftest import Released


def page_of(released: Released) -> str:
    return (released.home / "releases" / "current" / "index.html").read_text(encoding="utf-8")


def test_the_page_shows_every_headline_target_of_every_month_as_the_marts_say(beiguan: Released) -> None:
    tables = html.fromstring(page_of(beiguan)).findall(".//table")
    assert len(tables) == 12
    newest = [[cell.text_content() for cell in row.findall("td")] for row in tables[0].findall(".//tbody/tr")]
    said = beiguan.rows(
        "select indicator_name, target_text, actual_text, parent_text, gap_text, rank_text, change_text, pace_text, "
        "status_text, lead_bureau_name from mart_monthly_brief where reference_month = '2023-12-01' order by sort_order"
    )
    assert newest == [list(row) for row in said]
    assert len(newest) == 13


def test_the_page_of_simulated_figures_says_so(beiguan: Released) -> None:
    assert "模拟数据，非统计数据" in page_of(beiguan)


def test_the_page_needs_nothing_from_outside(beiguan: Released) -> None:
    links = re.findall(r"""(?:src|href)=["']([^"']+)""", page_of(beiguan))
    assert set(links) == {"manifest.json", "marts.duckdb", "data_docs/index.html"}


def test_the_data_docs_show_every_check_and_need_nothing_from_outside(beiguan: Released) -> None:
    release = beiguan.home / "releases" / "current"
    page = (release / "data_docs" / "index.html").read_text(encoding="utf-8")
    published = [*declared("marts"), *declared("release")]
    for check in published:
        assert f"<code>{check.check}</code>" in page
    before_publishing = "//h2[contains(., 'before publishing')]/following-sibling::table[1]"
    assert html.fromstring(page).xpath(f"count({before_publishing})") == len({one.table for one in published})
    assert html.fromstring(page).xpath(f"count({before_publishing}//td[@class='critical'])") == 0
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    assert json.loads((release / "manifest.json").read_text(encoding="utf-8"))["data_docs"] == "data_docs/index.html"


def test_the_data_docs_begin_with_what_failed(beiguan: Released) -> None:
    docs = html.parse(str(beiguan.home / "releases" / "current" / "data_docs" / "index.html"))
    results = [cell.get("class") for cell in docs.iterfind(".//tr/td[@class]") if cell.get("class") != "source"]
    assert "warning" in results, "the notice among the reports has no owner"
    assert results[0] == "warning"


def test_every_heading_stands_in_english_beside_the_chinese(beiguan: Released) -> None:
    assert {*TARGET_COLUMNS, *RANK_COLUMNS} <= set(ENGLISH)
    headings = html.fromstring(page_of(beiguan)).find(".//thead/tr").findall("th")
    assert [heading.text_content() for heading in headings] == [
        chinese + ENGLISH[name] for name, chinese in TARGET_COLUMNS.items()
    ]


def test_a_pack_without_targets_gets_its_rankings_and_no_notice(shaoyang: Released) -> None:
    page = page_of(shaoyang)
    assert "邵阳市 2025-09 位次一览" in page
    assert "12/12" in page
    assert "模拟数据" not in page


def test_nothing_in_a_release_runs_in_a_spreadsheet(beiguan: Released) -> None:
    release = beiguan.home / "releases" / "current"
    written = [path for path in release.rglob("*") if path.suffix in {".html", ".csv", ".xlsx"}]
    assert written
    assert {path.name: dangerous(path) for path in written if dangerous(path)} == {}
