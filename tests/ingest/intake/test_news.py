"""Whether a run could change anything."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.home import Home
from ingest.intake.news import has_news, mark_released
from ingest.intake.take_in import tidy
from tests.ingest.intake.line import AUGUST, FakePack, drop, files, run


def released(home: Home) -> None:
    (home.releases / "1").mkdir(exist_ok=True)
    if not home.current.is_symlink():
        home.current.symlink_to("1")
    mark_released(home)


def test_there_is_news_until_what_was_read_is_released_and_none_afterwards(home: Home) -> None:
    pack = FakePack()
    assert has_news(home, pack, None, AUGUST)
    drop(home.inbox, "a.csv")
    run(home)
    assert has_news(home, pack, None, AUGUST)
    released(home)
    assert not has_news(home, pack, None, AUGUST)


def test_unseen_bytes_another_pack_and_a_lost_warehouse_are_news(home: Home) -> None:
    drop(home.inbox, "a.csv")
    run(home)
    released(home)
    assert has_news(home, FakePack(digest="pack-2"), None, AUGUST)
    drop(home.inbox, "b.csv", b"2")
    assert has_news(home, FakePack(), None, AUGUST)
    (home.inbox / "b.csv").unlink()
    assert not has_news(home, FakePack(), None, AUGUST)
    home.warehouse.unlink()
    assert has_news(home, FakePack(), None, AUGUST)


def test_a_known_file_dropped_again_is_no_news_and_tidied_away(home: Home) -> None:
    drop(home.inbox, "a.csv")
    run(home)
    released(home)
    drop(home.inbox, "copy.csv")
    assert not has_news(home, FakePack(), None, AUGUST)
    assert tidy(home, FakePack(), AUGUST) == 1
    assert files(home.inbox) == {}
    assert not has_news(home, FakePack(), None, AUGUST)


def test_an_outside_inbox_with_refused_files_is_no_news_the_second_time(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "share"
    drop(outside, "a.csv", b"1")
    drop(outside, "b.csv", b"bad")
    drop(outside, "c.csv", b"3", received_at="never")
    drop(outside, "d.csv", b"4", received_at="2030-01-01")
    run(home, inbox=outside)
    released(home)
    assert not has_news(home, FakePack(), outside, AUGUST)
    drop(outside, "c.csv", b"3", received_at="2023-07-18")
    assert has_news(home, FakePack(), outside, AUGUST)


def test_a_file_rewritten_in_place_is_news_even_with_its_old_time_stamp(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "share"
    path = drop(outside, "a.csv", b"1")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    run(home, inbox=outside)
    released(home)
    path.write_bytes(b"2")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert has_news(home, FakePack(), outside, AUGUST)
