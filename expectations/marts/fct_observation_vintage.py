"""What the vintages must be: none is lost, each says whether it was accepted."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import facts, tables

SUITE = Suite(
    table="fct_observation_vintage",
    frame="marts.fct_observation_vintage",
    key=(
        "region_code",
        "indicator_code",
        "measure",
        "growth_basis",
        "period_start",
        "reference_month",
        "submission_id",
    ),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique(f"{facts.KEY}, submission_id"), "critical", "CONTRACT: grain"),
        Entry(facts.FigureLeadsToItsCell(), "critical", "CONTRACT: every fact row leads to its cell"),
        Entry(facts.HoldHasReason(), "critical", "RULES 7"),
        Entry(facts.SimulationIsMarked(), "critical", "RULES 6"),
        Entry(tables.IsGiven("vintage_at"), "critical", "RULES 11", "vintage_is_dated"),
        Entry(tables.IsGiven("accepted_at", "is_accepted"), "critical", "RULES 11", "acceptance_is_dated"),
    ),
)
