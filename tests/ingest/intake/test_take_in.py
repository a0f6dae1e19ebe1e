"""Inbox → archive → settled: nothing is lost, whatever the files are called and wherever a run dies."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import warehouse
from ingest.clock import SHANGHAI, Clock
from ingest.home import Home, HomeError
from ingest.intake import quarantine, storing
from ingest.intake import settle as settle_module
from ingest.intake import take_in as intake_module
from ingest.intake.archive import Archive
from ingest.intake.news import has_news, mark_released
from ingest.intake.take_in import Intake, settle, take_in, tidy
from ingest.interpret.result import CellReading, FileReading, Refusal, TableReading
from ingest.read import Batch, read_all

AUGUST = Clock(date(2023, 8, 31))
HOSTILE = [
    "北关区 2023年1-6月 月报（最终）.xlsx",
    "--help.csv",
    "two\nlines.csv",
    "a" * 250 + ".csv",
    "长" * 80 + ".xlsx",
    "quote'\"$(rm -rf x).csv",
    "空 格/子 目录/月报.csv",
    "noending",
]


@dataclass
class FakePack:
    """What intake asks of a pack."""

    name: str = "beiguan"
    digest: str = "pack-1"
    documents: list[Path] = field(default_factory=list)

    @property
    def info(self) -> SimpleNamespace:
        return SimpleNamespace(name=self.name)


def reader(path: Path, file_name: str, pack: Any, today: date) -> FileReading:
    """Bytes that begin with ``bad`` are refused, ``crash`` kills the reader, all others are one observation."""
    content = path.read_bytes()
    if content.startswith(b"crash"):
        raise RuntimeError("boom")
    if content.startswith(b"bad") and pack.digest == "pack-1":
        return FileReading(
            refusal=Refusal("unknown_layout", "不认识", "unknown", found="甲", advice="请核对", sheet="表1")
        )
    if content.startswith(b"future") and today < date(2023, 9, 1):
        return FileReading(refusal=Refusal("period_in_future", "未来", "future", advice="请核对"))
    cell = CellReading(1, "表1", "B4", "observation", value_printed=content.decode("latin-1"), value_number=1.0)
    return FileReading(stem="tjj__yuebao", tables=[TableReading(1, "gdp", "表1", None, None, 1)], cells=[cell])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data").create()


def drop(folder: Path, name: str, content: bytes = b"1", **side: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if side:
        path.with_name(path.name + ".meta.json").write_text(json.dumps(side), encoding="utf-8")
    return path


def run(home: Home, pack: Any = None, inbox: Path | None = None, clock: Clock = AUGUST) -> tuple[Intake, Batch]:
    """One run as orchestration does it, without the marts."""
    pack = pack or FakePack()
    intake = take_in(home, pack, inbox, clock)
    batch = read_all(intake.new, pack, clock, reader=reader, workers=0)
    with warehouse.connect(home.warehouse) as con:
        warehouse.ensure_schema(con)
        warehouse.load_batch(con, batch)
    settle(home, intake, batch)
    return intake, batch


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def archived(home: Home) -> set[str]:
    return {path.name for path in home.archive.rglob("*") if path.is_file() and "." not in path.name}


def submissions(home: Home) -> list[tuple[Any, ...]]:
    with warehouse.connect(home.warehouse) as con:
        return con.execute("select source_path, submission_order, outcome from raw.submission order by 2").fetchall()


def reason(home: Home, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((home.quarantine / f"{name}.reason.json").read_text(encoding="utf-8"))
    return content


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


def test_names_of_any_kind_arrive_unharmed(home: Home) -> None:
    for number, name in enumerate(HOSTILE):
        drop(home.inbox, name, str(number).encode())
    intake, _ = run(home)
    assert sorted(received.source_path for received in intake.new) == sorted(HOSTILE)
    assert files(home.inbox) == {}
    assert len(submissions(home)) == len(HOSTILE)


def test_refused_names_of_any_kind_stand_in_quarantine_with_their_reason(home: Home) -> None:
    for number, name in enumerate(HOSTILE):
        drop(home.inbox, name, b"bad" + str(number).encode())
    run(home)
    reasons = [json.loads(p.read_text(encoding="utf-8")) for p in home.quarantine.rglob("*.reason.json")]
    assert sorted(r["file"] for r in reasons) == sorted(HOSTILE)
    kept = {content for name, content in files(home.quarantine).items() if not name.endswith(".reason.json")}
    assert kept == {b"bad" + str(number).encode() for number in range(len(HOSTILE))}


def test_a_name_that_is_gb18030_is_read_as_such(home: Home) -> None:
    with open(os.fsencode(home.inbox) + b"/" + "月报.csv".encode("gb18030"), "wb") as out:  # noqa: PTH123
        out.write(b"1")
    intake, _ = run(home)
    assert [received.file_name for received in intake.new] == ["月报.csv"]


def test_side_files_lock_files_hidden_files_and_unfinished_uploads_are_passed_over(home: Home) -> None:
    names = ["~$月报.xlsx", ".DS_Store", "x.part", "y.crdownload", "z.TMP", "orphan.csv.meta.json", ".hidden/a.csv"]
    for name in names:
        drop(home.inbox, name)
    intake, _ = run(home)
    assert intake.new == []
    assert sorted(files(home.inbox)) == sorted(names)


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


def test_a_link_that_leads_outside_is_refused_and_its_target_untouched(home: Home, tmp_path: Path) -> None:
    secret = drop(tmp_path, "elsewhere/secret.csv")
    (home.inbox / "link.csv").symlink_to(secret)
    (home.inbox / "folder").symlink_to(secret.parent)
    (home.inbox / "dangling.csv").symlink_to(tmp_path / "nothing")
    intake, _ = run(home)
    assert intake.new == []
    assert list(home.inbox.iterdir()) == []
    assert secret.read_bytes() == b"1"
    assert reason(home, "link.csv")["reason_code"] == "outside_link"


def test_a_pipe_in_the_inbox_does_not_stop_the_line(home: Home) -> None:
    os.mkfifo(home.inbox / "pipe")
    drop(home.inbox, "a.csv")
    intake, _ = run(home)
    assert len(intake.new) == 1
    assert reason(home, "pipe")["reason_code"] == "unreadable"


def test_a_file_that_may_not_be_opened_is_moved_to_quarantine(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(home.inbox, "a.csv")
    hash_file = storing.hash_file

    def denied(path: Path) -> tuple[str, int]:
        if path.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return hash_file(path)

    monkeypatch.setattr(storing, "hash_file", denied)
    run(home)
    assert files(home.inbox) == {}
    assert (home.quarantine / "a.csv").read_bytes() == b"1"
    assert "Permission denied" in reason(home, "a.csv")["found_en"]


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


# --- dying at any point


STEPS: list[tuple[Any, str]] = [
    (Archive, "store"), (storing, "is_container"), (Archive, "sync"), (warehouse, "load_batch"),
    (intake_module, "settle"), (quarantine, "put"), (settle_module, "_remove"), (settle_module, "remember"),
    (quarantine, "clear"),
]  # fmt: skip


def zipped(**members: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


ZIPPED = zipped(**{"局/d.csv": b"5", "twin.csv": b"1", "e.csv": b"bad too", "inner.zip": zipped(**{"f.csv": b"6"})})


class Killed(BaseException):
    """Stands for the end of the process."""


def dying(step: Callable[..., Any], after: bool, at: int) -> Callable[..., Any]:
    """The step, ending the process before or after its ``at``-th call."""
    calls = 0

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at and not after:
            raise Killed
        answer = step(*args, **kwargs)
        if calls == at:
            raise Killed
        return answer

    return stand_in


def world(home: Home) -> None:
    drop(home.inbox, "a.csv", b"1", received_at="2023-07-18")
    drop(home.inbox, "b.csv", b"bad", received_at="2023-07-17")
    drop(home.inbox, "deep/c.csv", b"3")
    drop(home.inbox, "twin.csv", b"3")
    drop(home.inbox, "side.csv", b"4", received_at="never")
    drop(home.inbox, "year.zip", ZIPPED, received_at="2023-07-19")


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_run_that_dies_anywhere_and_is_run_again_ends_like_an_undisturbed_one(
    tmp_path: Path, step: tuple[Any, str], after: bool, at: int
) -> None:
    ends = []
    for name in ("undisturbed", "killed"):
        home = Home(tmp_path / name).create()
        world(home)
        if name == "killed":
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(step[0], step[1], dying(getattr(step[0], step[1]), after, at))
                if step[1] == "settle":
                    patch.setitem(globals(), "settle", intake_module.settle)
                try:
                    run(home)
                except Killed:
                    assert has_news(home, FakePack(), None, AUGUST), (
                        "an interrupted run must not pass for a finished one"
                    )
        run(home)
        ends.append((files(home.inbox), files(home.archive), files(home.quarantine), submissions(home)))
    for undisturbed, killed in zip(*ends, strict=True):
        assert killed == undisturbed


def test_a_process_killed_between_archive_and_load_loses_nothing_and_frees_the_lock(home: Home, repo: Path) -> None:
    world(home)
    script = f"""
        import os, signal, sys
        sys.path[:0] = [{str(repo)!r}, {str(Path(__file__).parent)!r}]
        from datetime import date
        from types import SimpleNamespace
        from ingest.clock import Clock
        from ingest.home import Home
        from ingest.intake.take_in import take_in
        pack = SimpleNamespace(info=SimpleNamespace(name="beiguan"), digest="pack-1", documents=[])
        with Home({str(home.path)!r}).run_lock():
            take_in(Home({str(home.path)!r}), pack, None, Clock(date(2023, 8, 31)))
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert ended.returncode == -signal.SIGKILL
    (home.inbox / "a.csv").unlink()  # even when the inbox is emptied by someone else
    with home.run_lock(wait_seconds=0):
        intake, _ = run(home)
    assert [received.source_path for received in intake.new] == [
        "b.csv", "a.csv", "year.zip", "year.zip!/e.csv", "year.zip!/inner.zip!/f.csv",
        "year.zip!/局/d.csv", "deep/c.csv",
    ]  # fmt: skip


