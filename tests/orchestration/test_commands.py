"""The commands as a person types them: what they print, and the exit codes that CONTRACT.md promises."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest
from rich.cells import cell_len

from tests.orchestration.conftest import SIMULATED_AS_OF, Released, jindu


def test_run_ends_with_the_brief_of_the_latest_month(beiguan: Released) -> None:
    assert "北关区 2023-12 月度进度" in beiguan.output
    assert "模拟数据，非统计数据" in beiguan.output
    for words in (
        "年度目标",
        "与目标差",
        "位次",
        "序时差",
        "责任单位",
        "地区生产总值",
        "7.5%",
        "城镇新增就业",
        "8500人",
    ):
        assert words in beiguan.output


def test_run_says_which_files_it_refused_and_why(beiguan: Released) -> None:
    assert "安阳市2022年8月居民消费价格指数.xlsx" in beiguan.output
    assert "关于进一步做好统计月报报送工作的通知（2023年3月）.html" in beiguan.output
    reasons = sorted((beiguan.home / "quarantine").rglob("*.reason.json"))
    codes = {json.loads(path.read_text(encoding="utf-8"))["reason_code"] for path in reasons}
    assert codes == {"unreadable", "unknown_layout"}


def test_an_inbox_outside_the_home_is_never_emptied(beiguan: Released) -> None:
    assert len([path for path in beiguan.inbox.rglob("*") if path.is_file()]) > 700


def test_explain_names_file_sheet_and_cell(beiguan: Released) -> None:
    """Follow the figure back to the workbook and read it there."""
    shown = jindu("explain", "410503", "fixed_investment", "2023-06", "--home", beiguan.home)
    assert shown.returncode == 0
    asked = jindu("explain", "北关区", "固定资产投资", "2023-06", "--home", beiguan.home, "--json")
    (figure,) = json.loads(asked.stdout)["figures"]
    for part in ("source_file", "source_sheet", "source_cell", "sha256"):
        assert figure[part] in shown.stdout.replace("\n", "")
    archived = beiguan.home / "archive" / figure["sha256"][:2] / figure["sha256"]
    from ingest.grids import read_grids

    (sheet,) = [grid for grid in read_grids(archived).grids if grid.name == figure["source_sheet"]]
    (cell,) = [cell for cell in sheet.cells() if cell.address == figure["source_cell"]]
    assert cell.text == figure["value_printed"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("410503", "fixed_investment", "2020-06"), "2023-12"),
        (("410503", "fixed_investmen", "2023-06"), "fixed_investment"),
        (("北官区", "gdp", "2023-06"), "北关区"),
        (("410503", "gdp", "sometime"), "2023-06"),
    ],
)
def test_explain_of_no_such_figure_exits_4_with_a_hint(beiguan: Released, words: tuple[str, ...], hint: str) -> None:
    asked = jindu("explain", *words, "--home", beiguan.home)
    assert asked.returncode == 4
    assert hint in asked.stderr
    assert "Traceback" not in asked.stderr


def test_status_tells_what_is_late_held_and_refused(beiguan: Released) -> None:
    shown = jindu("status", "--home", beiguan.home)
    assert shown.returncode == 0
    document = json.loads(jindu("status", "--home", beiguan.home, "--json").stdout)
    assert len(document["quarantined"]) == 2
    missing = [row for row in document["late"] if row["stem"] == "fgw__projects" and row["status"] == "missing"]
    assert [row["reference_month"] for row in missing] == ["2023-10"]
    assert "文件不完整或已损坏（可能在传输中被截断）。" in shown.stdout, "why, and not only which"


def test_status_lists_incidents_and_not_findings_by_rule(beiguan: Released) -> None:
    """What is asked, of whom, how much of it, by which rules, since when, until when."""
    document = json.loads(jindu("status", "--home", beiguan.home, "--json").stdout)
    told = beiguan.rows(
        "select incident_id, max(rules), max(place_count), max(question) from mart_incident "
        "where status = 'open' and severity in ('critical', 'warning') group by incident_id"
    )
    assert {
        row["incident_id"]: (row["rules"], row["place_count"], row["question"]) for row in document["incidents"]
    } == {incident: (rules, places, question) for incident, rules, places, question in told}
    assert [row["severity"] for row in document["incidents"]] == sorted(
        row["severity"] for row in document["incidents"]
    )
    (unit,) = [row for row in document["incidents"] if row["source_cell"] == "F65"]
    assert (unit["bureau_name"], unit["opened_on"] <= unit["last_seen_on"]) == ("北关区发展和改革委员会", True)
    shown = jindu("status", "--home", beiguan.home).stdout
    assert "未决事项 open incidents" in shown
    assert unit["question"].split("；")[0][:20] in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_brief_cuts_nothing_off_in_a_narrow_terminal(beiguan: Released, width: int) -> None:
    from rich.console import Console

    from orchestration.brief import render

    brief = render(beiguan.home / "releases" / "current")
    console = Console(width=width, record=True, file=io.StringIO())
    brief.show(console)
    lines = console.export_text().splitlines()
    shown = "".join(line.strip() for line in lines).replace(" ", "")
    for row in brief.rows:
        for cell in set(brief.cells(row)) - {"—"}:
            assert cell.replace(" ", "") in shown
    assert max(map(cell_len, lines)) <= width


def test_every_command_works_in_a_home_where_nothing_has_run(tmp_path: Path) -> None:
    assert jindu("status", "--home", tmp_path).returncode == 0
    assert jindu("releases", "--home", tmp_path).returncode == 0
    assert jindu("rollback", "nothing", "--home", tmp_path).returncode == 2
    assert jindu("explain", "410503", "gdp", "2023-06", "--home", tmp_path).returncode == 4


def test_a_wrong_pack_exits_2_and_names_file_line_and_what_to_do(repo: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(repo / "ingest" / "catalog" / "beiguan", pack)
    targets = pack / "targets.yaml"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("effective_bound: ge", "effective_bound: greater", 1), encoding="utf-8")
    line = next(n for n, row in enumerate(targets.read_text(encoding="utf-8").splitlines(), 1) if "greater" in row)
    for command in (("check-pack", "--pack", pack), ("run", "--pack", pack, "--home", tmp_path / "home")):
        wrong = jindu(*command)
        assert wrong.returncode == 2
        assert "targets.yaml" in wrong.stderr
        assert str(line) in wrong.stderr
        assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize("words", [("run", "--inbox", "no-such-folder"), ("run", "--as-of", "yesterday"), ("fly",)])
def test_wrong_usage_exits_2(words: tuple[str, ...], tmp_path: Path) -> None:
    wrong = jindu(*words, *(["--home", tmp_path] if words[0] == "run" else []))
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_a_home_of_another_pack_is_refused_with_what_to_do(beiguan: Released) -> None:
    wrong = jindu("run", "--pack", "shaoyang", "--home", beiguan.home)
    assert wrong.returncode == 2
    assert "--home" in wrong.stderr


def test_check_pack_counts_what_a_valid_pack_holds() -> None:
    for pack in ("beiguan", "shaoyang"):
        counts = json.loads(jindu("check-pack", "--pack", pack, "--json").stdout)
        assert counts["pack"] == pack
        assert counts["indicators"] > 100


@pytest.mark.slow
def test_a_release_held_by_the_gate_leaves_readers_on_the_last_good_one(
    beiguan: Released, tmp_path: Path, demonstration: Path
) -> None:
    """A warehouse that somebody has tampered with contradicts itself: exit 3, the reason, and no new release."""
    home = tmp_path / "home"
    shutil.copytree(beiguan.home, home, symlinks=True)
    before = (home / "releases" / "current").resolve()
    with duckdb.connect(home / "warehouse.duckdb") as connection:
        connection.execute("update raw.cell set value_number = -1 where disposition = 'published_rank'")
    (home / "inbox" / "2023-12").mkdir(parents=True)
    notice = home / "inbox" / "2023-12" / "通知.html"
    notice.write_text("<table><tr><td>关于报送的通知</td></tr></table>", encoding="utf-8")
    held = jindu("run", "--home", home, "--as-of", SIMULATED_AS_OF)
    assert held.returncode == 3, held.stdout + held.stderr
    assert "未发布" in held.stderr
    assert before.name in held.stderr
    assert (home / "releases" / "current").resolve() == before
    assert [path.name for path in (home / "releases").iterdir() if not path.name.startswith("current")] == [before.name]
    again = jindu("run", "--home", home, "--as-of", SIMULATED_AS_OF)
    assert again.returncode == 3, "a held release must not turn into 'nothing new'"


def test_releases_are_listed_and_rolled_back(beiguan: Released, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(beiguan.home / "releases", home / "releases", symlinks=True)
    (first,) = json.loads(jindu("releases", "--home", home, "--json").stdout)
    assert first["current"]
    assert first["contains_simulated"]
    other = home / "releases" / "20990101T000000-00000000"
    shutil.copytree(home / "releases" / first["release_id"], other)
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    (other / "manifest.json").chmod(0o644)
    (other / "manifest.json").write_text(json.dumps(manifest | {"release_id": other.name}), encoding="utf-8")
    assert jindu("rollback", other.name, "--home", home).returncode == 0
    assert (home / "releases" / "current").resolve() == other
    assert jindu("rollback", first["release_id"], "--home", home).returncode == 0
    assert (home / "releases" / "current").resolve().name == first["release_id"]


def test_an_inbox_that_is_one_of_the_homes_own_folders_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    run = jindu("run", "--home", tmp_path, "--inbox", tmp_path / "archive")
    assert run.returncode == 2
    assert "不能作收件箱" in run.stderr
    assert "HomeError" not in run.stderr


def test_looking_into_a_home_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    assert jindu("rollback", "x", "--home", tmp_path / "typo").returncode == 2
    assert jindu("status", "--home", tmp_path / "typo").returncode == 0
    assert not (tmp_path / "typo").exists()


def test_a_rollback_stands_until_there_is_news(beiguan: Released, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(beiguan.home, home, symlinks=True, ignore=shutil.ignore_patterns("dagster"))
    older = home / "releases" / "20240101T000000-00000000"
    shutil.copytree((home / "releases" / "current").resolve(), older)
    manifest = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"release_id": older.name, "released_at": "2024-01-01T00:00:00+08:00", "inputs": "0" * 64}
    (older / "manifest.json").chmod(0o644)
    (older / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert jindu("rollback", older.name, "--home", home).returncode == 0
    again = jindu("run", "--home", home, "--inbox", beiguan.inbox, "--as-of", SIMULATED_AS_OF)
    assert again.returncode == 0
    assert f"nothing new since release {older.name}" in again.stdout
    assert (home / "releases" / "current").resolve() == older
