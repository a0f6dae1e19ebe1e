"""One spec for all months of a report: parts that hold for an era, and the gaps and overlaps that are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.pack import PackError, load_pack
from ingest.spec import Era, SourceSpec

REPO = Path(__file__).resolve().parents[3]


def spec(*columns: dict[str, Any], tables: list[dict[str, Any]] | None = None, **table: Any) -> SourceSpec:
    one = {"name": "gdp", "find": {"corner": "地区"}, "orientation": "regions_down", "columns": list(columns), **table}
    return SourceSpec.model_validate({
        "stem": "tjj__x", "title": "表", "title_en": "Table", "bureau_code": "tjj", "recognise": {"contains": ["表"]},
        "tables": tables or [one],
    })  # fmt: skip


OLD, NEW = {"until": "2018-12"}, {"from": "2019-01"}
LEVEL = {"match": "绝对额", "measure": "level_ytd"}


@pytest.mark.parametrize(
    ("era", "month", "holds"),
    [
        (OLD, (2018, 12), True),
        (OLD, (2019, 1), False),
        (NEW, (2019, 1), True),
        (NEW, (2018, 12), False),
        ({"from": "2019-01", "until": "2019-01"}, (2019, 1), True),
        ({"from": "2019-01", "until": "2019-01"}, (2019, 2), False),
    ],
)
def test_both_ends_of_an_era_belong_to_it(era: dict[str, str], month: tuple[int, int], holds: bool) -> None:
    assert Era.model_validate(era).holds(date(*month, 1)) is holds


@pytest.mark.parametrize("era", [{}, {"from": "2019-13"}, {"from": "2019"}, {"from": "2020-01", "until": "2019-12"}])
def test_an_era_that_says_nothing_sensible_is_refused(era: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Era.model_validate(era)


def test_a_report_sees_only_the_parts_of_its_era() -> None:
    whole = spec({**LEVEL, "unit": "万元", "era": OLD}, {**LEVEL, "unit": "亿元", "era": NEW}, {"match": "增速"})
    units = {
        month: [c.unit for c in whole.in_era(date(*month, 1)).tables[0].columns] for month in [(2018, 6), (2024, 6)]
    }
    assert units == {(2018, 6): ["万元", None], (2024, 6): ["亿元", None]}
    assert whole.in_era(None) is whole


def test_tables_of_one_name_follow_each_other() -> None:
    table = {"name": "gdp", "orientation": "regions_down", "columns": [LEVEL]}
    whole = spec(
        tables=[{**table, "find": {"title": "旧表"}, "era": OLD}, {**table, "find": {"title": "新表"}, "era": NEW}]
    )
    assert [t.find.title for t in whole.in_era(date(2019, 1, 1)).tables] == [("新表",)]


OVERLAPS = [
    [{**LEVEL, "era": {"until": "2019-01"}}, {**LEVEL, "era": NEW}],
    [{**LEVEL, "era": NEW}, LEVEL],
    [{**LEVEL, "era": OLD}, {**LEVEL, "era": {"until": "2018-01"}}],
    [{"match": ["绝对额", "总量"], "era": NEW}, {"match": ["总量", "数额"]}],
]


@pytest.mark.parametrize("columns", OVERLAPS)
def test_two_columns_of_one_pattern_in_one_month_are_refused(columns: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError, match="overlap"):
        spec(*columns)


def test_a_gap_between_two_eras_is_refused() -> None:
    with pytest.raises(ValidationError, match="between 2018-12 and 2019-03"):
        spec({**LEVEL, "era": OLD}, {**LEVEL, "era": {"from": "2019-03"}})


def test_columns_under_different_headings_are_different_columns() -> None:
    spec({**LEVEL, "over": "本月", "era": NEW}, {**LEVEL, "over": "累计"})


@pytest.mark.parametrize("part", ["rows", "blocks"])
def test_rows_and_blocks_are_checked_alike(part: str) -> None:
    key = "match" if part == "rows" else "from"
    twice = [{key: "合计", "era": {"until": "2020-01"}}, {key: "合计", "era": {"from": "2020-01"}}]
    with pytest.raises(ValidationError, match="overlap"):
        spec(LEVEL, **{part: twice})


def test_tables_that_are_found_alike_may_not_share_a_month() -> None:
    table = {"orientation": "regions_down", "columns": [LEVEL], "find": {"title": "表"}}
    with pytest.raises(ValidationError, match="overlap"):
        spec(tables=[{**table, "name": "a", "era": NEW}, {**table, "name": "b"}])
    with pytest.raises(ValidationError, match="stand twice"):
        spec(tables=[{**table, "name": "a"}, {**table, "name": "a", "find": {"title": "乙"}}])


def test_check_pack_names_the_file_and_what_to_do(tmp_path: Path) -> None:
    source = REPO / "tests" / "packs" / "nbs_provincial"
    for path in source.rglob("*.yaml"):
        target = tmp_path / path.relative_to(source)
        target.parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "sources":
            old = '{match: "~^房地产(开发)?投资_?累计值", indicator: re_investment, measure: level_ytd}'
            assert old in text
            again = old[:-1] + ", era: {from: 2020-01}}"
            text = text.replace(old, f"{old}\n  - {again}")
        target.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path)
    (problem,) = refused.value.errors
    assert problem.file == "sources/nbs__provincial_monthly.yaml"
    assert "overlap" in problem.message_en
