"""What is told as one thing that is wrong."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import reports, tables

SUITE = Suite(
    table="mart_incident",
    frame="marts.mart_incident",
    key=("incident_id",),
    entries=(
        Entry(tables.KeyIsUnique("incident_id"), "critical", "grain"),
        Entry(tables.CodeIsListed("status", "open waived recovered"), "critical", "CONTRACT", "status_is_listed"),
        Entry(tables.IsGiven("question", "status = 'open'"), "critical", "DESIGN: ready question to the bureau"),
        Entry(reports.IncidentHoldsItsFindings(), "critical", "no open finding without an open incident"),
    ),
)
