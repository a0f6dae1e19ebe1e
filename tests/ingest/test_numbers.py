"""A printed number keeps its qualifier, its decimals and the words beside it; what is no number says so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.numbers import parse_number

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize(
    ("printed", "value", "qualifier", "decimals", "unit_text"),
    [
        ("１，２３４．５", 1234.5, "=", 1, None),
        ("94.86 亿元", 94.86, "=", 2, "亿元"),
        ("63亿元", 63, "=", 0, "亿元"),
        ("70%以上", 70, "≥", 0, "%"),
        ("10 家以上", 10, "≥", 0, "家"),
        ("不低于 50%", 50, "≥", 0, "%"),
        ("5.5%以内", 5.5, "≤", 1, "%"),
        ("5 万余", 5, ">", 0, "万"),
        ("100 余", 100, ">", 0, None),
        ("10余万元", 10, ">", 0, "万元"),
        ("超过 31.5", 31.5, ">", 1, None),
        ("近100", 100, "<", 0, None),
        ("7 个左右", 7, "≈", 0, "个"),
        ("2688 万", 2688, "=", 0, "万"),
        ("118.2㎡", 118.2, "=", 1, "m2"),
        ("-3.2", -3.2, "=", 1, None),
        ("－3.2", -3.2, "=", 1, None),
        ("\u22123.20", -3.2, "=", 2, None),
        ("持平", 0, "=", None, None),
        (4.958, 4.958, "=", None, None),
        (12, 12, "=", None, None),
    ],
)
def test_number_as_printed(
    printed: str | float, value: float, qualifier: str, decimals: int | None, unit_text: str | None
) -> None:
    parsed = parse_number(printed, {})
    assert (parsed.value, parsed.qualifier, parsed.decimals, parsed.unit_text) == (
        value, qualifier, decimals, unit_text,
    )  # fmt: skip
    assert parsed.obs_status == "A"
    assert parsed.problem is None


@pytest.mark.parametrize(
    "printed",
    ["下降3.2%", "1-2 家", "8500/8550", "8500 8550", "3.2①", "3.2²", "1,23", "1e5", "(3.2)", "—3.2", "见附注", "-",
     "超过20左右", True, float("nan"), float("inf")],
)  # fmt: skip
def test_what_is_no_number_is_a_problem_in_two_languages(printed: str | float) -> None:
    parsed = parse_number(printed, {})
    assert parsed.value is None
    assert parsed.problem
    assert parsed.problem_en


def test_marks_belong_to_the_source() -> None:
    marks = {"-": "M", "…": "N", "数据不详": "O", "0": "L", "": "skip"}
    assert parse_number("－", marks).obs_status == "M"
    assert parse_number(" ... ", marks).obs_status == "N"
    assert parse_number("数据 不详", marks).obs_status == "O"
    assert parse_number(0.0, marks).obs_status == "L"
    assert parse_number("0", marks).obs_status == "L"
    skipped = parse_number("　", marks)
    assert (skipped.value, skipped.obs_status, skipped.problem) == (None, None, None)
    assert parse_number("…", {}).problem


@settings(deadline=None)
@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", " ", "\u3000", "\xa0"]),
    st.sampled_from([("", "="), ("以上", "≥"), ("左右", "≈"), ("以内", "≤")]),
)
def test_every_print_of_one_number_reads_alike(number, commas, full_width, space, ending) -> None:  # type: ignore[no-untyped-def]
    text = f"{number:,.2f}" if commas else f"{number:.2f}"
    text = text.translate(FULL_WIDTH) if full_width else text
    parsed = parse_number(f"{space}{text}{space}亿元{ending[0]}", {})
    assert (parsed.value, parsed.decimals, parsed.qualifier, parsed.unit_text) == (float(number), 2, ending[1], "亿元")


@settings(deadline=None)
@given(st.text())
def test_no_text_ever_raises_and_a_problem_has_no_value(text: str) -> None:
    parsed = parse_number(text, {})
    assert parsed.problem is None or (parsed.value is None and parsed.obs_status is None)
