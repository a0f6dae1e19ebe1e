"""What a figure must be before it is accepted: every critical row names the cell that is held.

Only cells without a decision are judged, beside everything known of their series. Nothing that offices really
publish may be critical: growth of 581.5 %, -100 %, a GDP level that falls while growth rises, a budget row of 0,
a cumulative figure that falls.
"""

from expectations.rule import CELL_KEY, Entry, Suite
from expectations.vocabulary import (
    agreement,
    cells,
    changes,
    copies,
    forms,
    identities,
    months,
    places,
    prints,
    series,
    signs,
    sizes,
    sums,
    units,
    witnesses,
)

# Fewer months teach nothing: quartiles of five points are single values.
POINTS = 6
# One chance in a million, with room for all the tables of a country's months.
BITS = 20
# One in eight thousand: worth a question, for few tables are as nearly another's.
FEW_BITS = 13
# One in 128 of the percentages that are small, which are few: no published one has more than six bits.
FRACTION = 7
# Spreads beyond what the neighbours of a figure allow. No figure of the published files (20 provinces, 70 cities, Kobe)
# is further than eight by both views once all months are known; the US states have not been measured to the end.
ASKED = 5
HELD = 8
# One chance in four hundred by the count of nats; on the published files fewer, for spreads are drawn wide.
SIGNS = 6
STEPS = "learnt: steps of the series and of its indicator"
# What a contradiction of growth and levels must exceed where a base may have been revised or prices are constant.
NOMINAL = 0.05
OTHER = 0.5

