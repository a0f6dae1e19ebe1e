"""What must hold of the verdicts frozen at the close of a plan year, beside the current ones."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import closes, tables

STATUSES = "attained on_track behind missed not_due not_reported held not_assessable not_evaluated"

SUITE = Suite(
    table="mart_closed_verdict",
    frame="main.mart_closed_verdict",
    key=("target_id", "target_version"),
    entries=(
        Entry(tables.KeyIsUnique("target_id, target_version"), "critical", "one verdict at close per version"),
        Entry(tables.CodeIsListed("status_at_close", STATUSES), "critical", "CONTRACT: codes", "frozen_code_is_listed"),
        Entry(tables.CodeIsListed("status_now", STATUSES), "critical", "CONTRACT: codes", "current_code_is_listed"),
        Entry(closes.EveryClosedTargetIsFrozen(), "critical", "RULES 13"),
        Entry(closes.NothingIsFrozenEarly(), "critical", "RULES 13"),
        Entry(closes.ChangeIsToldWithItsReason(), "critical", "RULES 13: the change is listed"),
        Entry(closes.CurrentVerdictIsTheCurrentOne(), "critical", "RULES 13"),
        Entry(tables.IsGiven("frozen_by"), "critical", "DECISIONS: the first release to freeze is believed"),
    ),
)
