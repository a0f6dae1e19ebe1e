"""What the list of indicators must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables

SUITE = Suite(
    table="dim_indicator",
    frame="marts.dim_indicator",
    key=("indicator_code",),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique("indicator_code"), "critical", "CONTRACT: grain"),
        Entry(tables.IsGiven("indicator_name"), "critical", "CONTRACT"),
    ),
)
