"""Forecast cases: a few figures of some years each, and what the whole year is forecast to be, worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.dbt.world import World, month_end

Figures = dict[tuple[int, int], Any]  # (year, month) -> value, or a dict of cell columns; a list holds later vintages


@dataclass(frozen=True)
class ForecastCase:
    """An indicator's figures, each known ten days after its month, and columns of mart_forecast by (year, month)."""

    name: str
    figures: Figures
    rows: dict[tuple[int, int], dict[str, Any] | None]
    measure: str = "level_ytd"
    unit_code: str = "wan_yuan"
    known: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # the days of each vintage, where they differ

    def add_to(self, world: World) -> None:
        """Write the indicator, one file per month and vintage."""
        world.indicator(self.name, self.measure, unit_code=self.unit_code, display_decimals=1, frequency="annual")
        for (year, month), given in self.figures.items():
            first = date(year, month, 1)
            days = self.known.get((year, month), [(month_end(first) + timedelta(days=10)).isoformat()])
            for day, value in zip(days, given if isinstance(given, list) else [given], strict=True):
                columns = dict(value) if isinstance(value, dict) else {"value": value}
                file = world.submission(f"forecast-{day}", day)
                world.cell(
                    self.name, self.measure, first, columns.pop("value"), file=file, unit_code=self.unit_code, **columns
                )


def years(since: int, june: list[float], december: list[float]) -> Figures:
    """June and December of consecutive years; the last year's December may be open."""
    figures: Figures = {(since + i, 6): value for i, value in enumerate(june)}
    return figures | {(since + i, 12): value for i, value in enumerate(december)}


