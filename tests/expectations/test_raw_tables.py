"""Whole tables: what was copied, exchanged or shifted is held at its cells; what offices really do passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import CheckResult
from tests.expectations.gap_faults import LONG
from tests.expectations.table_faults import (
    ALONE,
    BALANCED,
    JUNE,
    NUMBER,
    OPEN_SUM,
    PARTS,
    ROUNDED,
    UNROUNDED,
    from_month,
    from_row,
)

gate = pytest.importorskip("expectations.validate")

Mutated = Callable[[str], Path]


def held(database: Path) -> dict[str, set[str]]:
    """Cells that critical rules hold, by check."""
    results: list[CheckResult] = gate.validate(database, "raw")
    return {
        r.check: {row["source_cell"] for row in r.rows}
        for r in results
        if not r.passed and r.severity == "critical"
    }  # fmt: skip


def test_an_old_report_sent_as_a_new_month_is_held_with_its_ranks(mutated_raw: Mutated) -> None:
    found = held(mutated_raw(from_month("2023-03-01")))
    assert {"B12", "B23", "B51", "C42"} <= found["other_month_is_not_sent_again"]


def test_last_years_report_sent_again_is_held_too(mutated_raw: Mutated) -> None:
    assert {"B12", "B25", "B54"} <= held(mutated_raw(from_month("2022-06-01")))["other_month_is_not_sent_again"]


def test_one_stale_column_leaves_the_others_alone(mutated_raw: Mutated) -> None:
    found = held(mutated_raw(from_month("2023-05-01", "c.indicator_code = 'retail_sales' and c.measure = 'level_ytd'")))
    assert found["other_month_is_not_sent_again"] == {f"B1{n}" for n in range(1, 6)}
    # growth of 581.5 % and of -100 % was believed because the levels told the same
    assert set(found) == {"other_month_is_not_sent_again", "change_fits_series"}
    assert found["change_fits_series"] == {"B22", "B23"}


def test_a_quarter_reprinted_in_the_next_report_is_the_same_figure_and_passes(mutated_raw: Mutated) -> None:
    march_in_june = f"""
        delete from raw.cell where {JUNE} and indicator_code = 'gdp';
        insert into raw.cell by name
            select * replace ((select submission_id from raw.submission where submission_order = 18) as submission_id)
            from raw.cell where reference_month = date '2023-03-01' and indicator_code = 'gdp'"""
    assert held(mutated_raw(march_in_june)) == {}


def test_figures_that_never_move_may_stay_as_they_are(mutated_raw: Mutated) -> None:
    areas = """
        update raw.cell set value_number = 1200 + substr(source_cell, 2)::integer * 7,
            value_printed = (1200 + substr(source_cell, 2)::integer * 7)::varchar
        where indicator_code = 'deposits'"""
    assert held(mutated_raw(areas)) == {}


def test_a_row_copied_from_another_region_holds_the_copy_and_not_the_original(mutated_raw: Mutated) -> None:
    found = held(mutated_raw(from_row("when 4 then 5")))["row_is_not_another_regions"]
    assert {"B14", "B24", "B54", "B64"} <= found
    assert not found & {"B15", "B25", "B55", "B65"}


def test_two_regions_that_are_always_alike_pass(mutated_raw: Mutated) -> None:
    alike = f"""
        update raw.cell as c set {NUMBER} from raw.cell as h
        where c.submission_id = h.submission_id and c.source_cell[1] = 'B' and h.source_cell[1] = 'B'
            and substr(c.source_cell, 2)::integer % 10 = 4
            and substr(h.source_cell, 2)::integer = substr(c.source_cell, 2)::integer - 2"""
    assert "row_is_not_another_regions" not in held(mutated_raw(alike))


def test_a_handful_of_equal_growth_rates_is_no_column_filled_down(mutated_raw: Mutated) -> None:
    ties = f"""update raw.cell set value_number = 6.1, value_printed = '6.1'
        where {JUNE} and source_cell in ('B22', 'B24', 'B25')"""
    assert "column_is_not_filled_down" not in held(mutated_raw(ties))


def test_exchanged_rows_hold_both_and_no_third(mutated_raw: Mutated) -> None:
    found = held(mutated_raw(from_row("when 2 then 5 when 5 then 2")))["places_are_not_exchanged"]
    assert {"B32", "B35", "B42", "B45", "B52", "B55"} <= found
    assert {cell for cell in found if cell[-1] not in "25"} == set()


def test_a_part_of_two_rows_that_was_exchanged_is_held_alone(mutated_raw: Mutated) -> None:
    part = from_row("when 2 then 5 when 5 then 2", "c.indicator_code in ('deposits', 'urban_jobs')")
    assert held(mutated_raw(part))["places_are_not_exchanged"] == {"B52", "B55", "B62", "B65"}


def test_a_region_that_overtakes_another_is_not_exchanged(mutated_raw: Mutated) -> None:
    overtaken = f"""update raw.cell set value_number = value_number * 1.12,
        value_printed = round(value_number * 1.12, 2)::varchar where {JUNE} and source_cell = 'B12';
        update raw.cell set value_number = 663.3, value_printed = '663.3' where {JUNE} and source_cell = 'B22'"""
    assert held(mutated_raw(overtaken)) == {}


def test_a_shifted_table_is_held_from_the_row_where_it_slipped(mutated_raw: Mutated) -> None:
    found = held(mutated_raw(from_row("when 3 then 2 when 4 then 3 when 5 then 4")))["table_is_not_shifted"]
    assert {"B13", "B14", "B15", "B53", "B54", "B55"} <= found
    assert not found & {"B11", "B51"}


def test_a_column_that_slipped_alone_leaves_the_others_alone(mutated_raw: Mutated) -> None:
    slipped = from_row("when 2 then 1 when 3 then 2 when 4 then 3 when 5 then 4", "c.indicator_code = 'deposits'")
    assert held(mutated_raw(slipped))["table_is_not_shifted"] == {"B62", "B63", "B64", "B65"}


def test_a_part_of_a_row_copied_from_another_region_holds_that_part(mutated_raw: Mutated) -> None:
    part = from_row("when 4 then 5", "c.indicator_code in ('deposits', 'urban_jobs', 'gdp', 'cpi')")
    found = held(mutated_raw(part))["row_is_not_another_regions"]
    assert {"B54", "B64"} <= found
    assert {cell for cell in found if cell[-1] != "4"} == set()


def test_a_gap_that_one_member_explains_holds_that_member(mutated_raw: Mutated) -> None:
    slipped = f"update raw.cell set value_number = value_number + 9 where {JUNE} and source_cell = 'B15'"
    balanced = OPEN_SUM.replace("1.002", "1")
    assert held(mutated_raw(f"{balanced}; {slipped}"))["members_add_up_to_total"] == {"B15"}


def test_a_sum_within_rounding_and_one_that_never_comes_out_pass(mutated_raw: Mutated) -> None:
    rounded = OPEN_SUM.replace("1.002", "1") + f"; update raw.cell set value_number = value_number + 0.02 where {JUNE} "
    rounded += "and source_cell = 'B11'"
    assert "members_add_up_to_total" not in held(mutated_raw(rounded))
    assert "members_add_up_to_total" not in held(mutated_raw("select 1"))


def test_a_sum_of_components_that_comes_out_passes_and_a_slip_in_one_holds_that_one(mutated_raw: Mutated) -> None:
    assert held(mutated_raw(BALANCED)) == {}
    slipped = f"{BALANCED}; update raw.cell set value_number = 818.3 where source_cell = 'B15'"
    assert held(mutated_raw(slipped)) == {"components_add_up_to_total": {"B15"}}
    altered = f"{BALANCED}; update raw.cell set value_number = 98.2 where source_cell = 'B15'"
    assert held(mutated_raw(altered)) == {"components_add_up_to_total": {"B35"}}


def test_a_further_breakdown_is_added_up_like_the_components(mutated_raw: Mutated) -> None:
    by_industry = PARTS.replace("component values ('gdp', ", "breakdown values ('gdp', 1, ").replace(
        ", ('gdp', ", ", ('gdp', 1, "
    )
    assert held(mutated_raw(f"{by_industry}; {ALONE}"))["components_add_up_to_total"] >= {"B34"}
    assert held(mutated_raw(f"{by_industry}; {BALANCED}; delete from raw.pack_indicator_component")) == {}


def test_a_row_of_all_districts_together_stands_for_each_of_them(mutated_raw: Mutated) -> None:
    together = f"""{ALONE};
        update raw.pack_indicator_measure set is_additive = true where indicator_code = 'retail_sales';
        insert into raw.pack_region by name
        select '410501' as region_code, '市辖区' as region_name, parent_code, 'collective' as region_level, valid_from
        from raw.pack_region where region_code = '410502';
        update raw.pack_region set region_level = 'county' where region_code in ('410505', '410506');
        update raw.cell set region_code = '410501' where region_code = '410502';
        update raw.cell set value_number = (
            select sum(value_number) + 9 from raw.cell
            where indicator_code = 'retail_sales' and measure = 'level_ytd' and region_code not in ('410500', '410503')
        ) where source_cell = 'B11'"""
    assert "members_add_up_to_total" not in held(mutated_raw(together))
    assert held(mutated_raw(f"{together}; delete from raw.cell where region_code = '410503'"))[
        "members_add_up_to_total"
    ] == {"B11"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("80.11 where source_cell = 'B14'", {"implied_base_is_round": {"B14", "B24"}}),
        ("7.547 where source_cell = 'B14'", {"magnitude_fits_series": {"B14"}}),
        ("-value_number where source_cell = 'B24'", {"sign_fits_series": {"B24"}}),
        ("0 where source_cell = 'B14'", {"zero_fits_series": {"B14"}}),
        ("75.47 where source_cell = 'B14'", {}),
    ],
)
def test_growth_that_was_not_rounded_tells_which_figure_was_altered(
    change: str, told: dict[str, set[str]], mutated_raw: Mutated
) -> None:
    assert held(mutated_raw(f"{UNROUNDED}; update raw.cell set value_number = {change}")) == told


def test_two_exchanged_ranks_are_asked_about_and_no_value_is_held(mutated_raw: Mutated) -> None:
    exchanged = f"""update raw.cell set value_number = 5 - value_number
        where {JUNE} and source_cell in ('C42', 'C45')"""
    results = {r.check: r for r in gate.validate(mutated_raw(exchanged), "raw") if not r.passed}
    assert {"C42", "C45"} <= {row["source_cell"] for row in results["printed_rank_follows_value"].rows}
    assert "value_follows_printed_rank" not in results


def test_in_a_first_report_possible_ranks_hold_the_value_and_an_impossible_one_itself(mutated_raw: Mutated) -> None:
    assert held(mutated_raw(ALONE)) == {}
    slipped = f"{ALONE}; update raw.cell set value_number = 77 where source_cell = 'B42'"
    assert held(mutated_raw(slipped)) == {"value_follows_printed_rank": {"B42"}}
    mistyped = f"{ALONE}; update raw.cell set value_number = 1 where source_cell = 'C42'"
    assert held(mutated_raw(mistyped)) == {"rank_is_not_mistyped": {"C42"}}


def test_ranks_of_rounded_and_of_raw_values_both_pass(mutated_raw: Mutated) -> None:
    nearly = f"update raw.cell set value_number = value_number + 0.04, value_decimals = null where {JUNE} and "
    nearly += "source_cell in ('B43', 'B44')"
    assert held(mutated_raw(nearly)) == {}


def told(database: Path) -> dict[str, list[dict[str, object]]]:
    """Rows of what is told without holding, by check."""
    results = gate.validate(database, "raw", ["submission", "cell", "submission_table"])
    return {r.check: r.rows for r in results if not r.passed and r.severity != "critical"}


def test_a_column_whose_unit_changed_but_not_its_numbers_is_held_whole(mutated_raw: Mutated) -> None:
    forgotten = f"update raw.cell set unit_code = 'wan_yuan' where {JUNE} and indicator_code = 'deposits'"
    assert held(mutated_raw(forgotten))["column_keeps_its_magnitude"] == {f"B6{n}" for n in range(1, 6)}


def test_a_column_whose_numbers_followed_its_new_unit_passes(mutated_raw: Mutated) -> None:
    followed = f"""update raw.cell set unit_code = 'wan_yuan', value_number = value_number * 10000
        where {JUNE} and indicator_code = 'deposits'"""
    assert held(mutated_raw(followed)) == {}


def test_one_corrected_figure_is_a_revision_and_not_a_wrong_title(mutated_raw: Mutated) -> None:
    revised = f"""
        insert into raw.submission by name
            select * replace (left(sha256('again'), 16) as submission_id, sha256('again') as sha256,
                19 as submission_order)
            from raw.submission where submission_order = 18;
        insert into raw.cell by name
            select * replace (left(sha256('again'), 16) as submission_id,
                case when source_cell = 'B54' then value_number + 186 else value_number end as value_number)
            from raw.cell where {JUNE}"""
    assert held(mutated_raw(revised)) == {}


def test_a_missing_region_is_one_finding_and_a_missing_figure_names_its_cell(mutated_raw: Mutated) -> None:
    (gone,) = told(mutated_raw(f"delete from raw.cell where {JUNE} and region_code = '410505'"))[
        "usual_region_is_there"
    ]
    assert (gone["region_code"], gone["expected"]) == ("410505", "殷都区")


def test_a_mark_with_a_reason_a_quarterly_figure_and_a_usual_gap_are_not_missed(mutated_raw: Mutated) -> None:
    marked = f"update raw.cell set value_number = null, obs_status = 'L', value_printed = '–' where {JUNE} "
    marked += "and source_cell = 'B54'"
    gap = "delete from raw.cell where month(reference_month) in (6, 5) and source_cell = 'B94'"
    assert "usual_figure_is_there" not in told(mutated_raw(marked))
    assert "usual_figure_is_there" not in told(mutated_raw(gap))


def asked_about_decimals(database: Path) -> set[str]:
    results: list[CheckResult] = gate.validate(database, "raw", ["cell"])
    return {row["source_cell"] for r in results if r.check == "figures_keep_their_decimals" for row in r.rows}


def test_a_rounded_column_is_asked_about_and_a_few_whole_numbers_are_not(mutated_raw: Mutated) -> None:
    assert asked_about_decimals(mutated_raw(ROUNDED)) == {"B11"}
    assert asked_about_decimals(mutated_raw(f"{ROUNDED} and source_cell in ('B11', 'B12')")) == set()
    one_region = "delete from raw.cell where indicator_code = 'retail_sales' and source_cell not in ('B11', 'B21')"
    assert asked_about_decimals(mutated_raw(f"{ROUNDED}; {one_region}")) == set()


def test_a_rounded_part_of_a_column_is_asked_about_at_its_first_figure(mutated_raw: Mutated) -> None:
    part = f"{LONG}; update raw.cell set value_number = round(value_number) where submission_id = 'long'"
    usual = asked_about_decimals(mutated_raw(LONG))
    assert asked_about_decimals(mutated_raw(f"{part} and source_cell in ({cells('EFGHIJK', 14)})")) - usual == {"E14"}
    assert asked_about_decimals(mutated_raw(f"{part} and source_cell in ({cells('EFG', 14)})")) == usual


def cells(columns: str, row: int) -> str:
    return ", ".join(f"'{column}{row}'" for column in columns)
