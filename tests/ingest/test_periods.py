"""Every wording of a period that was seen in published files resolves, and nothing else does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.periods import Period, PeriodProblem, find_period, parse_period

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
DASHES = ["-", "–", "—", "~", "～", "〜", "－", "−", "至", "到", "——"]


@pytest.mark.parametrize(
    ("printed", "kind", "start", "month"),
    [
        ("2025年1-9月", "ytd", (2025, 1), (2025, 9)),
        ("1-9月", "ytd", (2020, 1), (2020, 9)),
        ("1-9月累计", "ytd", (2020, 1), (2020, 9)),
        ("（1-9月）", "ytd", (2020, 1), (2020, 9)),
        ("2018年1-02月", "ytd", (2018, 1), (2018, 2)),
        ("2012年1-2月", "ytd", (2012, 1), (2012, 2)),
        ("2025年1月至2025年9月", "ytd", (2025, 1), (2025, 9)),
        ("2025.1-9", "ytd", (2025, 1), (2025, 9)),
        ("1一9月", "ytd", (2020, 1), (2020, 9)),
        ("二〇二五年一至九月", "ytd", (2025, 1), (2025, 9)),
        ("前9个月", "ytd", (2020, 1), (2020, 9)),
        ("年初至9月", "ytd", (2020, 1), (2020, 9)),
        ("9月累计", "ytd", (2020, 1), (2020, 9)),
        ("上半年", "ytd", (2020, 1), (2020, 6)),
        ("2025年上半年", "ytd", (2025, 1), (2025, 6)),
        ("前三季度", "ytd", (2020, 1), (2020, 9)),
        ("一季度", "ytd", (2020, 1), (2020, 3)),
        ("第一季度", "quarter", (2020, 1), (2020, 3)),
        ("2021年第四季度", "quarter", (2021, 10), (2021, 12)),
        ("2021年D", "quarter", (2021, 10), (2021, 12)),
        ("三季度", "quarter", (2020, 7), (2020, 9)),
        ("全年", "year", (2020, 1), (2020, 12)),
        ("2022年", "year", (2022, 1), (2022, 12)),
        ("2022年度", "year", (2022, 1), (2022, 12)),
        ("9月末", "eop", (2020, 9), (2020, 9)),
        ("截至6月30日", "eop", (2020, 6), (2020, 6)),
        ("截止2024年6月底", "eop", (2024, 6), (2024, 6)),
        ("一季度末", "eop", (2020, 3), (2020, 3)),
        ("2024年末", "eop", (2024, 12), (2024, 12)),
        ("20230630", "eop", (2023, 6), (2023, 6)),
        ("2024-02-29", "eop", (2024, 2), (2024, 2)),
        ("6月份", "month", (2020, 6), (2020, 6)),
        ("元月份", "month", (2020, 1), (2020, 1)),
        ("2023-06", "month", (2023, 6), (2023, 6)),
        ("2023.06", "month", (2023, 6), (2023, 6)),
        ("202306", "month", (2023, 6), (2023, 6)),
        ("23年6月", "month", (2023, 6), (2023, 6)),
        ("H22.10月", "month", (2010, 10), (2010, 10)),
        ("平成24年１月", "month", (2012, 1), (2012, 1)),
    ],
)
def test_wordings_seen_in_published_files(
    printed: str, kind: str, start: tuple[int, int], month: tuple[int, int]
) -> None:
    period = parse_period(printed, 2020)
    assert isinstance(period, Period), period
    assert (period.kind, period.start, period.month) == (kind, date(*start, 1), date(*month, 1))


@pytest.mark.parametrize(
    "printed",
    ["本月", "上月数据", "7-12月", "下半年", "1-13月", "13月", "2024年12月-2025年1月", "2023-06-15", "2023年2月29日",
     "一二月", "202313", "1-9月①", "地区", "", "200"],
)  # fmt: skip
def test_what_is_no_period_says_why_in_two_languages(printed: str) -> None:
    problem = parse_period(printed, 2020)
    assert isinstance(problem, PeriodProblem)
    assert problem.reason
    assert problem.reason_en


def test_without_a_year_there_is_no_period() -> None:
    assert isinstance(parse_period("1-9月", None), PeriodProblem)
    assert isinstance(parse_period("2025年1-9月", None), Period)


def test_a_title_gives_up_its_period() -> None:
    found = find_period("北关区2023年1—8月主要经济指标完成情况", None)
    assert isinstance(found, Period)
    assert found.label == "2023年1-8月"
    assert find_period("规模工业经济效益指标（上月数据）", 2025) is None


@settings(deadline=None)
@given(
    year=st.integers(1980, 2060),
    month=st.integers(1, 12),
    dash=st.sampled_from(DASHES),
    writing=st.sampled_from(["plain", "padded", "full", "numeral"]),
    noise=st.sampled_from(["", " ", "\u3000", "\xa0", "\n"]),
    ending=st.sampled_from(["月", "月份", "月累计"]),
)
def test_a_cumulative_period_is_the_same_in_every_writing(
    year: int, month: int, dash: str, writing: str, noise: str, ending: str
) -> None:
    last = {"plain": str(month), "padded": f"{month:02}", "full": str(month).translate(FULL_WIDTH),
            "numeral": NUMERALS[month - 1]}[writing]  # fmt: skip
    first = "一" if writing == "numeral" else "1"
    period = parse_period(f"{year}年{noise}{first}{dash}{noise}{last}{ending}{noise}", None)
    assert period == Period("ytd", date(year, 1, 1), date(year, month, 1), f"{year}年1-{month}月")


@settings(deadline=None)
@given(st.integers(1980, 2060), st.integers(1, 12), st.sampled_from(["month", "eop", "ytd"]))
def test_a_label_reads_back_as_its_own_period(year: int, month: int, kind: str) -> None:
    text = {"month": f"{year}年{month}月", "eop": f"{year}年{month}月末", "ytd": f"{year}年1-{month}月"}[kind]
    period = parse_period(text, None)
    assert isinstance(period, Period)
    assert parse_period(period.label, None) == period


@settings(deadline=None)
@given(st.text(alphabet="0123456789年月日季度第前末至-~一二三上半全截 .Q", max_size=14), st.integers(1990, 2050))
def test_no_text_ever_raises_and_months_are_in_order(text: str, year: int) -> None:
    for period in (parse_period(text, year), find_period(text, year)):
        if isinstance(period, Period):
            assert period.start <= period.month
            assert period.start.year == period.month.year


@pytest.mark.parametrize("text", ["期末数", "期末余额", "月末", "季末"])
def test_an_end_without_a_year_or_month_is_no_december(text: str) -> None:
    assert find_period(text, 2023) is None
