"""What is told about who reported when."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import reports, tables

STATUSES = "on_time late partial unreadable missing not_due not_expected"

SUITE = Suite(
    table="mart_reporting_status",
    frame="marts.mart_reporting_status",
    key=("bureau_code", "stem", "reference_month"),
    entries=(
        Entry(tables.KeyIsUnique("bureau_code, stem, reference_month"), "critical", "CONTRACT: grain"),
        Entry(tables.CodeIsListed("status", STATUSES), "critical", "CONTRACT: codes"),
        Entry(reports.MissingHasNotArrived(), "warning", "CONTRACT: received_at"),
        Entry(reports.NotDueIsNeverMissing(), "critical", "RULES 8"),
        Entry(reports.LateIsLate(), "warning", "CONTRACT: days_late"),
    ),
)
