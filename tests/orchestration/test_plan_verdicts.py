"""Each target of the plan by name: its verdict at mid-year and at the end of the demonstration year, by hand.

The table says what an official would write beside each promise. ``by_hand`` reaches the same from the figures that the
demonstration's files print, in decimal arithmetic and in words of its own; the release must agree with both.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from demo.figures import Figures
from demo.places import CITY, DISTRICT, UNITS
from demo.series import simulate
from tests.orchestration.conftest import Released

Verdict = tuple[str, str | None]
NOTHING_PRINTED: Verdict = ("not_due", None)


@dataclass(frozen=True)
class Line:
    """A promise: the series that tells of it, how it is read, its number; status and gap in June and in December."""

    target_id: str
    series: str
    reading: str
    number: str
    june: Verdict
    december: Verdict


LINES = [
    Line("B23_district_key_project_investment", "key_investment", "total", "159.18",
         ("on_track", "-77.19"), ("attained", "4.54")),
    Line("B23_gdp", "gdp.growth", "growth", "7.5", ("behind", "-1.1"), ("missed", "-0.7")),
    Line("B23_industrial_va", "industry.growth", "growth", "10", ("behind", "-0.8"), ("attained", "0.6")),
    Line("B23_fixed_investment", "fai.growth", "growth", "10", ("behind", "-0.1"), ("attained", "1.2")),
    Line("B23_industrial_investment", "industrial_fai.growth", "growth", "15",
         ("on_track", "8.4"), ("attained", "3.4")),
    Line("B23_retail_sales", "retail.growth", "growth", "10", ("behind", "-4.1"), ("missed", "-0.8")),
    Line("B23_trade_total", "trade.growth", "growth above", "0", ("behind", "-2.8"), ("attained", "4.8")),
    Line("B23_budget_revenue", "revenue.growth", "growth", "7", ("on_track", "1.2"), ("attained", "0.6")),
    Line("B23_rd_expenditure", "rd_growth", "growth", "23", ("not_due", None), ("attained", "1.6")),
    Line("B23_urban_jobs", "jobs", "total", "8500", ("on_track", "-2847"), ("attained", "212")),
    Line("B23_resident_income", "income.real", "in step", "0.5", ("on_track", "0"), ("attained", "0.2")),
    Line("B23_cpi", "cpi.rise", "ceiling", "3.5", ("on_track", "0"), ("attained", "0")),
    Line("B23_gdp_restated_reasons", "gdp.growth", "growth", "7.5", ("behind", "-1.1"), ("missed", "-0.7")),
    Line("B23_gdp_restated_potential", "gdp.growth", "growth", "7.5", ("behind", "-1.1"), ("missed", "-0.7")),
    Line("B23_batch_signed", "signed", "total above, strive", "20", ("on_track", "-9"), ("attained", "2")),
    Line("B23_batch_started", "started", "total above, strive", "20", ("on_track", "-4"), ("attained", "4")),
    Line("B23_batch_in_production", "in_production", "total above, strive", "20",
         ("behind", "-14"), ("behind", "-1")),
    Line("B23_landmark_investment", "landmark_investment", "total above", "31.5",
         ("on_track", "-15.08"), ("attained", "1.68")),
    Line("B23_fixed_investment_phalanx", "fai.growth", "place", "3", ("behind", "-4"), ("attained", "1")),
    Line("B23_industrial_investment_up", "industrial_fai.growth", "growth above", "43.2",
         ("behind", "-19.8"), ("missed", "-24.8")),
    Line("B23_industrial_investment_share_up", "industrial_fai.growth", "faster than investment", "0",
         ("on_track", "13.5"), ("attained", "7.2")),
    Line("B23_industrial_investment_restated", "industrial_fai.growth", "growth, strive", "15",
         ("on_track", "8.4"), ("attained", "3.4")),
    Line("B23_new_loan_deposit_ratio", "new_loan_ratio", "rate", "70", ("on_track", "1.1"), ("attained", "2.5")),
    Line("B23_loan_deposit_ratio", "loan_ratio", "rate", "64", ("behind", "-1.2"), ("missed", "-0.9")),
    Line("B23_listing_reserve_firms", "listing_reserve", "stock", "3", ("on_track", "-1"), ("attained", "0")),
    Line("B23_new_industrial_firms", "new_industry_firms", "total", "10", ("on_track", "-4"), ("attained", "2")),
    Line("B23_new_four_above", "new_four_above", "total", "46", ("behind", "-32"), ("missed", "-5")),
    Line("B23_new_hightech_firms", "high_tech_firms", "total", "6", ("behind", "-4"), ("attained", "1")),
    Line("B23_tech_smes", "tech_smes", "stock", "52", ("on_track", "-3"), ("attained", "1")),
    Line("B23_provincial_research_centres", "provincial_centres", "total", "3", ("behind", "-2"), ("attained", "0")),
    Line("B23_municipal_research_centres", "city_centres", "total", "6", ("behind", "-4"), ("missed", "-1")),
    Line("B23_technology_contracts", "tech_contracts", "total", "1.5", ("on_track", "-0.68"), ("attained", "0.12")),
    Line("B23_little_giants", "little_giants", "total", "1", ("behind", "-1"), ("attained", "0")),
    Line("B23_specialised_smes", "specialised_firms", "total", "3", ("behind", "-2"), ("attained", "1")),
    Line("B23_major_science_projects", "major_science", "total", "2", ("on_track", "-1"), ("attained", "0")),
    Line("B23_industrial_rd_coverage", "rd_coverage", "rate", "100", ("on_track", "0"), ("attained", "0")),
    Line("B23_rd_expenditure_fast", "rd_growth", "growth above", "0", ("not_due", None), ("attained", "24.6")),
    Line("B23_technology_needs_matched", "tech_needs", "total", "20", ("on_track", "-9"), ("attained", "2")),
    Line("B23_new_rd_platforms", "new_platforms", "total", "6", ("behind", "-4"), ("attained", "1")),
    Line("B23_rd_platforms", "platforms", "stock", "40", ("on_track", "-6"), ("missed", "-1")),
    Line("B23_good_posts", "posts", "total", "1960", ("on_track", "-965"), ("attained", "25")),
    Line("B23_talents_introduced", "talents", "total", "1000", ("behind", "-697"), ("missed", "-136")),
    Line("B23_talent_pool_entries", "talent_pool", "total", "300", ("on_track", "-145"), ("attained", "12")),
    Line("B23_talent_flats_new", "flats_new", "total", "500", ("behind", "-324"), ("attained", "0")),
    Line("B23_service_window_rate", "windows", "rate", "50", ("on_track", "0.3"), ("attained", "7.1")),
    Line("B23_onsite_services_subdistricts", "street_services", "stock", "170",
         ("on_track", "-5"), ("attained", "3")),
    Line("B23_onsite_services_towns", "town_services", "stock", "230", ("on_track", "-14"), ("missed", "-4")),
    Line("B23_grain_output", "grain", "band", "5", ("not_due", None), ("attained", "0")),
    Line("B23_no_poverty_relapse", "poverty_relapse", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_municipal_leading_agri_firms", "leading_farms", "stock", "9", ("on_track", "-1"), ("attained", "0")),
    Line("B23_villages_improved", "improved_villages", "total", "30", ("on_track", "-15"), ("attained", "0")),
    Line("B23_villages_greened", "greened_villages", "total", "40", ("on_track", "-16"), ("missed", "-3")),
    Line("B23_model_zone_villages", "tao_villages", "total", "5", ("behind", "-3"), ("attained", "0")),
    Line("B23_rural_logistics_coverage", "rural_logistics", "rate", "100", ("behind", "-4.7"), ("attained", "0")),
    Line("B23_old_compounds_renovated", "old_compounds", "total", "82", ("behind", "-54"), ("attained", "0")),
    Line("B23_key_road_projects", "road_projects", "stock", "14", ("on_track", "-5"), ("attained", "0")),
    Line("B23_property_company_coverage", "property_companies", "rate", "100", ("behind", "-7.6"), ("attained", "0")),
    Line("B23_loose_coal_zero", "loose_coal", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_straw_burning_ban", "straw_fires", "no event", "0", ("on_track", "0"), ("missed", "-1")),
    Line("B23_zero_employment_families", "no_job_families", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_urban_jobs_conflict", "jobs", "total", "8550", ("on_track", "-2897"), ("attained", "162")),
    Line("B23_rural_workers_moved", "rural_jobs", "total", "300", ("on_track", "-142"), ("attained", "18")),
    Line("B23_skilled_workers", "skilled", "total", "6880", ("on_track", "-3309"), ("attained", "155")),
    Line("B23_highly_skilled_workers", "highly_skilled", "total", "2870", ("behind", "-1909"), ("missed", "-125")),
    Line("B23_hospital_main_structure", "hospital", "total, strive", "1", ("behind", "-1"), ("attained", "0")),
    Line("B23_no_major_accidents", "accidents", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_no_mass_casualties", "mass_casualties", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_no_systemic_financial_risk", "financial_risks", "no event", "0", ("on_track", "0"), ("attained", "0")),
    Line("B23_no_new_hidden_debt", "hidden_debt", "no event", "0", ("on_track", "0"), ("attained", "0")),
]  # fmt: skip

NOT_ASSESSABLE = [
    "B23_unemployment_rate",
    "B23_energy_per_gdp",
    "B23_landmark_projects",
    "B23_quanfeng_listing",
    "B23_development_zone_rank_up",
    "B23_industrial_land_share",
    "B23_online_services",
    "B23_government_service_rank",
    "B23_business_environment_rank",
    "B23_farmland_red_line",
    "B23_grain_security_rank",
    "B23_rebuilding_projects",
    "B23_school_projects",
]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """What the demonstration's files print."""
    return simulate()


