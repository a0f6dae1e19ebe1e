"""What a composite evaluation must keep to: every total can be added up by hand."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import composites, tables

KEY = ("composite_code", "item_code", "region_code", "reference_month")

SUITE = Suite(
    table="mart_composite_score",
    frame="marts.mart_composite_score",
    key=KEY,
    entries=(
        Entry(tables.KeyIsUnique(", ".join(KEY)), "critical", "CONTRACT: each point traceable"),
        Entry(composites.PointsWithinWeight(), "critical", "composites.yaml: weight is full points"),
        Entry(composites.TotalIsTheSumOfItsRows(), "critical", "CONTRACT: each point traceable"),
        Entry(tables.IsGiven("points_reason"), "critical", "DESIGN: a verdict carries its reason"),
    ),
)
