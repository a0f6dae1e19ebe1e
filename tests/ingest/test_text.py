"""Labels that mean the same compare equal, whatever noise a clerk's keyboard added."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text import normalise


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("滑　县", "滑县"),
        ("北 关 区", "北关区"),
        ("\xa0\xa0其中:工资性收入", "其中:工资性收入"),
        ("其中：住宅", "其中:住宅"),
        ("增长（％）", "增长(%)"),
        ("增速\n(%)", "增速(%)"),
        ("万㎡", "万m2"),
        ("１２月", "12月"),
        ("帐面余额", "账面余额"),
        ("\ufeff地区", "地区"),
    ],
)
def test_noise_disappears(printed: str, folded: str) -> None:
    assert normalise(printed) == folded


@settings(deadline=None)
@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["北", "关", "区", " ", "\u3000", "\xa0", "\n", "\t", "\u200b"])))
def test_white_space_never_matters(parts: list[str]) -> None:
    kept = "".join(part for part in parts if part in "北关区")
    assert normalise("".join(parts)) == kept
