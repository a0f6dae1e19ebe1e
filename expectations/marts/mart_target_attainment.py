"""What the verdicts must be before an official reads them out."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables, verdicts

STATUSES = "attained on_track behind missed not_due not_reported held not_assessable"
PLAN_YEAR_HAS_FIGURES = (
    "exists (select 1 from raw.pack_target as t inner join marts.fct_observation as o "
    "on year(o.reference_month) = t.plan_year and o.reference_month <= (select last_closed_month from clock))"
)

SUITE = Suite(
    table="mart_target_attainment",
    frame="marts.mart_target_attainment",
    key=("target_id", "target_version", "reference_month"),
    entries=(
        Entry(tables.TableHasRows(PLAN_YEAR_HAS_FIGURES), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique("target_id, target_version, reference_month"), "critical", "CONTRACT: grain"),
        Entry(verdicts.EveryTargetIsJudgedEveryMonth(), "critical", "RULES 12"),
        Entry(tables.CodeIsListed("status", STATUSES), "critical", "CONTRACT: codes"),
        Entry(verdicts.GapFollowsVerdict(), "critical", "RULES 15"),
        Entry(verdicts.GapIsDifferenceOfPrints(), "critical", "RULES 14"),
        Entry(verdicts.MissedRestsOnDecidingFigure(), "critical", "RULES 13"),
        Entry(verdicts.EventLosesTheYear(), "critical", "RULES 13"),
        Entry(verdicts.OneVersionIsJudged(), "critical", "RULES 20"),
        Entry(verdicts.SeasonalLeadIsPaceAgainstSeason(), "critical", "RULES 12"),
        Entry(verdicts.PaceIsExplained(), "critical", "RULES 12"),
        Entry(verdicts.VerdictHasFigure(), "critical", "RULES 12"),
        Entry(verdicts.NoCompletionRateOfRates(), "critical", "RULES 15"),
        Entry(verdicts.LeadIsPaceAgainstTime(), "critical", "RULES 15"),
        Entry(verdicts.NoLeadUnderCeiling(), "critical", "RULES 15"),
        Entry(verdicts.CarriedForwardIsMarked(), "critical", "RULES 12"),
        Entry(verdicts.SimulatedActualIsMarked(), "critical", "RULES 6"),
        Entry(
            tables.IsGiven("status_reason", "status = 'not_assessable'"),
            "critical", "RULES 18", "not_assessable_has_reason",
        ),
        Entry(tables.IsGiven("status_reason"), "warning", "DESIGN: a verdict carries its reason", "verdict_has_reason"),
        Entry(verdicts.ObservedMonthsFitYear(), "critical", "RULES 12"),
        Entry(verdicts.AttainmentIsPlausible(1000), "warning", "practice: 130 % was published"),
        Entry(tables.MonthHasBegun(), "critical", "RULES 11"),
    ),
)  # fmt: skip
