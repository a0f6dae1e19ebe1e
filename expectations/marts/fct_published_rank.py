"""What the ranks that offices printed must be."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import facts, tables

SUITE = Suite(
    table="fct_published_rank",
    frame="marts.fct_published_rank",
    key=("rank_set_code", "indicator_code", "measure", "reference_month", "region_code", "submission_id"),
    entries=(
        Entry(facts.FigureLeadsToItsCell(), "critical", "CONTRACT: every fact row leads to its cell"),
        Entry(facts.RankIsAPlace(), "critical", "RULES 1"),
        Entry(tables.RefersTo("rank_set_code", "marts.dim_rank_set"), "critical", "CONTRACT"),
        Entry(tables.MonthHasBegun(), "critical", "RULES 2"),
    ),
)
