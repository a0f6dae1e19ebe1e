"""The example of a composite evaluation, as released: each point leads to the rank or the verdict that earned it."""

from __future__ import annotations

from tests.orchestration.conftest import Released


def test_points_by_rank_are_those_of_the_ranking(beiguan: Released) -> None:
    wrong = beiguan.rows(
        "select s.item_code, s.region_code, s.reference_month, s.points, r.rank from mart_composite_score as s "
        "left join mart_district_ranking as r on s.rank_set_code = r.rank_set_code and s.region_code = r.region_code "
        "and s.indicator_code = r.indicator_code and s.measure = r.measure and s.figure_month = r.reference_month "
        "where s.composite_code = 'example_four_districts' and s.points is not null and s.points is distinct from "
        "s.weight - (r.rank - 1) * case s.item_code when 'gdp' then 5 else s.weight / 4 end"
    )
    assert wrong == []
    assert beiguan.one("select count(points) > 150 from mart_composite_score where points_by = 'rank'")


def test_points_by_attainment_are_those_of_the_verdict(beiguan: Released) -> None:
    wrong = beiguan.rows(
        "select s.item_code, s.reference_month, s.points, a.status from mart_composite_score as s "
        "inner join mart_target_attainment as a using (target_id, reference_month) "
        "where a.is_judged and s.points is not null and abs(s.points - s.weight * case "
        "when a.status = 'attained' then 1 "
        "when a.time_share_pct > 0 then least(1, a.attainment_pct / a.time_share_pct) "
        "when a.status = 'on_track' then 1 else 0 end) > 0.0001"
    )
    assert wrong == []
    assert beiguan.one("select count(points) > 20 from mart_composite_score where points_by = 'attainment'")


def test_a_total_adds_up_and_only_a_complete_month_has_places(beiguan: Released) -> None:
    months = beiguan.rows(
        "select reference_month, region_code, sum(points) as points, any_value(total_points), any_value(place), "
        "count(points) = count(*) as is_complete from mart_composite_score "
        "where composite_code = 'example_four_districts' group by all order by 1, 3 desc"
    )
    assert len(months) == 12 * 4
    complete = {month for month, *_ in months} - {month for month, *_, is_complete in months if not is_complete}
    assert len(complete) >= 9
    for month in complete:
        rows = [row for row in months if row[0] == month]
        assert all(row[2] == row[3] for row in rows)
        assert [row[4] for row in rows] == [1 + sum(other[2] > row[2] for other in rows) for row in rows]
    assert all(place is None for month, _, _, _, place, _ in months if month not in complete)


def test_the_example_is_marked_as_one_and_as_simulated(beiguan: Released) -> None:
    assert beiguan.one(
        "select bool_and(is_example), bool_and(is_simulated or points is null) from mart_composite_score"
    ) == (
        True,
        True,
    )
