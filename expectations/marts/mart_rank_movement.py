"""What must hold of the reasons why a rank moved."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import rankings, tables

SUITE = Suite(
    table="mart_rank_movement",
    frame="marts.mart_rank_movement",
    key=("rank_set_code", "indicator_code", "measure", "reference_month", "region_code"),
    entries=(
        Entry(tables.KeyIsUnique(f"{rankings.TABLE}, region_code, compared_with, moved_at"), "critical", "grain"),
        Entry(tables.CodeIsListed("compared_with", "previous year_ago revision"), "critical", "RULES 25"),
        Entry(rankings.MovementAddsUp(), "critical", "each part of a movement is counted once"),
        Entry(rankings.MovementRepeatsRanking(), "critical", "RULES 25"),
    ),
)
