"""The figures of the nine county-level units and of the whole city, from the December anchors.

Growth is drawn first. A level follows from it only where the basis is nominal (retail, budget, trade, income);
industry and investment publish no level, and the level of GDP moves with prices besides.
"""

from __future__ import annotations

from demo import anchors, paths
from demo.figures import Figures
from demo.paths import rounded, stream
from demo.places import CITY, UNITS

MONTHLY_FROM_JANUARY = ("trade",)
QUARTERLY = ("gdp", "income")
NOMINAL_SHARE = {
    "retail": paths.RETAIL_SHARE,
    "revenue": paths.REVENUE_SHARE,
    "spending": paths.SPENDING_SHARE,
    "trade": paths.TRADE_SHARE,
}
LEVEL_DECIMALS = {"gdp": 2, "retail": 2, "revenue": 0, "spending": 0, "trade": 0, "income": 0}


def months_of(indicator: str) -> tuple[int, ...]:
    """The months of a year for which an indicator has a cumulative figure."""
    if indicator in QUARTERLY:
        return (3, 6, 9, 12)
    return tuple(range(1 if indicator in MONTHLY_FROM_JANUARY else 2, 13))


def add_county_figures(figures: Figures, seed: int) -> None:
    """Add every unit's and the city's figures."""
    for indicator in anchors.GROWTH:
        _add_growth(figures, seed, indicator)
    for indicator in NOMINAL_SHARE:
        _add_nominal_levels(figures, indicator)
    _add_gdp_levels(figures)
    _add_prices(figures, seed)
    _add_income(figures)
    _add_city(figures, seed)


def _add_growth(figures: Figures, seed: int, indicator: str) -> None:
    for year in anchors.YEARS:
        for unit, december in zip(UNITS, anchors.GROWTH[indicator][year], strict=True):
            rng = stream(seed, indicator, unit, year)
            gap = anchors.START_GAP[indicator][year] * rng.uniform(0.8, 1.2)
            path = paths.growth_path(rng, december, months_of(indicator), gap, anchors.WOBBLE[indicator])
            figures.add_year(f"{indicator}.growth", unit, year, path)


def nominal_levels(
    level_2022: float, share: tuple[float, ...], growth: dict[int, dict[int, float]], months: tuple[int, ...]
) -> dict[tuple[int, int], float]:
    """Levels that follow from the growth rates, around the year 2022; 2020 is there as the base of 2021."""
    levels: dict[tuple[int, int], float] = {}
    for month in months:
        level = level_2022 * share[month - 1]
        levels[2022, month] = level
        levels[2021, month] = level / (1 + growth[2022][month] / 100)
        levels[2020, month] = levels[2021, month] / (1 + growth[2021][month] / 100)
        levels[2023, month] = level * (1 + growth[2023][month] / 100)
    return levels


def _add_nominal_levels(figures: Figures, indicator: str) -> None:
    months = months_of(indicator)
    for unit, level_2022 in zip(UNITS, anchors.LEVEL_2022[indicator], strict=True):
        growth = {year: figures.year(f"{indicator}.growth", unit, year) for year in anchors.YEARS}
        levels = nominal_levels(level_2022, NOMINAL_SHARE[indicator], growth, months)
        for (year, month), level in levels.items():
            figures.add(f"{indicator}.level", unit, year, month, rounded(level, LEVEL_DECIMALS[indicator]))


def _add_gdp_levels(figures: Figures) -> None:
    growth = anchors.GROWTH["gdp"]
    for place, unit in enumerate(UNITS):
        level = {2022: anchors.LEVEL_2022["gdp"][place]}
        level[2021] = level[2022] / (1 + (growth[2022][place] + anchors.GDP_PRICE_CHANGE[2022]) / 100)
        level[2023] = level[2022] * (1 + (growth[2023][place] + anchors.GDP_PRICE_CHANGE[2023]) / 100)
        for year in anchors.YEARS:
            for month, share in paths.QUARTER_SHARE.items():
                figures.add("gdp.level", unit, year, month, rounded(level[year] * share, 2))


