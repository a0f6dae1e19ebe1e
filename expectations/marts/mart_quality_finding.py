"""What is told about what is wrong: every open critical finding asks somebody something."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import reports, tables

SUITE = Suite(
    table="mart_quality_finding",
    frame="marts.mart_quality_finding",
    key=("finding_id", "rule"),
    entries=(
        Entry(tables.KeyIsUnique("finding_id"), "critical", "CONTRACT: grain"),
        Entry(tables.CodeIsListed("severity", "critical warning info"), "critical", "CONTRACT", "severity_is_listed"),
        Entry(tables.CodeIsListed("status", "open waived recovered"), "critical", "CONTRACT", "status_is_listed"),
        Entry(
            tables.IsGiven("question", "severity = 'critical' and status = 'open'"),
            "critical", "DESIGN: ready question to the bureau", "open_critical_asks",
        ),
        Entry(
            tables.IsGiven("owner_bureau_code", "status = 'open' and submission_id is not null"),
            "warning", "DESIGN: owner", "open_has_owner",
        ),
        Entry(reports.WaiverIsComplete(), "critical", "DESIGN: a named person, a reason, an expiry"),
        Entry(reports.SeenInOrder(), "warning", "CONTRACT"),
    ),
)  # fmt: skip
