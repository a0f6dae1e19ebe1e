"""What stands in an inbox besides plain files: names of any kind, links, pipes, devices, folders."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from ingest.home import Home
from ingest.intake import storing
from tests.ingest.intake.line import HOSTILE, drop, files, reason, run, submissions


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
