"""Incidents: one for one cause, with a name that lasts while findings come and go."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from tests.dbt.conftest import dbt_build


def incidents(ask: Any, indicator: str) -> list[dict[str, Any]]:
    return list(ask(
        "select distinct i.* from marts.mart_incident as i inner join marts.mart_quality_finding as f "
        "using (incident_id) where f.indicator_code = ? order by i.incident_id", indicator,
    ))  # fmt: skip


def test_a_figure_that_breaks_several_rules_is_one_incident(ask: Any) -> None:
    (one,) = incidents(ask, "two_rules")
    assert (one["rules"], one["place_count"], one["finding_count"]) == ("jump、other_rule", 1, 2)
    assert (one["severity"], one["status"], one["owner_bureau_code"]) == ("critical", "open", "hbj")
    assert one["question"].endswith("前答复。")


def test_the_question_about_a_held_figure_says_once_what_stands_there_and_what_was_expected(ask: Any) -> None:
    (found,) = ask("select * from marts.mart_quality_finding where indicator_code = 'held_only' and rule = 'jump'")
    assert (found["rule_description"], found["expected"]) == ("增速异常", "约 6.4")
    assert found["question"].count("64") == 1, found["question"]
    assert "：增速异常；现为“64.0”，应为“约 6.4”。请于" in found["question"]


def test_two_figures_of_a_sheet_are_two_incidents(ask: Any) -> None:
    assert len(incidents(ask, "two_alone")) == 2


def test_two_figures_that_are_not_there_and_have_no_cell_are_two_findings(ask: Any) -> None:
    found = ask("select finding_id, region_code from marts.mart_quality_finding where indicator_code = 'not_there'")
    assert (len({row["finding_id"] for row in found}), len(found)) == (2, 2)


def test_a_column_with_one_fault_is_one_incident(ask: Any) -> None:
    (one,) = incidents(ask, "a_column")
    assert (one["place_count"], one["rules"]) == (5, "jump")
    assert one["question"].endswith("（同一问题共5处，逐格见待答复问题清单）")


def test_an_incident_opens_with_its_first_finding_and_asks_by_the_first_day(ask: Any) -> None:
    (one,) = incidents(ask, "a_column")
    assert (one["opened_at"].date().isoformat(), one["answer_due_date"].isoformat()) == ("2023-06-10", "2023-06-15")


def test_what_recovered_and_what_was_waived_are_told_as_such(ask: Any) -> None:
    (right,), (waived,) = incidents(ask, "came_right"), incidents(ask, "waived_alone")
    assert (right["status"], right["recovered_at"].date().isoformat()) == ("recovered", "2023-06-20")
    assert (waived["status"], waived["waived_until"].isoformat()) == ("waived", "2024-12-31")


def test_an_incident_keeps_its_name_when_more_of_the_sheet_breaks(
    ask: Any, built: Path, repo: Path, tmp_path: Path
) -> None:
    """Told were two figures, one incident each; a third and a fourth of the same column join, and nothing reopens."""
    before = ask(
        "select finding_id, incident_id from marts.mart_quality_finding where indicator_code = 'told_before' "
        "order by source_cell"
    )
    assert len({row["incident_id"] for row in before}) == 2
    later = tmp_path / "warehouse.duckdb"
    shutil.copy(built, later)
    with duckdb.connect(str(later)) as con:
        con.execute(
            "insert into raw.known_incident select finding_id, incident_id, first_seen_at "
            "from marts.mart_quality_finding where indicator_code = 'told_before'"
        )
        for region, place in (("410505", "D3"), ("410506", "D4")):
            for table in ("cell", "acceptance"):
                where = "source_sheet = '已告知' and source_cell = 'D1'"
                region_too = f", '{region}' as region_code" if table == "cell" else ""
                con.execute(
                    f"insert into raw.{table} select * replace ('{place}' as source_cell{region_too}) "
                    f"from raw.{table} where {where}"
                )
    built_again = dbt_build(
        repo, later, "run", "--select",
        "int_observation_vintages_reconciled+1 audit_cells_held int_findings_gathered audit_waivers int_findings_owned "
        "int_findings_united int_findings_recovered mart_quality_finding mart_incident",
    )  # fmt: skip
    assert built_again.success
    with duckdb.connect(str(later), read_only=True) as con:
        after = con.execute(
            "select finding_id, incident_id, source_cell from marts.mart_quality_finding "
            "where indicator_code = 'told_before' order by source_cell"
        ).fetchall()
        names = con.execute("select incident_id, place_count from marts.mart_incident where status = 'open'").fetchall()
    told = [row["incident_id"] for row in before]
    assert [row[1] for row in after[:2]] == told, "what was told keeps its name"
    assert {row[1] for row in after[2:]} <= set(told), "what joins opens nothing new"
    assert sum(count for name, count in names if name in told) == 4
