"""Rules on ranking tables: complete, in competition order, within their bounds, honest about simulation."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule

TABLE = "rank_set_code, indicator_code, measure, reference_month"


@dataclass(frozen=True)
class EveryMemberHasARow(QueryRule):
    """A ranking has one row for each of its members, and no other region."""

    zh = "每张排名表成员齐全，无集合外地区"
    query = """
        with judged as (select * from {batch})
        select judged.rank_set_code, indicator_code, measure, reference_month,
            count(*)::varchar || '/' || count(s.region_code)::varchar as observed,
            max(member_count)::varchar as expected
        from judged
        left join (
            select rank_set_code, region_code, min(valid_from) as valid_from,
                max(coalesce(valid_to, date '9999-12-31')) as valid_to
            from marts.dim_rank_set group by all
        ) as s
            on judged.rank_set_code = s.rank_set_code and judged.region_code = s.region_code
            and s.valid_from <= last_day(reference_month) and s.valid_to >= reference_month
        group by judged.rank_set_code, indicator_code, measure, reference_month
        having count(*) <> max(member_count) or min(member_count) <> max(member_count)
            or count(s.region_code) <> count(*)
    """


@dataclass(frozen=True)
class RankingIsACompetition(QueryRule):
    """A rank is one more than the number of members with a better ranked value (1, 2, 2, 4)."""

    zh = "位次 = 1 + 更优单位数（并列同位，如 1、2、2、4）"
    query = f"""
        with judged as (select * from {{batch}}),

        placed as (
            select judged.*, case
                when judged.rank is not null then rank() over (
                    partition by {TABLE}, judged.rank is null
                    order by case when m.direction = 'lower' then -ranked_value else ranked_value end desc nulls last
                )
            end as place
            from judged
            left join (
                select indicator_code, measure, any_value(direction) as direction
                from marts.dim_indicator_measure group by all
            ) as m using (indicator_code, measure)
        )

        select <key>, rank::varchar || ' (' || coalesce(ranked_value::varchar, 'NULL') || ')' as observed,
            place::varchar as expected
        from placed
        where rank <> place or (rank is not null and ranked_value is null)
    """


@dataclass(frozen=True)
class RankWithinItsBounds(RowRule):
    """A rank lies between the best and the worst that are still possible, and these within the set."""

    zh = "位次在可能的最好与最差位次之间"
    broken_if = (
        "rank is not null and (coalesce(rank_best_possible, 0) < 1 or rank_best_possible > rank "
        "or rank > coalesce(rank_worst_possible, 0) or rank_worst_possible > member_count)"
    )
    observed = "rank::varchar"
    expected = "coalesce(rank_best_possible::varchar, 'NULL') || '–' || coalesce(rank_worst_possible::varchar, 'NULL')"


@dataclass(frozen=True)
class RankedAreMembers(RowRule):
    """No more are ranked than are members, none is tied with more than are ranked."""

    zh = "参排数不超过成员数"
    broken_if = "ranked_count > member_count or ranked_count < 0 or member_count < 1 or tied_count > ranked_count"
    observed = "ranked_count::varchar"
    expected = "'≤ ' || member_count::varchar"


@dataclass(frozen=True)
class ProvisionalWhileIncomplete(RowRule):
    """A ranking is provisional while members are missing."""

    zh = "成员未报齐时排名标记为暂列"
    broken_if = "rank is not null and ranked_count < member_count and not coalesce(is_provisional, false)"
    observed = "ranked_count::varchar || '/' || member_count::varchar"
    expected = "'is_provisional'"


@dataclass(frozen=True)
class NoRankSaysWhy(RowRule):
    """A member without a rank says why, and one with a rank is not withheld."""

    zh = "没有位次的说明原因"
    broken_if = (
        "(rank is null and coalesce(withheld_reason, '') = '') or (rank is not null and withheld_reason is not null)"
    )
    observed = "coalesce(rank::varchar, 'NULL') || ' ' || coalesce(withheld_reason, 'NULL')"
    expected = "'rank 或 withheld_reason'"


@dataclass(frozen=True)
class RankChangeIsDifference(RowRule):
    """The change of a rank is the previous rank less the present one."""

    zh = "位次变动 = 上期位次 − 本期位次"
    broken_if = "rank_change is distinct from previous_rank - rank"
    observed = "coalesce(rank_change::varchar, 'NULL')"
    expected = "coalesce((previous_rank - rank)::varchar, 'NULL')"


@dataclass(frozen=True)
class SimulationMarksWholeTable(QueryRule):
    """A ranking with one simulated value is simulated as a whole, neighbours included."""

    zh = "只要有一个成员是模拟数据，整张排名表即为模拟"
    query = f"""
        with judged as (select * from {{batch}}),

        told as (
            select judged.*, bool_or(judged.is_simulated or coalesce(o.only_simulated, false)) over (
                partition by {TABLE}
            ) as must_be_simulated
            from judged
            left join (
                select region_code, indicator_code, measure, reference_month, bool_and(is_simulated) as only_simulated
                from marts.fct_observation
                where value is not null
                group by all
            ) as o using (region_code, indicator_code, measure, reference_month)
        )

        select <key>, is_simulated::varchar as observed, must_be_simulated::varchar as expected
        from told
        where must_be_simulated and not is_simulated
    """


@dataclass(frozen=True)
class AgreementIsTold(RowRule):
    """Agreement with the published rank is stated where all values are real, and only there."""

    zh = "与公布位次是否一致：仅在全部为真实数据时给出"
    broken_if = (
        "(is_simulated and agrees_with_published is not null) or (not is_simulated and published_rank is not null "
        "and rank is not null and agrees_with_published is distinct from (rank = published_rank))"
    )
    observed = "coalesce(agrees_with_published::varchar, 'NULL')"
    expected = "case when is_simulated then 'NULL' else coalesce((rank = published_rank)::varchar, 'NULL') end"


@dataclass(frozen=True)
class PublishedRankAgrees(RowRule):
    """The published rank is the computed one."""

    zh = "公布位次与计算位次一致"
    broken_if = "agrees_with_published = false"
    observed = "published_rank::varchar"
    expected = "rank::varchar"


@dataclass(frozen=True)
class MovementAddsUp(RowRule):
    """The parts of a movement add up to the change of the rank, and later news to what was seen of the earlier rank."""

    zh = "位次变动的各项之和等于位次变动，此后修订与补报之和等于上期位次的改变"
    broken_if = (
        "rank_change is distinct from own_effect + neighbour_effect + member_effect "
        "or revision_effect + late_member_effect is distinct from coalesce(rank_seen, rank_from) - rank_from"
    )
    observed = "concat_ws(' ', own_effect, neighbour_effect, member_effect, revision_effect, late_member_effect)"
    expected = "concat_ws(' ', rank_change, coalesce(rank_seen, rank_from) - rank_from)"


@dataclass(frozen=True)
class MovementRepeatsRanking(QueryRule):
    """A movement against the period before is the change that the ranking shows."""

    zh = "较上期的位次变动与排名表所列一致"
    query = f"""
        select {", ".join(f"r.{column}" for column in (*TABLE.split(", "), "region_code"))},
            m.rank_change::varchar as observed, r.rank_change::varchar as expected
        from marts.mart_district_ranking as r
        left join (select * from {{batch}} where compared_with = 'previous') as m
            using ({TABLE}, region_code)
        where r.rank_change is distinct from m.rank_change
    """
