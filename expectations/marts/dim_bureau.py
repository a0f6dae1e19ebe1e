"""What the list of bureaus must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables

SUITE = Suite(
    table="dim_bureau",
    frame="marts.dim_bureau",
    key=("bureau_code",),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique("bureau_code"), "critical", "CONTRACT: grain"),
    ),
)
