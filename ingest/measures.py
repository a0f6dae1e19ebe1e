"""The measures in words, Chinese with English beside: on forms, in questions, in the brief and in ``jindu status``."""

from __future__ import annotations

MEASURES: dict[str, tuple[str, str]] = {
    "level_ytd": ("累计", "cumulative"),
    "level_month": ("本月", "this month"),
    "level_quarter": ("本季", "this quarter"),
    "level_eop": ("期末", "end of period"),
    "change_ytd": ("比年初增减", "change since year's start"),
    "growth_ytd": ("累计增速", "growth, cumulative"),
    "growth_month": ("当月增速", "growth, this month"),
    "growth_eop": ("期末增速", "growth, end of period"),
    "index_month": ("当月指数", "index, this month"),
    "index_ytd": ("累计指数", "index, cumulative"),
    "rate_month": ("当月比率", "rate, this month"),
    "rate_ytd": ("累计平均比率", "rate, average since January"),
    "rate_eop": ("期末比率", "rate, end of period"),
    "share_ytd": ("累计比重", "share, cumulative"),
    "share_eop": ("期末比重", "share, end of period"),
    "completion_ytd": ("完成年度计划", "share of yearly plan done"),
}
