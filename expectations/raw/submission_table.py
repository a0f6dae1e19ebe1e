"""What a table of a file must be: read by a known layout, complete, of a month that is over."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import files, months

SUITE = Suite(
    table="submission_table",
    frame="judged_submission_table",
    key=("submission_id", "source_sheet", "table_no", "stem", "reference_month"),
    entries=(
        Entry(files.LayoutIsKnown(), "warning", "pack: sources"),
        Entry(files.EveryCellWasKept(), "warning", "DESIGN: nothing is dropped"),
        Entry(files.ReportMonthIsOver(), "warning", "RULES 2"),
        Entry(months.ReportMonthFollows(6), "warning", "learnt: the steps of the source"),
        Entry(months.NameTellsItsMonth(3), "warning", "learnt: the names of the source's earlier files"),
    ),
)