def copies(content: list[bytes]) -> set[str]:
    return {sha256(piece).hexdigest() for piece in content}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    contents=st.lists(st.binary(max_size=8), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
    step=st.sampled_from(STEPS),
    at=st.integers(1, 4),
    after=st.booleans(),
)
def test_any_files_in_any_order_with_any_interruption_give_the_same_archive(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], order: Any, step: Any, at: int, after: bool
) -> None:
    home = Home(tmp_path_factory.mktemp("home")).create()
    shuffled = list(enumerate(contents))
    order.shuffle(shuffled)
    cut = len(shuffled) // 2
    for part in (shuffled[:cut], shuffled[cut:]):
        for number, content in part:
            drop(home.inbox, f"{number}.csv", content)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(step[0], step[1], dying(getattr(step[0], step[1]), after, at))
            with contextlib.suppress(Killed):
                run(home)
    run(home)
    assert archived(home) == copies(contents)
    assert files(home.inbox) == {}
    assert len(submissions(home)) == len(copies(contents))


# --- is there news


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


# --- what else people and programs leave in an inbox


def test_a_folder_called_like_a_file_is_a_folder(home: Home) -> None:
    drop(home.inbox, "月报.xlsx/里面.csv", b"1")
    (home.inbox / "空.xlsx").mkdir()
    run(home)
    assert [path for path, _, _ in submissions(home)] == ["月报.xlsx/里面.csv"]


