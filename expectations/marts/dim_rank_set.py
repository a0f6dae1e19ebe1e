"""What the dated member lists of the rank sets must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables

SUITE = Suite(
    table="dim_rank_set",
    frame="marts.dim_rank_set",
    key=("rank_set_code", "region_code", "valid_from"),
    entries=(
        Entry(tables.KeyIsUnique("rank_set_code, region_code, valid_from"), "critical", "CONTRACT: grain"),
        Entry(tables.ValidityDoesNotOverlap("rank_set_code, region_code"), "critical", "RULES 24"),
        Entry(tables.RefersTo("region_code", "marts.dim_region"), "critical", "CONTRACT"),
    ),
)
