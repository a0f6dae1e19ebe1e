"""The plan of 北关区 for 2023: every promise is a target, worded as printed, and nothing of the plan is repaired.

Belongs here: what the committed pack says about the plan. Does not belong here: how a pack is validated.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pack import Pack, load_pack

NOT_JUDGED = {"F126", "F127", "F138", "F183"}
EXPECTED_OF_THE_YEAR = [f"F{number}" for number in range(113, 126)]


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack as it ships; loading it raises on any problem."""
    return load_pack("beiguan")


@pytest.fixture(scope="module")
def facts(shared_file: Callable[[str], Path]) -> dict[str, dict[str, str]]:
    """The fact list of the plan, by fact_id."""
    text = shared_file("plan/plan_facts.csv").read_text(encoding="utf-8-sig")
    return {row["fact_id"]: row for row in csv.DictReader(text.splitlines())}


@pytest.fixture(scope="module")
def plan_text(shared_file: Callable[[str], Path]) -> str:
    """The plan's text with its lines joined: no line breaks, page-start spaces or page marks."""
    text = shared_file("plan/beiguan_plan_2023.txt").read_text(encoding="utf-8")
    text = re.sub(r"^\s*— \d+ —\s*$", "", text, flags=re.MULTILINE)
    return "".join(line.strip(" \u3000") for line in text.splitlines())


def test_every_target_row_of_the_fact_list_stands_in_the_pack_exactly_once(
    pack: Pack, facts: dict[str, dict[str, str]]
) -> None:
    """Sixty rows, none left out, none counted twice."""
    printed = sorted(fact for fact, row in facts.items() if row["kind"] == "target_2023")
    assert len(printed) == 60
    assert sorted(target.fact_id for target in pack.targets if target.fact_id) == printed


def test_56_of_the_60_rows_are_judged_and_four_are_related_to_another(pack: Pack) -> None:
    """Restatements and the second wording of the jobs target must not count twice in an overview."""
    with_fact = [target for target in pack.targets if target.fact_id]
    assert sum(target.is_judged for target in with_fact) == 56
    related = {
        target.fact_id: (target.relation, target.related_target_id) for target in with_fact if not target.is_judged
    }
    assert related == {
        "F126": ("restates", "B23_gdp"),
        "F127": ("restates", "B23_gdp"),
        "F138": ("restates", "B23_industrial_investment"),
        "F183": ("conflicts", "B23_urban_jobs"),
    }


def test_commitments_without_a_number_are_targets_too(pack: Pack) -> None:
    """22 promises have no row in the fact list; all of them are judged, if only as not assessable."""
    without_fact = [target for target in pack.targets if not target.fact_id and not target.is_simulated]
    assert len(without_fact) == 22
    assert all(target.is_judged for target in without_fact)
    red_lines = {target.wording for target in without_fact if target.target_class == "red_line"}
    assert len(red_lines) == 6
    assert sum("双提升" in target.wording for target in without_fact) == 2


def test_every_wording_is_an_exact_substring_of_the_plan(pack: Pack, plan_text: str) -> None:
    """What an official reads is what the plan says."""
    of_the_plan = [target for target in pack.targets if not target.is_simulated]
    assert [target.target_id for target in of_the_plan if target.wording not in plan_text] == []


def test_the_one_amendment_is_simulated_and_says_so(pack: Pack, plan_text: str) -> None:
    """The plan has no amendment; the demonstration year has one, after which the months before keep their version."""
    (amended,) = [target for target in pack.targets if target.is_simulated]
    (first,) = [t for t in pack.targets if t.target_id == amended.target_id and not t.is_simulated]
    assert (amended.target_version, amended.relation, amended.valid_from) == (2, "amends", date(2023, 8, 1))
    assert (first.target_value, first.valid_to, amended.target_value) == (Decimal("159.18"), date(2023, 7, 31), 165)
    assert "模拟" in amended.wording
    assert amended.wording not in plan_text


def test_wording_and_quote_of_the_fact_list_tell_the_same(pack: Pack, facts: dict[str, dict[str, str]]) -> None:
    """A wording may be longer or shorter than the quote where the quote cuts a sentence, but never another one."""
    for target in pack.targets:
        if target.fact_id:
            quote = facts[target.fact_id]["quote"]
            assert quote in target.wording or target.wording in quote, target.target_id
            assert facts[target.fact_id]["section"] == target.plan_section


def test_target_values_are_the_printed_numbers(pack: Pack, facts: dict[str, dict[str, str]]) -> None:
    """No number of a target is rounded, derived or converted."""
    for target in pack.targets:
        if target.fact_id:
            row = facts[target.fact_id]
            printed = Decimal(row["value_num"]) if row["value_num"] else None
            upper = Decimal(row["value_upper"]) if row["value_upper"] else None
            assert (target.target_value, target.target_upper) == (printed, upper), target.target_id


def test_the_headlines_are_the_list_of_expected_targets_in_its_order(pack: Pack) -> None:
    """二(三) is what the monthly brief prints."""
    headlines = sorted((t for t in pack.targets if t.is_headline), key=lambda target: target.sort_order)
    assert [target.fact_id for target in headlines] == EXPECTED_OF_THE_YEAR
    assert {target.target_class for target in headlines} == {"expected"}


def test_bare_numbers_are_equalities_as_printed_and_floors_as_judged(pack: Pack) -> None:
    """7.5 % and 8500 人 (rule 16)."""
    pairs = Counter((target.bound, target.effective_bound) for target in pack.targets if not target.is_simulated)
    assert pairs["eq", "ge"] == 22
    assert not any(target.effective_bound == "eq" for target in pack.targets)