def _add_prices(figures: Figures, seed: int) -> None:
    for year, indices in anchors.CPI_MONTH.items():
        rng = stream(seed, "cpi", year)
        so_far: list[float] = []
        for month, index in enumerate(indices, start=1):
            so_far.append(rounded(index + rng.choice((-0.1, 0.0, 0.1)), 1))
            average = rounded(sum(so_far) / len(so_far), 1)
            figures.add("cpi.average", CITY, year, month, average)
            figures.add("cpi.rise", CITY, year, month, rounded(average - 100, 1))


def _add_income(figures: Figures) -> None:
    city = {year: figures.year("income.growth", next(iter(UNITS)), year) for year in anchors.YEARS}
    for year, december in anchors.CITY_INCOME_GROWTH.items():
        for month, first_unit in city[year].items():
            gap = first_unit - anchors.GROWTH["income"][year][0]
            figures.add("income.growth", CITY, year, month, rounded(december + gap * 0.8, 1))
    share = {3: 0.272, 6: 0.502, 9: 0.748, 12: 1.0}
    twelve = tuple(share.get(month, 0.0) for month in range(1, 13))
    for unit, level_2022 in zip(
        (*UNITS, CITY), (*anchors.LEVEL_2022["income"], anchors.CITY_INCOME_LEVEL_2022), strict=True
    ):
        growth = {year: figures.year("income.growth", unit, year) for year in anchors.YEARS}
        for (year, month), level in nominal_levels(level_2022, twelve, growth, (3, 6, 9, 12)).items():
            figures.add("income.level", unit, year, month, rounded(level, 0))
        for year in anchors.YEARS:
            for month, nominal in growth[year].items():
                price = figures.get("cpi.average", CITY, year, month)
                figures.add("income.real", unit, year, month, rounded(((100 + nominal) / price - 1) * 100, 1))


def _add_city(figures: Figures, seed: int) -> None:
    for indicator in ("gdp", "industry", "fai", "industrial_fai"):
        _add_weighted_growth(figures, indicator)
    for indicator in NOMINAL_SHARE:
        _add_city_sum(figures, seed, indicator)
    for year in anchors.YEARS:
        for month in (3, 6, 9, 12):
            total = sum(figures.get("gdp.level", unit, year, month) for unit in UNITS)
            figures.add("gdp.level", CITY, year, month, rounded(total, 2))


def _add_weighted_growth(figures: Figures, indicator: str) -> None:
    weights = dict(zip(UNITS, anchors.LEVEL_2022["gdp"], strict=True))
    for year in anchors.YEARS:
        for month in months_of(indicator):
            weighted = sum(weights[unit] * figures.get(f"{indicator}.growth", unit, year, month) for unit in UNITS)
            figures.add(f"{indicator}.growth", CITY, year, month, rounded(weighted / sum(weights.values()), 1))


def _add_city_sum(figures: Figures, seed: int, indicator: str) -> None:
    own: dict[tuple[int, int], float] = {}
    if indicator in anchors.CITY_OWN_LEVEL_2022:
        growth = {
            year: paths.growth_path(stream(seed, indicator, "own", year), december, months_of(indicator), 1.0, 1.0)
            for year, december in anchors.CITY_OWN_GROWTH[indicator].items()
        }
        level_2022 = anchors.CITY_OWN_LEVEL_2022[indicator]
        own = nominal_levels(level_2022, NOMINAL_SHARE[indicator], growth, months_of(indicator))
    decimals = LEVEL_DECIMALS[indicator]
    for month in months_of(indicator):
        total = {
            year: rounded(
                sum(figures.get(f"{indicator}.level", unit, year, month) for unit in UNITS)
                + own.get((year, month), 0.0),
                decimals,
            )
            for year in (2020, *anchors.YEARS)
        }
        for year in anchors.YEARS:
            figures.add(f"{indicator}.level", CITY, year, month, total[year])
            figures.add(f"{indicator}.growth", CITY, year, month, rounded((total[year] / total[year - 1] - 1) * 100, 1))