J23 = (2023, 6)
CASES = [
    ForecastCase("f_the_share_of_last_year", years(2021, [40, 48, 60], [100, 120]), {
        (2022, 6): {"forecast_value": 120.0, "actual_value": 120.0, "error": 0.0, "time_share_error": -24.0,
                    "latest_share_error": 0.0, "is_backcast": False, "made_on": date(2022, 7, 10)},
        J23: {"forecast_value": 150.0, "method": "latest_share", "share_pct": 40.0, "history_years": 2,
              "latest_history_year": 2022, "time_share_value": 120.0, "error": None, "is_latest": True},
        (2022, 12): None,
    }),
    ForecastCase("f_a_figure_to_date_is_held", {(2023, 5): 25, J23: [30, {"value": 300, "held": "跳变"}]}, {
        (2023, 5): {"rests_on_held": False}, J23: {"forecast_value": 60.0, "rests_on_held": True},
    }, known={J23: ["2023-07-10", "2023-07-20"]}),
    ForecastCase("f_a_year_to_learn_from_is_held", {
        (2022, 5): 20, (2022, 6): [40, {"value": 400, "held": "跳变"}], (2022, 12): 100, (2023, 5): 25, J23: 44}, {
        (2023, 5): {"forecast_value": 125.0, "rests_on_held": False},
        J23: {"forecast_value": 110.0, "rests_on_held": True},
    }, known={(2022, 6): ["2022-07-10", "2022-07-20"]}),
    ForecastCase("f_nothing_to_learn_from", {J23: 30, (2023, 2): 8}, {
        J23: {"forecast_value": 60.0, "method": "time_share", "history_years": 0, "latest_share_value": None},
        (2023, 2): {"forecast_value": 48.0, "forecast_low": None, "forecast_high": None},
    }),
    ForecastCase("f_nothing_yet_this_year", years(2022, [2, 0], [10]), {
        J23: {"forecast_value": 8.0, "method": "added_months", "time_share_value": 0.0},
    }),
    ForecastCase("f_nothing_by_then_last_year", years(2022, [0, 3], [8]), {
        J23: {"forecast_value": 11.0, "method": "added_months", "latest_share_value": None},
    }),
    ForecastCase("f_a_loss_turned_to_profit", years(2022, [-5, -2], [10]), {
        J23: {"forecast_value": 13.0, "method": "added_months", "latest_share_value": 4.0},
    }),
    ForecastCase("f_a_share_too_small_to_divide_by", years(2022, [0.1, 0.5], [92.6]), {
        J23: {"forecast_value": 93.0, "method": "added_months"},
    }),
    ForecastCase("f_last_year_has_a_gap", {(2021, 6): 50, (2021, 12): 100, (2022, 5): 30, (2022, 12): 90, J23: 60}, {
        J23: {"forecast_value": 120.0, "history_years": 1, "latest_history_year": 2021},
    }),
    ForecastCase("f_a_census_moves_december_alone", years(2022, [50, 55], [0]) | {(2022, 12): [100, 80]}, {
        J23: {"forecast_value": 110.0, "share_pct": 50.0},
        (2022, 6): {"actual_value": 100.0},
    }, known={(2022, 12): ["2023-01-10", "2023-05-20"]}),
    ForecastCase("f_a_correction_before_the_close_counts", years(2022, [50, 55], [0]) | {(2022, 12): [1000, 100]}, {
        J23: {"forecast_value": 110.0},
        (2022, 6): {"actual_value": 100.0},
    }, known={(2022, 12): ["2023-01-10", "2023-02-01"]}),
    ForecastCase("f_no_share_across_a_break", {
        (2022, 6): 50, (2022, 9): {"value": 40, "is_break": True}, (2022, 12): 60, J23: 30, (2023, 9): 44,
    }, {
        J23: {"forecast_value": 60.0, "method": "time_share"},
        (2022, 6): {"actual_value": 60.0, "error": None, "is_within_band": None},
        (2023, 9): {"forecast_value": 66.0, "method": "latest_share"},
    }),
    ForecastCase("f_simulated_years_teach_no_real_one", {
        (2022, 6): {"value": 40, "is_simulated": True}, (2022, 12): {"value": 100, "is_simulated": True}, J23: 60,
        (2023, 7): {"value": 50, "is_simulated": True},
    }, {
        J23: {"forecast_value": 120.0, "method": "time_share", "is_simulated": False},
        (2022, 6): {"is_simulated": True},
    }),
    ForecastCase("f_more_than_is_no_base", {
        (2022, 6): {"value": 40, "value_qualifier": ">"}, (2022, 12): 100, J23: 60,
    }, {J23: {"forecast_value": 120.0, "method": "time_share"}, (2022, 6): None}),
    ForecastCase("f_a_history_in_one_file_is_a_backcast", years(2021, [40, 48], [100, 120]), {
        (2022, 6): {"forecast_value": 120.0, "is_backcast": True, "made_on": date(2023, 8, 1), "error": 0.0},
    }, known={month: ["2023-08-01"] for month in [(2021, 6), (2021, 12), (2022, 6), (2022, 12)]}),
    ForecastCase("f_growth_stands", years(2021, [6, 5, 7], [8, 4]), {
        J23: {"forecast_value": 7.0, "method": "holds", "time_share_value": None, "error_pct": None},
        (2022, 6): {"error": 1.0},
    }, measure="growth_ytd", unit_code="percent"),
    ForecastCase("f_growth_that_always_rises_later", years(2019, [5, 6, 5, 7, 6], [6, 7, 6, 8]), {
        J23: {"forecast_value": 7.0, "method": "mean_difference", "history_years": 4},
        (2021, 6): {"forecast_value": 5.0, "method": "holds"},
    }, measure="growth_ytd", unit_code="percent"),
    ForecastCase("f_shares_that_take_turns", years(2018, [40, 60, 40, 60, 40, 60], [100, 100, 100, 100, 100]), {
        # Weighted by halves: 40 (2022), 60 / 2, 40 / 4, 60 / 8, 40 / 16 of 100 each: a share of 46.5 %.
        J23: {"forecast_value": 60 / (90 / 193.75), "method": "weighted_shares", "history_years": 5},
        (2021, 6): {"method": "latest_share"},
    }),
    ForecastCase("f_a_stock_stands", years(2022, [500, 600], [520]), {
        J23: {"forecast_value": 600.0, "method": "holds"},
    }, measure="level_eop"),
]  # fmt: skip

REVISED = ForecastCase(
    "f_kept_by_vintage",
    years(2021, [40, 50], [100, 100]) | {J23: [60, 66, 66, 72]},
    {},
    known={J23: ["2023-07-10", "2023-08-10", "2023-09-10", "2023-10-10"]},
)


def add_cases(world: World) -> None:
    """Every case, and a figure that was revised twice."""
    for case in CASES:
        case.add_to(world)
    REVISED.add_to(world)
