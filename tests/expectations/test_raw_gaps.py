"""What is not there: a gap is asked about where everything around it stands, and what a source never prints is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import CheckResult
from tests.expectations.gap_faults import EMPTY_COLUMN, FIRST, IN_TWO_TABLES, LONG, MANY

gate = pytest.importorskip("expectations.validate")

Mutated = Callable[[str], Path]


def told(database: Path) -> dict[str, list[dict[str, object]]]:
    """Rows of what is told of whole files, by check."""
    results: list[CheckResult] = gate.validate(database, "raw", ["submission"])
    return {r.check: r.rows for r in results if not r.passed}


def gaps(database: Path) -> list[str | None]:
    """Where the table of a first report has a gap."""
    return [row["source_cell"] for row in told(database).get("table_has_no_gap", [])]


def test_a_gap_of_a_first_report_is_seen_beside_its_row_and_its_column(mutated_raw: Mutated) -> None:
    blank = f"{FIRST}; delete from raw.cell where source_cell in ('G4', 'B2', 'L5')"
    assert gaps(mutated_raw(blank)) == ["B2", "G4", "L5"]
    rank = f"{FIRST}; delete from raw.cell where source_cell = 'Q3'"
    assert gaps(mutated_raw(rank)) == ["Q3"]


def test_what_a_first_report_prints_for_some_regions_only_is_no_gap(mutated_raw: Mutated) -> None:
    city_only = f"{FIRST}; delete from raw.cell where source_cell[1] in ('H', 'I') and region_code <> '410500'"
    half_a_row = f"{FIRST}; delete from raw.cell where source_cell[1] > 'G' and region_code = '410506'"
    half_a_column = f"{FIRST}; delete from raw.cell where source_cell in ('H2', 'H4')"
    for habit in (city_only, half_a_row, half_a_column):
        assert gaps(mutated_raw(habit)) == []


def test_figures_lost_one_under_another_in_a_first_report_count_once(mutated_raw: Mutated) -> None:
    assert gaps(mutated_raw(MANY)) == []
    side_by_side = f"{MANY}; delete from raw.cell where source_cell in ('G11', 'G12', 'G13')"
    assert gaps(mutated_raw(side_by_side)) == ["G11", "G12", "G13"]


def test_blanks_here_and_there_or_of_a_whole_level_of_regions_are_a_habit(mutated_raw: Mutated) -> None:
    here_and_there = f"{MANY}; delete from raw.cell where source_cell in ('G11', 'G13', 'G15')"
    level = "update raw.pack_region set region_level = 'zone' where region_code between '410581' and '410583'"
    whole_level = f"{MANY}; {level}; delete from raw.cell where source_cell in ('G11', 'G12', 'G13')"
    too_many = f"{MANY}; delete from raw.cell where source_cell in ('G10', 'G11', 'G12', 'G13', 'G14')"
    for habit in (here_and_there, whole_level, too_many):
        assert gaps(mutated_raw(habit)) == []


JUNE = "reference_month = date '2023-06-01'"


def test_one_report_before_makes_a_habit(mutated_raw: Mutated) -> None:
    second = "delete from raw.cell where reference_month < date '2023-05-01'"
    second += "; delete from raw.submission where submission_id not in (select submission_id from raw.cell)"
    second += "; delete from raw.submission_table where submission_id not in (select submission_id from raw.cell)"
    assert "usual_figure_is_there" not in told(mutated_raw(second))
    found = told(mutated_raw(f"{second}; delete from raw.cell where {JUNE} and source_cell = 'B54'"))
    assert [row["source_cell"] for row in found["usual_figure_is_there"]] == ["B54"]
    assert "table_has_no_gap" not in found


def test_an_emptied_column_is_one_finding(mutated_raw: Mutated) -> None:
    found = told(mutated_raw(f"delete from raw.cell where {JUNE} and indicator_code = 'deposits'"))
    assert [(row["indicator_code"], row["observed"]) for row in found["usual_column_is_there"]] == [
        ("deposits", "整栏空缺 5 个数")
    ]
    assert "usual_figure_is_there" not in found
    first = told(mutated_raw(EMPTY_COLUMN))
    assert [row["source_cell"] for row in first["heading_has_figures"]] == ["G9"]
    assert "table_has_no_gap" not in first


def test_a_heading_of_what_is_not_due_or_never_filled_is_no_gap(mutated_raw: Mutated) -> None:
    later = "update raw.pack_indicator_measure set first_month = 7 where indicator_code = 'deposits'"
    before = """
        insert into raw.submission by name
            select * replace ('before' as submission_id, 17 as submission_order) from raw.submission;
        insert into raw.cell by name
            select * replace ('before' as submission_id) from raw.cell where rule = 'empty_column'"""
    for reason in (later, before):
        assert "heading_has_figures" not in told(mutated_raw(f"{EMPTY_COLUMN}; {reason}"))


def test_a_region_of_the_set_that_stands_nowhere_is_named_once(mutated_raw: Mutated) -> None:
    nowhere = f"{IN_TWO_TABLES}; delete from raw.cell where region_code = '410505'"
    found = told(mutated_raw(nowhere))
    assert [row["region_code"] for row in found["region_set_is_whole"]] == ["410505"]
    assert not {"region_is_in_every_table", "table_has_no_gap"} & set(found)
    half = f"{FIRST}; delete from raw.cell where region_code in ('410505', '410506')"
    never = "delete from raw.cell where region_code = '410505'"
    for habit in (half, never):
        assert "region_set_is_whole" not in told(mutated_raw(habit))


def test_a_region_that_one_table_lost_is_one_finding_beside_the_reports_before_too(mutated_raw: Mutated) -> None:
    two_tables = """
        insert into raw.submission_table select * replace (2 as table_no, '表2' as title) from raw.submission_table;
        update raw.cell set table_no = 2, source_sheet = '月报2' where substr(source_cell, 2)::integer > 60"""
    found = told(mutated_raw(f"{two_tables}; delete from raw.cell where {JUNE} and table_no = 2 "
                             "and region_code = '410505'"))  # fmt: skip
    assert [row["region_code"] for row in found["region_is_in_every_table"]] == ["410505"]
    assert not {"usual_figure_is_there", "table_has_no_gap"} & set(found)


def test_a_mark_without_a_figure_is_an_answer(mutated_raw: Mutated) -> None:
    mark = f"""{FIRST}; update raw.cell set disposition = 'ignored', rule = 'missing_mark', value_number = null,
        region_code = null, indicator_code = null, measure = null where source_cell = 'G4'"""
    assert gaps(mutated_raw(mark)) == []


def test_a_month_in_the_middle_of_a_series_is_missed_and_not_a_quarter_between(mutated_raw: Mutated) -> None:
    """All months in one file, one row per series; GDP is quarterly."""
    one_file = """
        delete from raw.acceptance;
        update raw.cell set submission_id = (select submission_id from raw.submission where submission_order = 18),
            source_cell = chr(65 + datediff('month', date '2022-01-01', reference_month)::integer)
                || substr(source_cell, 2);
        delete from raw.submission where submission_order < 18;
        delete from raw.submission_table where submission_id not in (select submission_id from raw.submission)"""
    assert gaps(mutated_raw(f"delete from raw.cell where disposition <> 'observation'; {one_file}")) == []
    blank = f"""delete from raw.cell where disposition <> 'observation'; {one_file};
        delete from raw.cell where source_cell in ('E54', 'R63')"""
    assert gaps(mutated_raw(blank)) == ["E54", "R63"]


def test_a_gap_that_the_report_before_had_is_a_habit(mutated_raw: Mutated) -> None:
    habit = "delete from raw.cell where source_cell = 'B94' and month(reference_month) > 4"
    assert gaps(mutated_raw(habit)) == []


def lost(database: Path) -> list[tuple[object, object]]:
    """Where a long table lost figures, and how many."""
    return [(row["source_cell"], row["observed"]) for row in told(database).get("figure_told_before_is_there", [])]


def test_several_figures_of_a_month_or_of_a_series_that_were_told_before_are_one_finding(mutated_raw: Mutated) -> None:
    assert not {"figure_told_before_is_there", "table_has_no_gap"} & set(told(mutated_raw(LONG)))
    newest = "delete from raw.cell where submission_id = 'long' and source_cell in ('R14', 'R44', 'R64')"
    assert lost(mutated_raw(f"{LONG}; {newest}")) == [("R14", "空缺 3 个数")]
    assert gaps(mutated_raw(f"{LONG}; {newest}")) == []
    series = "delete from raw.cell where submission_id = 'long' and source_cell[2:] = '14'"
    assert lost(mutated_raw(f"{LONG}; {series}")) == [("B14", "空缺 16 个数")]


def test_what_was_blank_in_the_same_month_of_another_year_may_be_blank_again(mutated_raw: Mutated) -> None:
    habit = "delete from raw.cell where source_cell in ('E14', 'E24', 'E34') and submission_id = 'long'"
    habit += "; delete from raw.cell where source_cell in ('Q14', 'Q24', 'Q34')"
    assert lost(mutated_raw(f"{LONG}; {habit}")) == []
