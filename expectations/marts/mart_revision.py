"""What is told about figures that changed."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import facts, tables

SUITE = Suite(
    table="mart_revision",
    frame="marts.mart_revision",
    key=("region_code", "indicator_code", "measure", "reference_month", "new_submission_id"),
    entries=(
        Entry(facts.RevisionIsADifference(), "critical", "CONTRACT"),
        Entry(tables.CodeIsListed("kind", "routine correction verification census"), "critical", "CONTRACT: codes"),
        Entry(tables.IsGiven("revised_at"), "critical", "CONTRACT"),
    ),
)
