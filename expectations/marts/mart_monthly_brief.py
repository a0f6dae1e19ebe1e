"""What the page that an official reads must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables, verdicts

SUITE = Suite(
    table="mart_monthly_brief",
    frame="marts.mart_monthly_brief",
    key=("target_id", "reference_month"),
    entries=(
        Entry(tables.KeyIsUnique("target_id, reference_month"), "critical", "CONTRACT: grain"),
        Entry(verdicts.BriefIsComplete(), "critical", "RULES 27"),
        Entry(verdicts.BriefRepeatsVerdict(), "critical", "RULES 6, 27"),
        Entry(tables.IsGiven("target_text"), "warning", "RULES 27"),
    ),
)
