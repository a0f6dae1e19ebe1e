"""Inbox → archive → settled: nothing is lost."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.clock import SHANGHAI, Clock
from ingest.home import Home, HomeError
from ingest.intake import storing
from ingest.intake.archive import Archive
from ingest.intake.take_in import settle, take_in
from ingest.read import read_all
from tests.ingest.intake.line import AUGUST, FakePack, archived, drop, files, reader, reason, run, submissions


def test_a_file_goes_from_the_inbox_into_the_archive_with_its_record(home: Home) -> None:
    drop(
        home.inbox,
        "统计局/六月/月报.csv",
        b"42",
        received_at="2023-07-18T09:30",
        published_at="2023-07-17",
        sender="张",
    )
    intake, _ = run(home)
    digest = sha256(b"42").hexdigest()
    assert files(home.inbox) == {}
    assert (home.archive / digest[:2] / digest).read_bytes() == b"42"
    record = json.loads((home.archive / digest[:2] / f"{digest}.json").read_text(encoding="utf-8"))
    assert record == {
        "sha256": digest, "file_name": "月报.csv", "source_path": "统计局/六月/月报.csv", "byte_size": 2,
        "received_at": "2023-07-18T09:30:00+08:00", "published_at": "2023-07-17T00:00:00+08:00", "sender": "张",
        "taken_at": "2023-08-31T23:59:59+08:00", "pack": "beiguan", "from": "inbox",
    }  # fmt: skip
    assert intake.new[0].submission_id == digest[:16]


def test_archived_bytes_are_read_only(home: Home) -> None:
    drop(home.inbox, "a.csv")
    run(home)
    assert all(path.stat().st_mode & 0o222 == 0 for path in home.archive.rglob("*") if path.is_file())


def test_the_same_bytes_twice_are_recognised_and_change_nothing(home: Home) -> None:
    drop(home.inbox, "a.csv", b"1")
    run(home)
    before = submissions(home), files(home.archive)
    drop(home.inbox, "again.csv", b"1", received_at="2023-01-01")
    intake, _ = run(home)
    assert (intake.new, intake.known) == ([], 1)
    assert (submissions(home), files(home.archive)) == before
    assert files(home.inbox) == {}


def test_a_corrected_file_is_a_second_submission(home: Home) -> None:
    drop(home.inbox, "月报.csv", b"1", received_at="2023-07-18")
    run(home)
    drop(home.inbox, "月报.csv", b"2", received_at="2023-07-20")
    run(home)
    assert submissions(home) == [("月报.csv", 1, "read"), ("月报.csv", 2, "read")]


def test_submissions_are_in_order_of_arrival_then_path(home: Home) -> None:
    drop(home.inbox, "c.csv", b"3", received_at="2023-07-01")
    drop(home.inbox, "b.csv", b"2", received_at="2023-07-02T08:00")
    drop(home.inbox, "a.csv", b"1", received_at="2023-07-02T00:00:00Z")
    drop(home.inbox, "0.csv", b"0")
    run(home)
    assert [row[0] for row in submissions(home)] == ["c.csv", "a.csv", "b.csv", "0.csv"]


def test_a_file_received_after_the_runs_clock_waits(home: Home) -> None:
    drop(home.inbox, "later.csv", b"1", received_at="2023-09-02")
    intake, _ = run(home)
    assert (intake.new, intake.waiting) == ([], ["later.csv"])
    assert "later.csv" in files(home.inbox)
    later, _ = run(home, clock=Clock(date(2023, 9, 2)))
    assert [received.received_at for received in later.new] == [datetime(2023, 9, 2, tzinfo=SHANGHAI)]


@pytest.mark.parametrize(
    "side",
    ["{", "[]", '{"received_at": "18.7.2023"}', '{"published_at": 20230717}', "\xff", '{"received_at": "2023-13-01"}']
)  # fmt: skip
def test_a_side_file_that_is_wrong_sends_both_to_quarantine_and_a_second_try_is_taken(home: Home, side: str) -> None:
    path = drop(home.inbox, "a.csv", b"1", received_at="x")
    path.with_name("a.csv.meta.json").write_bytes(side.encode("latin-1"))
    run(home)
    assert files(home.inbox) == {}
    assert reason(home, "a.csv")["reason_code"] == "invalid_side_file"
    assert reason(home, "a.csv")["advice"]
    assert {"a.csv", "a.csv.meta.json"} <= set(files(home.quarantine))
    drop(home.inbox, "a.csv", b"1", received_at="2023-07-18")
    assert len(run(home)[0].new) == 1


def test_a_refused_file_is_in_quarantine_beside_a_reason_that_says_all(home: Home) -> None:
    drop(home.inbox, "局/月报.csv", b"bad", received_at="2023-07-18")
    run(home)
    assert (home.quarantine / "局/月报.csv").read_bytes() == b"bad"
    said = reason(home, "局/月报.csv")
    wanted = {"file", "sheet", "cell", "found", "expected", "advice", "found_en", "expected_en", "advice_en", "reason",
              "reason_en", "reason_code", "sha256", "received_at", "member"}  # fmt: skip
    assert set(said) == wanted
    assert (said["sheet"], said["received_at"]) == ("表1", "2023-07-18T00:00:00+08:00")


def test_a_reader_that_crashes_costs_one_file(home: Home) -> None:
    drop(home.inbox, "a.csv", b"crash")
    drop(home.inbox, "b.csv", b"1")
    run(home)
    assert sorted(row[2] for row in submissions(home)) == ["quarantined", "read"]
    assert "boom" in reason(home, "a.csv")["found"]


def test_two_refused_files_of_one_name_both_stay(home: Home) -> None:
    for content in (b"bad1", b"bad2"):
        drop(home.inbox, "月报.csv", content)
        run(home)
    kept = {name: content for name, content in files(home.quarantine).items() if not name.endswith(".json")}
    assert kept == {"月报.csv": b"bad1", f"{sha256(b'bad2').hexdigest()[:8]}_月报.csv": b"bad2"}


def test_a_refused_file_sent_again_is_refused_again_without_a_second_submission(home: Home) -> None:
    drop(home.inbox, "a.csv", b"bad")
    run(home)
    before = files(home.quarantine)
    drop(home.inbox, "a.csv", b"bad")
    intake, _ = run(home)
    assert (intake.new, files(home.inbox), files(home.quarantine)) == ([], {}, before)
    drop(home.inbox, "other.csv", b"bad")
    run(home)
    assert reason(home, "other.csv")["found"] == "甲"


def test_a_refused_file_is_read_again_when_the_pack_has_learnt_it(home: Home) -> None:
    drop(home.inbox, "a.csv", b"bad")
    run(home)
    intake, _ = run(home, FakePack(digest="pack-2"))
    assert [received.submission_order for received in intake.new] == [1]
    assert submissions(home) == [("a.csv", 1, "read")]
    assert files(home.quarantine) == {}


def test_every_file_is_read_again_when_the_pack_has_changed(home: Home) -> None:
    """The archive keeps the bytes, the pack says what they mean: a new pack means a new reading, in the old order."""
    drop(home.inbox, "a.csv", b"1")
    drop(home.inbox, "b.csv", b"2")
    run(home)
    intake, _ = run(home, FakePack(digest="pack-2"))
    assert [received.submission_order for received in intake.new] == [1, 2]
    again, _ = run(home, FakePack(digest="pack-2"))
    assert again.new == []


def test_a_period_in_the_future_is_tried_again_when_its_month_has_come(home: Home) -> None:
    drop(home.inbox, "a.csv", b"future")
    run(home)
    assert submissions(home)[0][2] == "quarantined"
    run(home, clock=Clock(date(2023, 9, 1)))
    assert submissions(home)[0][2] == "read"


def test_empty_files_reach_the_reader_like_any_other(home: Home) -> None:
    drop(home.inbox, "empty.csv", b"")
    intake, _ = run(home)
    assert [received.byte_size for received in intake.new] == [0]


def test_an_inbox_outside_the_home_is_read_and_never_changed(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "share"
    drop(outside, "a.csv", b"1", received_at="2023-07-18")
    drop(outside, "b.csv", b"bad")
    drop(outside, "c.csv", b"2", received_at="nonsense")
    (outside / "link.csv").symlink_to(tmp_path)
    before = files(outside), sorted(p.name for p in outside.iterdir())
    for _ in range(2):
        run(home, inbox=outside)
        assert (files(outside), sorted(p.name for p in outside.iterdir())) == before
    assert {"b.csv", "c.csv", "link.csv.reason.json"} <= set(files(home.quarantine))


def test_a_whole_tree_with_the_home_inside_can_be_the_inbox(home: Home) -> None:
    drop(home.path.parent, "a.csv", b"1")
    run(home, inbox=home.path.parent)
    intake, _ = run(home, inbox=home.path.parent)
    assert (intake.new, intake.known) == ([], 1)


def test_an_inbox_that_is_not_there_is_an_error(home: Home, tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        take_in(home, FakePack(), tmp_path / "nowhere", AUGUST)


def test_a_home_belongs_to_one_pack(home: Home) -> None:
    run(home)
    with pytest.raises(HomeError, match="beiguan"):
        run(home, FakePack(name="shaoyang"))


def test_documents_of_the_pack_are_taken_in_and_stay_where_they_are(home: Home, tmp_path: Path) -> None:
    document = drop(tmp_path / "pack/documents", "plan/计划.csv", b"9", published_at="2023-02-20")
    pack = FakePack(documents=[document])
    for count in (1, 0):
        intake, _ = run(home, pack)
        assert len(intake.new) == count
    assert document.exists()
    record = Archive(home.archive).get(sha256(b"9").hexdigest())
    assert (record.origin, record.source_path) == ("document", "documents/plan/计划.csv")


def test_a_file_that_changes_while_it_is_taken_waits_for_the_next_run(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(home.inbox, "a.csv", b"half")
    hash_file = storing.hash_file

    def then_grow(wanted: Path) -> tuple[str, int]:
        answer = hash_file(wanted)
        path.write_bytes(b"half and the rest")
        return answer

    monkeypatch.setattr(storing, "hash_file", then_grow)
    intake, _ = run(home)
    assert (intake.new, intake.waiting, archived(home)) == ([], ["a.csv"], set())
    monkeypatch.setattr(storing, "hash_file", hash_file)
    assert run(home)[0].new[0].byte_size == len(b"half and the rest")


def test_a_file_overwritten_before_it_is_removed_is_kept_for_the_next_run(home: Home) -> None:
    path = drop(home.inbox, "a.csv", b"old")
    intake = take_in(home, FakePack(), None, AUGUST)
    path.write_bytes(b"newer")
    settle(home, intake, read_all(intake.new, FakePack(), AUGUST, reader=reader, workers=0))
    assert files(home.inbox) == {"a.csv": b"newer"}
