"""What must hold of the bureaus' scores before they are shown to anyone."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import reports, tables

SUITE = Suite(
    table="mart_bureau_score",
    frame="marts.mart_bureau_score",
    key=("bureau_code", "reference_month"),
    entries=(
        Entry(tables.KeyIsUnique("bureau_code, reference_month"), "critical", "CONTRACT: grain"),
        Entry(reports.ScoreIsWithinItsParts(), "critical", "a mean lies between its parts"),
    ),
)