def test_a_link_to_itself_and_a_link_up_do_not_go_round_for_ever(home: Home) -> None:
    (home.inbox / "self.csv").symlink_to(home.inbox / "self.csv")
    (home.inbox / "up").symlink_to(home.inbox)
    drop(home.inbox, "a.csv", b"1")
    intake, _ = run(home)
    assert [received.source_path for received in intake.new] == ["a.csv"]
    assert reason(home, "self.csv")["reason_code"] == "outside_link"


def test_a_name_in_no_encoding_at_all_is_taken_with_its_odd_bytes_written_out(home: Home) -> None:
    with open(os.fsencode(home.inbox) + b"/\xff\xfe\x81.csv", "wb") as out:  # noqa: PTH123
        out.write(b"bad 7")
    intake, _ = run(home)
    assert [received.file_name for received in intake.new] == ["\\xff\\xfe\\x81.csv"]
    assert b"bad 7" in files(home.quarantine).values()


@pytest.mark.skipif(not hasattr(os, "mknod"), reason="this system has no device files")
def test_a_device_in_the_inbox_is_not_read(home: Home) -> None:
    try:
        os.mknod(home.inbox / "zero.csv", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("making a device file needs rights that this account has not")
    run(home)
    assert reason(home, "zero.csv")["reason_code"] == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_without_permissions_is_moved_to_quarantine(home: Home) -> None:
    drop(home.inbox, "a.csv").chmod(0)
    run(home)
    assert reason(home, "a.csv")["reason_code"] == "unreadable"