def printed(figures: Figures, series: str, month: int, region: str = DISTRICT) -> Decimal | None:
    found = figures.find(series, region, 2023, month)
    return None if found is None else Decimal(repr(found))


def by_hand(figures: Figures, line: Line, month: int) -> Verdict:
    """The verdict of a month from the printed figures: how far from the number, and is that enough by then."""
    figure = printed(figures, line.series, month, CITY if line.series == "cpi.rise" else DISTRICT)
    if figure is None:
        return NOTHING_PRINTED
    number, year_is_over = Decimal(line.number), month == 12
    is_short, gap = short_by(figures, line, figure, number, month)
    if line.reading == "no event" and is_short:
        return "missed", str(gap)
    if year_is_over:
        status = "attained" if not is_short else "behind" if "strive" in line.reading else "missed"
    elif line.reading.startswith("total"):
        half = figure / number >= Decimal(month) / 12
        status = "attained" if not is_short else "on_track" if half else "behind"
    elif line.reading == "stock":
        status = "on_track"
    else:
        status = "behind" if is_short else "on_track"
    return status, str(gap)


def short_by(figures: Figures, line: Line, figure: Decimal, number: Decimal, month: int) -> tuple[bool, Decimal]:
    """Whether the figure falls short of what is read into the number, and the gap, favourable above zero."""
    zero = Decimal(0)
    match line.reading:
        case "ceiling":
            return figure > number, min(number - figure, zero)
        case "band":
            low, high = number * Decimal("0.95"), number * Decimal("1.05")
            return not low <= figure <= high, min(figure - low, high - figure, zero)
        case "in step":
            growth = printed(figures, "gdp.growth", month) or zero
            allowed = growth - number
            return figure < allowed, figure - allowed if figure < allowed else max(figure - growth, zero)
        case "faster than investment":
            ahead = figure - (printed(figures, "fai.growth", month) or zero)
            return ahead <= 0, ahead
        case "place":
            faster = sum((printed(figures, line.series, month, unit) or zero) > figure for unit in UNITS)
            return faster + 1 > number, number - (faster + 1)
        case "no event":
            worst = max(value for m in range(1, month + 1) if (value := printed(figures, line.series, m)) is not None)
            return worst > 0, -worst
    return (figure <= number if "above" in line.reading else figure < number), figure - number


