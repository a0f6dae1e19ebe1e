"""The home and the clock: whose home it is, who runs in it, and what now means."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.clock import SHANGHAI, Clock, parse_moment
from ingest.home import Home, HomeBusyError, HomeError


def test_a_home_has_the_places_of_the_contract(tmp_path: Path) -> None:
    home = Home(tmp_path / "data").create()
    assert {path.name for path in home.path.iterdir()} == {"inbox", "archive", "quarantine", "releases", "dagster"}
    assert (home.warehouse.name, home.current) == ("warehouse.duckdb", home.path / "releases/current")


def test_a_home_does_not_move_with_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = Home("data")
    monkeypatch.chdir("/")
    assert home.path == tmp_path / "data"


def test_a_home_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError) as refused:
        Home(tmp_path / "file").create()
    assert "--home" in refused.value.advice


def test_a_home_of_somebody_else_is_an_error_in_words(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    (tmp_path / "run.lock").mkdir()  # stands for a lock file that may not be opened, also for root
    with pytest.raises(HomeError, match="cannot write") as caught, home.run_lock():
        pass
    assert not isinstance(caught.value, HomeBusyError)
    assert "--home" in caught.value.advice


def test_a_home_is_bound_to_its_first_pack(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    home.bind("beiguan")
    home.bind("beiguan")
    with pytest.raises(HomeError, match="beiguan") as refused:
        home.bind("shaoyang")
    assert "--home" in refused.value.advice


def test_a_second_run_hears_who_runs_and_gives_up_after_its_patience(tmp_path: Path, repo: Path) -> None:
    home = Home(tmp_path / "data").create()
    script = f"""
        import sys
        sys.path.insert(0, {str(repo)!r})
        from ingest.home import Home
        with Home({str(home.path)!r}).run_lock():
            print("locked", flush=True)
            sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        heard: list[str] = []
        with pytest.raises(HomeBusyError, match=str(other.pid)), home.run_lock(0.2, heard.append):
            pass
        assert str(other.pid) in heard[0]
        other.kill()
    with home.run_lock(wait_seconds=5):
        assert (home.path / "running.json").exists()
    assert not (home.path / "running.json").exists()


def test_as_of_a_day_is_the_end_of_that_day_in_shanghai() -> None:
    clock = Clock(date(2023, 7, 31))
    assert clock.now == datetime(2023, 7, 31, 23, 59, 59, tzinfo=SHANGHAI)
    assert clock.today == date(2023, 7, 31)


def test_a_clock_stands_still_for_its_run() -> None:
    clock = Clock()
    assert clock.now == clock.now
    assert abs(datetime.now(SHANGHAI) - clock.now) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-07-18", "2023-07-18T00:00:00+08:00"),
        (" 2023-07-18T09:30 ", "2023-07-18T09:30:00+08:00"),
        ("2023-07-18T09:30:00Z", "2023-07-18T17:30:00+08:00"),
        ("2023-07-18 09:30:00+09:00", "2023-07-18T08:30:00+08:00"),
    ],
)
def test_moments_of_side_files_are_shanghai_time(text: str, moment: str) -> None:
    assert parse_moment(text).isoformat() == moment
