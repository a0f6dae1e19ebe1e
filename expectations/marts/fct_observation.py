"""What the current figures must be before they are released."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import facts, tables

SUITE = Suite(
    table="fct_observation",
    frame="marts.fct_observation",
    key=("region_code", "indicator_code", "measure", "growth_basis", "period_start", "reference_month"),
    entries=(
        Entry(tables.TableHasRows(), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique(facts.KEY), "critical", "RULES 1"),
        Entry(facts.FigureLeadsToItsCell(), "critical", "CONTRACT: every fact row leads to its cell"),
        Entry(facts.BlankSaysWhy(), "critical", "RULES 7, 8"),
        Entry(facts.UnitIsCanonical(), "critical", "RULES 4"),
        Entry(facts.PeriodRunsForward(), "critical", "RULES 2"),
        Entry(tables.MonthIsItsFirstDay(), "critical", "CONTRACT"),
        Entry(tables.MonthHasBegun(), "critical", "RULES 2"),
        Entry(facts.SimulationIsMarked(), "critical", "RULES 6"),
        Entry(facts.RealBeforeSimulated(), "critical", "RULES 6"),
        Entry(facts.CurrentIsAVintage(), "critical", "RULES 5"),
        Entry(tables.RefersTo("region_code", "marts.dim_region"), "critical", "CONTRACT"),
    ),
)