@pytest.mark.parametrize(
    ("target_id", "bound", "effective"),
    [
        ("B23_unemployment_rate", "le", "not_assessable"),
        ("B23_cpi", "about", "about"),
        ("B23_trade_total", "direction_up", "direction_up"),
        ("B23_resident_income", "linked", "linked"),
        ("B23_little_giants", "range", "range"),
        ("B23_grain_output", "stable_at", "stable_at"),
        ("B23_batch_signed", "gt", "gt"),
        ("B23_fixed_investment_phalanx", "rank_le", "rank_le"),
        ("B23_industrial_investment_up", "direction_up", "gt"),
        ("B23_industrial_investment_share_up", "direction_up", "relative"),
        ("B23_key_road_projects", "project_set", "project_set"),
        ("B23_school_projects", "project_set", "not_assessable"),
        ("B23_hospital_main_structure", "project_set", "project_set"),
        ("B23_industrial_land_share", "ge", "not_assessable"),
        ("B23_industrial_rd_coverage", "coverage", "coverage"),
        ("B23_zero_employment_families", "zero", "zero"),
    ],
)
def test_bound_as_printed_and_as_judged(pack: Pack, target_id: str, bound: str, effective: str) -> None:
    """One example of each kind of wording."""
    target = next(target for target in pack.targets if target.target_id == target_id)
    assert (target.bound, target.effective_bound) == (bound, effective)


def test_prices_are_measured_on_the_city_and_say_so(pack: Pack) -> None:
    """There is no district series (rule 18)."""
    cpi = next(target for target in pack.targets if target.target_id == "B23_cpi")
    assert (cpi.region_code, cpi.measured_region_code) == ("410503", "410500")
    assert "以安阳市数据代替，不代表本区" in cpi.judged_reason
    assert (cpi.band_low, cpi.band_high) == (None, Decimal("3.5"))
    rate = next(target for target in pack.targets if target.target_id == "B23_unemployment_rate")
    assert "无区级数据" in rate.judged_reason


def test_choices_that_the_plan_does_not_print_are_parameters(pack: Pack) -> None:
    """Bands, tolerance, 第一方阵 and close dates on the targets follow the parameters."""
    value = {parameter.parameter_code: parameter.value for parameter in pack.parameters}
    by_id = {target.target_id: target for target in pack.targets}
    assert by_id["B23_cpi"].band_high == 3 + value["about_band_cpi"]
    grain = by_id["B23_grain_output"]
    assert (grain.band_low, grain.band_high) == (
        5 - 5 * value["stable_band_pct"] / 100,
        5 + 5 * value["stable_band_pct"] / 100,
    )
    assert by_id["B23_fixed_investment_phalanx"].rank_limit == value["first_phalanx_rank"]
    year_end = date(2023, 12, 31)
    days = {target.target_id: (target.close_on - year_end).days for target in pack.targets}
    late = {code for code, number in days.items() if number != value["close_days_after_year_end"]}
    assert late == {"B23_rd_expenditure", "B23_rd_expenditure_fast"}
    assert {days[code] for code in late} == {value["close_days_after_year_end_rd"]}


def test_every_numbered_contradiction_is_a_finding_with_a_question(pack: Pack) -> None:
    """22 of the notes on the plan, and what had to be assumed."""
    codes = [finding.finding_code for finding in pack.plan_findings]
    assert sorted({code[5:7] for code in codes if re.match(r"plan_\d\d_", code)}) == [f"{n:02d}" for n in range(1, 23)]
    assert {"plan_assumed_city_members", "plan_assumed_no_district_series", "plan_assumed_approval_date"} <= set(codes)
    assert all(finding.question.endswith(("？", "。")) for finding in pack.plan_findings)


def test_rank_sets_are_dated_lists_of_county_level_units(pack: Pack) -> None:
    """四区 and 全市; the zone is not settled and 全省城区 has no members, so no set."""
    members = {s.rank_set_code: [member.region_code for member in s.members] for s in pack.rank_sets}
    assert members["four_districts"] == ["410502", "410503", "410505", "410506"]
    assert len(members["city_counties"]) == 9
    assert "410571" not in members["city_counties"]
    assert set(members) == {"four_districts", "city_counties"}
    assert all(rank_set.assumption and rank_set.assumption_en for rank_set in pack.rank_sets)


@pytest.mark.parametrize(
    ("label", "on", "code"),
    [
        ("北 关 区", None, "410503"),
        ("安阳市文峰区", None, "410502"),
        ("滑　县", None, "410526"),
        ("林县", date(1990, 1, 1), "410521"),
        ("林州市", date(2023, 1, 1), "410581"),
        ("郊区", date(2001, 1, 1), "410511"),
        ("安阳", None, "410500"),
    ],
)
def test_regions_are_found_by_their_names_of_the_time(pack: Pack, label: str, on: date | None, code: str) -> None:
    """Full, short and bare forms, with the spaces that code tables print, at the date."""
    assert pack.region_by_label(label, on) == code


def test_districts_of_2003_descend_from_those_that_were_split(pack: Pack) -> None:
    """铁西区 and 郊区 became 殷都区 and 龙安区; 林县 became 林州市."""
    parents = {(r.region_code, r.valid_from.year): set(r.predecessor_codes) for r in pack.regions}
    assert parents["410505", 2003] == parents["410506", 2003] == {"410504", "410511"}
    assert parents["410581", 1995] == {"410521"}


def test_two_ratios_and_flow_and_stock_are_kept_apart(pack: Pack) -> None:
    """Indicators that look alike: merging them would compare a flow with a stock."""
    of = {target.fact_id: (target.indicator_code, target.measure) for target in pack.targets}
    assert of["F143"][0] != of["F144"][0]
    assert of["F152"] == ("tech_smes", "level_eop")
    assert of["F148"] == ("new_four_above", "level_ytd")
    assert set(of) >= NOT_JUDGED
