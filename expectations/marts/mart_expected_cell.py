"""What is told of every figure that is owed."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import reports, tables

STATUSES = "reported held not_collected not_reported not_due"

SUITE = Suite(
    table="mart_expected_cell",
    frame="marts.mart_expected_cell",
    key=("region_code", "indicator_code", "measure", "reference_month"),
    entries=(
        Entry(tables.KeyIsUnique("region_code, indicator_code, measure, reference_month"), "critical", "grain"),
        Entry(tables.CodeIsListed("status", STATUSES), "critical", "its own codes"),
        Entry(reports.AbsentIsDue(), "critical", "RULES 8"),
    ),
)
