"""What the plan's targets must be; a pack without a plan has none."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import tables, verdicts

BOUNDS = (
    "ge gt eq le lt about range stable_at direction_up rank_le linked relative zero coverage project_set not_assessable"
)

SUITE = Suite(
    table="plan_target",
    frame="marts.plan_target",
    key=("target_id", "target_version"),
    entries=(
        Entry(tables.TableHasRows("(select count(*) from raw.pack_target) > 0"), "critical", "pack: targets"),
        Entry(tables.KeyIsUnique("target_id, target_version"), "critical", "CONTRACT: grain"),
        Entry(tables.ValidityDoesNotOverlap("target_id"), "warning", "RULES 20"),
        Entry(tables.CodeIsListed("bound", BOUNDS), "critical", "CONTRACT: codes", "bound_is_listed"),
        Entry(
            tables.CodeIsListed("effective_bound", BOUNDS), "critical", "CONTRACT: codes", "effective_bound_is_listed"
        ),
        Entry(tables.IsGiven("wording"), "critical", "DESIGN: a verdict carries its wording", "wording_is_given"),
        Entry(tables.IsGiven("judged_reason"), "warning", "RULES 16", "judged_reason_is_given"),
        Entry(tables.RefersTo("indicator_code", "marts.dim_indicator"), "critical", "CONTRACT"),
        Entry(verdicts.BandContainsTarget(), "critical", "RULES 16"),
    ),
)