def same(one: Verdict, other: Verdict) -> bool:
    return one[0] == other[0] and (
        one[1] == other[1] or (None not in (one[1], other[1]) and Decimal(str(one[1])) == Decimal(str(other[1])))
    )


@pytest.mark.parametrize("month", [6, 12])
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.target_id)
def test_the_table_follows_from_the_printed_figures(figures: Figures, line: Line, month: int) -> None:
    assert same(by_hand(figures, line, month), line.june if month == 6 else line.december)


def judged(beiguan: Released, target_id: str, month: int) -> Verdict:
    status, gap = beiguan.one(
        "select status, gap from mart_target_attainment "
        "where target_id = ? and target_version = 1 and reference_month = make_date(2023, ?, 1)",
        target_id, month,
    )  # fmt: skip
    return status, None if gap is None else repr(gap)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.target_id)
def test_the_release_judges_as_the_table_does(beiguan: Released, line: Line) -> None:
    found = [judged(beiguan, line.target_id, month) for month in (6, 12)]
    assert [same(*pair) for pair in zip(found, (line.june, line.december), strict=True)] == [True, True], found


@pytest.mark.parametrize("target_id", NOT_ASSESSABLE)
def test_what_cannot_be_assessed_says_so_every_month(beiguan: Released, target_id: str) -> None:
    rows = beiguan.rows(
        "select distinct status, gap, status_reason like '%本目标不评价：%' from mart_target_attainment "
        "where target_id = ? and plan_year = 2023",
        target_id,
    )
    assert rows == [("not_assessable", None, True)]


def test_every_target_of_the_plan_stands_in_the_table_once(beiguan: Released) -> None:
    named = sorted([*(line.target_id for line in LINES), *NOT_ASSESSABLE])
    assert named == [name for (name,) in beiguan.rows("select distinct target_id from plan_target order by 1")]


