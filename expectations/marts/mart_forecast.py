"""What a year-end forecast must keep to before a plan is steered by it."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import forecasts, tables

KEY = ("region_code", "indicator_code", "measure", "growth_basis", "reference_month", "made_on", "is_simulated")
METHODS = "latest_share weighted_shares added_months added_mean_months time_share holds mean_difference"

SUITE = Suite(
    table="mart_forecast",
    frame="marts.mart_forecast",
    key=KEY,
    entries=(
        Entry(tables.KeyIsUnique(", ".join(KEY)), "critical", "docs/forecast.md: grain"),
        Entry(tables.CodeIsListed("method", METHODS), "critical", "docs/forecast.md"),
        Entry(tables.IsGiven("method_reason"), "critical", "DESIGN: a verdict carries its reason"),
        Entry(forecasts.ForecastStandsOnAFigure(), "critical", "RULES 11"),
        Entry(forecasts.ForecastLiesInItsBand(), "critical", "docs/forecast.md"),
        Entry(forecasts.ForecastIsScoredOnce(), "critical", "docs/forecast.md"),
        Entry(forecasts.BandsHold(200, 60), "warning", "docs/forecast.md: 80 % is promised"),
        Entry(tables.MonthHasBegun(), "critical", "RULES 11"),
    ),
)
