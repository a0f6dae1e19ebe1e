"""What the list of measures must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables

SUITE = Suite(
    table="dim_indicator_measure",
    frame="marts.dim_indicator_measure",
    key=("indicator_code", "measure"),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique("indicator_code, measure"), "critical", "CONTRACT: grain"),
        Entry(tables.RefersTo("indicator_code", "marts.dim_indicator"), "critical", "CONTRACT"),
        Entry(tables.IsGiven("unit_code"), "critical", "CONTRACT"),
        Entry(tables.CodeIsListed("direction", "higher lower none"), "critical", "CONTRACT"),
    ),
)