def test_every_target_has_a_status_and_a_sentence_every_month(beiguan: Released) -> None:
    statuses = {
        "attained", "on_track", "behind", "missed", "not_due", "not_reported", "held", "not_assessable"
    }  # fmt: skip
    rows = beiguan.rows("select status, count(*), bool_and(status_reason <> '') from mart_target_attainment group by 1")
    assert {status for status, _, _ in rows} <= statuses
    assert all(spoken for _, _, spoken in rows)
    assert sum(count for _, count, _ in rows) == (82 + 1) * 12


def test_an_amendment_is_judged_from_its_month_on_and_both_versions_are_shown(beiguan: Released) -> None:
    """163.72 亿元 exceed the plan of the year's start by 4.54 and fall 1.28 short of the amended one."""
    rows = beiguan.rows(
        "select month(reference_month), target_version, is_judged, status, gap from mart_target_attainment "
        "where target_id = 'B23_district_key_project_investment' and month(reference_month) in (7, 8, 12) order by all"
    )
    assert [row[:3] for row in rows[:4]] == [(7, 1, True), (7, 2, False), (8, 1, False), (8, 2, True)]
    assert rows[4:] == [(12, 1, False, "attained", 4.54), (12, 2, True, "missed", -1.28)]
    said = beiguan.rows(
        "select judged_reason from mart_target_attainment where target_id = 'B23_district_key_project_investment' "
        "and month(reference_month) in (7, 8) order by reference_month, target_version"
    )
    assert [reason.split("。")[0] for (reason,) in said] == [
        "本月末有效的是第1版",
        "第2版自2023-08-01起有效，此前不作判断依据，仅供对照",
        "第1版已于2023-07-31后失效，不再作判断依据，仅供对照",
        "本月末有效的是第2版",
    ]


def test_the_verdict_at_close_is_the_one_of_its_day(beiguan: Released) -> None:
    """Rule 13: 298 workers were known on 31 March; the 318 of April change the current verdict only."""
    frozen = beiguan.one(
        "select status_at_close, judged_value_at_close, gap_at_close, status_now, judged_value_now, gap_now, "
        "change_reason from mart_closed_verdict where target_id = 'B23_rural_workers_moved'"
    )
    assert frozen == (
        "missed", 298.0, -2.0, "attained", 318.0, 18.0, "结案后修订：12月数据 298.0 → 318.0（2024-04-14）"
    )  # fmt: skip
    changed = beiguan.rows("select target_id, close_on::varchar from mart_closed_verdict where is_changed")
    assert changed == [("B23_rural_workers_moved", "2024-03-31")]
    same_as = (
        "select count(*) from mart_closed_verdict as f inner join attainment_as_of('2024-03-31') as a "
        "using (target_id, target_version, reference_month) where f.status_at_close = a.status "
        "and f.status_reason_at_close = a.status_reason"
    )
    assert beiguan.one(same_as) == beiguan.one("select count(*) from mart_closed_verdict") == 81


def test_a_target_whose_day_has_not_come_is_not_closed(beiguan: Released) -> None:
    """R&D closes in October."""
    assert beiguan.one("select count(*) from mart_closed_verdict where target_id like 'B23_rd_expenditure%'") == 0


def test_the_year_2022_has_outturns_and_no_verdict(beiguan: Released) -> None:
    """Rule 21: 130 % is an observation of completion, not an attainment."""
    assert beiguan.one("select count(*) from mart_target_attainment where year(reference_month) = 2022") == 0
    completion = "indicator_code = 'key_project_investment' and measure = 'completion_ytd'"
    assert (
        beiguan.one(f"select value from fct_observation where {completion} and reference_month = '2022-12-01'") == 130
    )


def test_the_pace_of_june_by_hand(beiguan: Released) -> None:
    """Jobs (8500 − 5653) / 6; revenue (7 − w · 8.2) / (1 − w) with last year's w; the season from 2021 and 2022."""
    figures = simulate()

    def share(series: str, year: int) -> Decimal:
        return Decimal(repr(figures.get(series, DISTRICT, year, 6))) / Decimal(
            repr(figures.get(series, DISTRICT, year, 12))
        )

    season = (share("jobs", 2021) + share("jobs", 2022)) / 2 * 100
    weight = share("revenue.level", 2022)
    june = "is_judged and reference_month = date '2023-06-01'"
    asked = "select required_pace, {} from mart_target_attainment where target_id = '{}' and " + june
    jobs = beiguan.one(asked.format("seasonal_share_pct", "B23_urban_jobs"))
    assert jobs == (pytest.approx(474.5), pytest.approx(float(season), abs=1e-6))
    revenue = beiguan.one(asked.format("required_pace_unit", "B23_budget_revenue"))
    rest = (Decimal(7) - weight * Decimal("8.2")) / (1 - weight)
    assert revenue == (pytest.approx(float(rest), abs=0.02), "percent")
