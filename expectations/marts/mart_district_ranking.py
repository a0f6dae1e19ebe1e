"""What the ranking tables must be before they are read out."""

from expectations.rule import Entry, Suite
from expectations.vocabulary import rankings, tables

RANKED_FIGURES_EXIST = (
    "exists (select 1 from marts.fct_observation as o "
    "inner join marts.dim_indicator_measure as m using (indicator_code, measure) "
    "inner join marts.dim_rank_set as s using (region_code) where m.is_ranked and o.value is not null)"
)

SUITE = Suite(
    table="mart_district_ranking",
    frame="marts.mart_district_ranking",
    key=("rank_set_code", "indicator_code", "measure", "reference_month", "region_code"),
    entries=(
        Entry(tables.TableHasRows(RANKED_FIGURES_EXIST), "critical", "CONTRACT"),
        Entry(tables.KeyIsUnique(f"{rankings.TABLE}, region_code"), "critical", "CONTRACT: grain"),
        Entry(rankings.EveryMemberHasARow(), "critical", "RULES 24"),
        Entry(rankings.RankingIsACompetition(), "critical", "RULES 23"),
        Entry(rankings.RankWithinItsBounds(), "critical", "RULES 24"),
        Entry(rankings.RankedAreMembers(), "critical", "RULES 24"),
        Entry(rankings.ProvisionalWhileIncomplete(), "critical", "RULES 24"),
        Entry(rankings.NoRankSaysWhy(), "critical", "RULES 24"),
        Entry(rankings.RankChangeIsDifference(), "critical", "RULES 25"),
        Entry(rankings.SimulationMarksWholeTable(), "critical", "RULES 6"),
        Entry(rankings.AgreementIsTold(), "critical", "RULES 6"),
        Entry(rankings.PublishedRankAgrees(), "warning", "DOMAIN 5: a difference is a finding, not an error"),
        Entry(tables.CodeIsListed("basis", "level growth rate"), "critical", "CONTRACT"),
        Entry(tables.MonthHasBegun(), "critical", "RULES 11"),
    ),
)
