"""What the list of regions must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables

SUITE = Suite(
    table="dim_region",
    frame="marts.dim_region",
    key=("region_code", "valid_from"),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique("region_code, valid_from"), "critical", "CONTRACT: grain"),
        Entry(tables.ValidityDoesNotOverlap("region_code"), "critical", "DOMAIN 1: history of codes"),
        Entry(tables.IsGiven("region_name"), "critical", "CONTRACT"),
    ),
)