SUITE = Suite(
    table="cell",
    frame="judged_cell",
    key=CELL_KEY,
    entries=(
        # named, dated and counted as the pack says
        Entry(cells.RegionIsKnown(), "critical", "pack: regions"),
        Entry(cells.RegionExistedThen(), "warning", "pack: regions; DOMAIN 1 history of codes"),
        Entry(cells.MeasureIsPromised(), "critical", "pack: indicators"),
        Entry(cells.PlainCellHasNumber(), "critical", "RULES 8"),
        Entry(cells.UnitIsConvertible(), "critical", "pack: indicators, units; DOMAIN 3"),
        Entry(cells.GrowthNamesItsBasis(), "warning", "RULES 3"),
        Entry(cells.PeriodIsResolved(), "critical", "RULES 2"),
        Entry(cells.CumulativeBeginsInJanuary(), "critical", "CONTRACT: codes; DOMAIN 2.2"),
        Entry(cells.MonthIsOver(), "critical", "RULES 2"),
        Entry(cells.MonthHasAFigure(), "critical", "pack: first_month; DOMAIN 2.1"),
        Entry(cells.QuarterlyEndsAQuarter(), "critical", "pack: frequency; DOMAIN 2.1"),
        Entry(cells.ReportedAsOftenAsPromised(), "info", "pack: frequency"),
        Entry(cells.SimulationMarkAgrees(), "critical", "RULES 6"),
        Entry(cells.PublishedRankIsAPlace(), "critical", "pack: rank_sets; RULES 1"),
        # possible at all
        Entry(sizes.CountsAndStocksAreNotNegative(), "critical", "by definition of a count"),
        Entry(sizes.FlowsOfMoneyAreNotNegative(), "warning", "practice: refunds make a month negative"),
        Entry(sizes.ShareIsPartOfAWhole(), "critical", "by definition of a share"),
        Entry(sizes.RateWithin(0, 100), "warning", "practice: few rates leave 0-100", "rate_is_usual"),
        Entry(sizes.RateWithin(-100, 1000), "critical", "practice: no published rate is beyond", "rate_is_possible"),
        Entry(sizes.UnemploymentRateWithin(0, 40), "critical", "practice: BLS states 1.7-30.6 % in 50 years"),
        Entry(sizes.IndexWithin(50, 300), "critical", "DOMAIN 3: same period of last year = 100"),
        Entry(sizes.GrowthNotBelowMinusHundred(), "critical", "by definition of a growth"),
        Entry(sizes.GrowthIsSizeable(1000), "warning", "practice: 581.5 % was published (Shaoyang 2025-09)"),
        Entry(sizes.CompletionIsNotNegative(), "warning", "RULES 21"),
        # beside its own series
        Entry(series.OneFileTellsOneValue(), "warning", "RULES 5"),
        Entry(series.CumulativeDoesNotFall(), "warning", "DOMAIN 2.2: 内蒙古 2017-12 fell and was right"),
        Entry(series.MagnitudeOfVintageStays(POINTS), "critical", "DOMAIN 3: slips of 万 and 亿"),
        Entry(series.MagnitudeFitsSeries(POINTS, ASKED), "critical", "learnt: neighbours, two years of the series"),
        Entry(series.PercentIsNotAFraction(POINTS, ASKED), "critical", "learnt: other months of the series"),
        Entry(series.PercentMayBeAFraction(FRACTION), "warning", "by the figures beside it; learnt: its own months"),
        Entry(series.PercentTableIsNotAllFractions(), "warning", "practice: no history to tell"),
        # beside its neighbours: a named cause first, else the change itself
        Entry(changes.FigureIsItsOwn(ASKED), "critical", STEPS),
        Entry(changes.SignFitsSeries(ASKED), "critical", STEPS),
        Entry(changes.IndexIsNotGrowth(ASKED), "critical", STEPS),
        Entry(changes.CumulativeIsNotOneMonth(ASKED), "critical", STEPS),
        Entry(changes.ZeroFitsSeries(HELD), "critical", STEPS),
        Entry(
            changes.GrowthAgreesWithLevels(HELD, NOMINAL, OTHER),
            "critical",
            "learnt: usual disagreement; DOMAIN 2.3: a revised base, constant prices",
        ),
        Entry(changes.GrowthIsNearLevels(ASKED), "warning", "learnt: usual disagreement"),
        Entry(changes.ImpliedBaseIsRound(), "critical", "DOMAIN 3: raw cells carry 14 digits"),
        Entry(changes.ChangeFitsSeries(HELD), "critical", STEPS),
        Entry(changes.ChangeIsUsual(ASKED), "warning", STEPS),
        Entry(signs.SignsDoNotAddUp(SIGNS), "warning", "learnt: its months, its table, its growth, its sums"),
        # beside its own table
        Entry(copies.OtherMonthIsNotSentAgain(BITS), "critical", "learnt: how often such figures repeat"),
        Entry(copies.RowIsNotAnotherRegions(BITS), "critical", "learnt: how often two regions tie"),
        Entry(copies.ColumnIsNotAnother(BITS), "critical", "by the digits of the figures"),
        Entry(copies.OtherMonthMayBeSentAgain(FEW_BITS, 2), "warning", "learnt: how often such figures repeat"),
        Entry(copies.RowMayBeAnotherRegions(FEW_BITS, 2), "warning", "learnt: how often two regions tie"),
        Entry(copies.ColumnMayBeAnother(FEW_BITS, 3), "warning", "by the digits of the figures"),
        Entry(copies.LongFigureStandsOnce(FEW_BITS), "warning", "by the digits of the figure"),
        Entry(copies.ColumnIsNotFilledDown(18, "true"), "critical", "learnt: how often two regions tie"),
        Entry(copies.ColumnIsNotFilledDown(13, "false"), "warning", "no other month to tell", "column_of_constants"),
        Entry(
            copies.OneFigureIsNotEverywhere(18),
            "warning",
            "by the other figures of the column; learnt: usual movements",
        ),
        Entry(places.PlacesAreNotExchanged(6, 11), "critical", "learnt: usual movements of the series"),
        Entry(places.TableIsNotShifted(6), "critical", "learnt: usual movements of the series"),
        Entry(units.ColumnKeepsItsMagnitude(), "critical", "DOMAIN 3: 万元 and 亿元 in one workbook"),
        Entry(units.FigureKeepsItsColumnsScale(), "critical", "DOMAIN 3: slips of 万 and 亿"),
        Entry(units.UnitIsTheUsual(), "info", "DOMAIN 2.1: 万元→亿元 from one form to the next"),
        Entry(prints.FiguresKeepTheirDecimals(10, 17), "warning", "learnt: last digits of such figures elsewhere"),
        Entry(forms.ColumnIsToldInItsForm(9), "critical", "learnt: usual movements of the series"),
        Entry(forms.ColumnLooksLikeItsForm(3), "warning", "no other month to tell"),
        Entry(months.MonthIsNotToldAnew(), "critical", "DOMAIN 2.4: revisions are few or small"),
        Entry(months.TableIsNotToldAnew(2), "critical", "DOMAIN 2.4: revisions are few or small"),
        Entry(witnesses.FileIsNotContradicted(6, 2), "critical", "learnt: how often the two files agreed"),
        Entry(witnesses.FilesTellOneValue(6), "warning", "learnt: how often the two files agreed; DOMAIN 2.4"),
        Entry(identities.IdentityHolds(2), "critical", "by definition; learnt: it came out in the other months"),
        Entry(identities.IdentityIsOpen(2), "warning", "by definition; learnt: it came out in the other months"),
        Entry(agreement.MembersAddUpToTotal(3), "critical", "learnt: other months; pack: is_additive; DOMAIN 5"),
        Entry(agreement.MemberOfAnOpenSum(3), "warning", "learnt: other months; pack: is_additive; DOMAIN 5"),
        Entry(sums.ComponentsAddUpToTotal(), "critical", "pack: components; RULES 9"),
        Entry(sums.ComponentOfAnOpenSum(), "warning", "pack: components; RULES 9"),
        Entry(sums.PartIsNotAboveWhole(), "critical", "pack: parent_indicator_code"),
        Entry(sums.GrowthAddsUpToTotal(), "critical", "pack: is_additive, components; DOMAIN 2.3"),
        Entry(sums.GrowthOfAnOpenSum(), "warning", "pack: is_additive, components; DOMAIN 2.3"),
        Entry(agreement.ValueFollowsPrintedRank(3), "critical", "DOMAIN 5: 110 of 113 rankings come out"),
        Entry(agreement.ValueAgreesWithPrintedRank(), "warning", "DOMAIN 5: 110 of 113 rankings come out"),
        Entry(agreement.RankIsNotMistyped(), "critical", "DOMAIN 5: 110 of 113 rankings come out"),
        Entry(agreement.PrintedRankFollowsValue(), "warning", "DOMAIN 5: 110 of 113 rankings come out"),
        Entry(agreement.RanksArePossible(), "warning", "RULES 23: competition ranking"),
    ),
)
