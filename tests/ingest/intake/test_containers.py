"""Zip archives in the inbox: each file in one is a submission, what cannot be had is named, nothing escapes."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from ingest import limits
from ingest.clock import SHANGHAI
from ingest.home import Home
from ingest.intake.archive import Archive
from ingest.intake.containers import Member, RefusedMember, is_container, members, read_container
from ingest.intake.member_names import member_name
from tests.ingest.intake.line import FakePack, archived, drop, files, reason, run, submissions


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def named_in(encoding: str, name: str, content: bytes) -> bytes:
    """An archive as Chinese Windows packs it: the name in GBK, no flag that says so."""
    raw = name.encode(encoding)
    stand_in = "n" * len(raw)
    return packed((stand_in, content)).replace(stand_in.encode(), raw)


def spoiled(content: bytes, at: int, value: bytes) -> bytes:
    """The archive with some bytes overwritten in each of its directory's entries."""
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content = content[: start + at] + value + content[start + at + len(value) :]
        start += 46
    return content


def walk(content: bytes, tmp_path: Path) -> list[Member | RefusedMember]:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    return list(members(path))


def refusals(content: bytes, tmp_path: Path) -> dict[str, str]:
    return {one.name: one.reason.reason_code for one in walk(content, tmp_path) if isinstance(one, RefusedMember)}


# --- taken in


def test_each_file_in_an_archive_is_a_submission_with_its_lineage(home: Home) -> None:
    content = packed(("六月/月报.csv", b"1"), ("七月.csv", b"2"))
    drop(home.inbox, "局/上半年.zip", content, received_at="2023-07-18", sender="张")
    run(home)
    assert {path for path, _, _ in submissions(home)} == {
        "局/上半年.zip", "局/上半年.zip!/六月/月报.csv", "局/上半年.zip!/七月.csv",
    }  # fmt: skip
    assert archived(home) == {sha256(piece).hexdigest() for piece in (content, b"1", b"2")}
    record = Archive(home.archive).get(sha256(b"1").hexdigest())
    assert (record.file_name, record.sender) == ("月报.csv", "张")
    assert record.received_at == datetime(2023, 7, 18, tzinfo=SHANGHAI)
    assert files(home.inbox) == files(home.quarantine) == {}


def test_side_files_work_within_an_archive_and_a_member_is_never_later_than_its_archive(home: Home) -> None:
    side = json.dumps({"received_at": "2023-07-01", "published_at": "2023-06-30", "sender": "李"}).encode()
    late = json.dumps({"received_at": "2029-07-01"}).encode()
    content = packed(("a.csv.meta.json", side), ("a.csv", b"1"), ("b.csv", b"2"), ("b.csv.meta.json", late))
    drop(home.inbox, "a.zip", content, received_at="2023-07-18")
    run(home)
    first, second = (Archive(home.archive).get(sha256(piece).hexdigest()) for piece in (b"1", b"2"))
    assert (first.received_at.day, first.sender, str(first.published_at)[:10]) == (1, "李", "2023-06-30")
    assert second.received_at == datetime(2023, 7, 18, tzinfo=SHANGHAI)


def test_archives_in_archives_are_opened_to_the_stated_depth(home: Home) -> None:
    content, names = packed(("x.csv", b"1")), []
    for level in range(limits.NESTING):
        content = packed((f"{level}.zip", content), (f"{level}.csv", str(level).encode() * 3))
        names.append(f"{level}.csv")
    drop(home.inbox, "top.zip", content)
    run(home)
    paths = {path.rsplit("!/", 1)[-1] for path, _, _ in submissions(home)}
    assert paths == {"top.zip", *names}
    told = reason(home, "top.zip")
    assert (told["reason_code"], told["member"]) == ("too_large", "2.zip!/1.zip!/0.zip")


def test_the_same_bytes_inside_and_outside_are_one_submission(home: Home) -> None:
    drop(home.inbox, "a.csv", b"1", received_at="2023-07-18")
    run(home)
    drop(home.inbox, "b.zip", packed(("a.csv", b"1"), ("copy.csv", b"1")))
    intake, _ = run(home)
    assert [received.source_path for received in intake.new] == ["b.zip"]
    assert [path for path, _, _ in submissions(home)] == ["a.csv", "b.zip"]


def test_a_document_that_happens_to_be_zipped_is_no_archive(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write("A1", 1)
    (tmp_path / "b.zip").write_bytes(packed(("a.xlsx", (tmp_path / "a.xlsx").read_bytes())))
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 but no zip at all")
    assert [is_container(tmp_path / name) for name in ("a.xlsx", "b.zip", "c.zip")] == [False, True, False]


def test_what_systems_add_to_an_archive_is_passed_over(tmp_path: Path) -> None:
    junk = ("__MACOSX/._a.csv", ".DS_Store", "~$a.xlsx", "Thumbs.db", "folder/", "a.csv.part")
    found = walk(packed(*((name, b"x") for name in junk), ("a.csv", b"1")), tmp_path)
    assert [one.name for one in found] == ["a.csv"]


# --- refused


def test_a_refused_member_stands_in_quarantine_under_its_archives_name(home: Home) -> None:
    drop(home.inbox, "a.zip", packed(("六月/b.csv", b"bad"), ("c.csv", b"1")))
    for _ in range(2):
        run(home)
        assert (home.quarantine / "a.zip!/六月/b.csv").read_bytes() == b"bad"
        assert reason(home, "a.zip!/六月/b.csv")["file"] == "a.zip!/六月/b.csv"
        for path in (home.quarantine / "a.zip!").rglob("*.csv*"):
            path.unlink()  # the clerk has answered, and sends the same again
        drop(home.inbox, "a.zip", packed(("六月/b.csv", b"bad"), ("c.csv", b"1")))
    run(home, FakePack(digest="pack-2"))
    assert {outcome for _, _, outcome in submissions(home)} == {"read"}
    assert not list(home.quarantine.rglob("*.json"))


def test_an_archive_of_which_a_part_is_refused_is_in_quarantine_and_names_the_part(home: Home) -> None:
    content = bytearray(packed(("good.csv", b"1"), ("局/broken.csv", b"12345678"), method=zipfile.ZIP_STORED))
    content[content.index(b"12345678")] ^= 1
    drop(home.inbox, "a.zip", bytes(content))
    for _ in range(2):
        run(home)
        told = reason(home, "a.zip")
        assert (told["reason_code"], told["member"]) == ("unreadable", "局/broken.csv")
        assert "局/broken.csv" in told["found"]
        assert "1 个文件没有收下，其余 1 个已照常处理" in told["reason"]
        drop(home.inbox, "a.zip", bytes(content))
    assert ("a.zip!/good.csv", 2, "read") in submissions(home)
    assert (home.quarantine / "a.zip").read_bytes() == bytes(content)


def test_every_refused_member_is_a_finding(tmp_path: Path) -> None:
    encrypted = spoiled(packed(*((f"{number}.csv", b"1") for number in range(30))), 8, b"\x01\x00")
    (tmp_path / "a.zip").write_bytes(encrypted)
    reading = read_container(tmp_path / "a.zip")
    assert reading.refusal is not None
    assert [finding.source_sheet for finding in reading.findings] == [f"{number}.csv" for number in range(30)]
    assert all(finding.advice and finding.advice_en for finding in reading.findings)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (spoiled(packed(("a.csv", b"1")), 8, b"\x01\x00"), "encrypted"),
        (packed(("a.csv", b"1" * 99), method=zipfile.ZIP_LZMA), "unreadable"),
        (packed(("a.csv", b"1" * 99), method=zipfile.ZIP_BZIP2), "unreadable"),
        (spoiled(packed(("a.csv", b"1")), 10, struct.pack("<H", 9)), "unreadable"),
        (spoiled(packed(("a.csv", b"1")), 16, b"\0\0\0\0"), "unreadable"),
        (spoiled(packed(("a.csv", b"/etc/passwd")), 38, struct.pack("<I", 0o120777 << 16)), "outside_link"),
        (spoiled(packed(("a.csv", b"1")), 24, struct.pack("<I", 1 << 31)), "too_large"),
        (packed(("a.csv", bytes(9 << 20))), "too_large"),
        (packed(("a.csv.meta.json", b"{"), ("a.csv", b"1")), "invalid_side_file"),
    ],
    ids=["encrypted", "lzma", "bzip2", "deflate64", "wrong CRC", "link", "lie about size", "bomb", "side file"],
)
def test_a_member_that_cannot_be_had_is_refused_and_the_others_go_on(tmp_path: Path, content: bytes, code: str) -> None:
    inner = packed(("bad.zip", content), ("good.csv", b"fine"))
    assert refusals(content, tmp_path) == {"a.csv": code}
    assert refusals(inner, tmp_path) == {"bad.zip!/a.csv": code}
    assert [one.name for one in walk(inner, tmp_path) if isinstance(one, Member)] == ["good.csv"]


def test_a_bomb_of_bombs_is_not_unpacked(tmp_path: Path) -> None:
    """42.zip in small: each level multiplies what the one below it holds."""
    content = packed(("0.csv", bytes(2 << 20)))
    for level in range(limits.NESTING - 1):
        content = packed(*((f"{level}-{number}.zip", content) for number in range(40)))
    told = refusals(content, tmp_path)
    assert set(told.values()) == {"too_large"}


def test_more_members_than_the_limit_are_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 3)
    content = packed(*((f"{number}.csv", b"1") for number in range(5)))
    assert refusals(content, tmp_path) == {"3.csv": "too_large"}


def test_a_directory_far_too_long_is_not_even_parsed(tmp_path: Path) -> None:
    content = bytearray(packed(("a.csv", b"1")))
    content[-10:-6] = struct.pack("<I", 200 << 20)
    (tmp_path / "a.zip").write_bytes(content)
    assert not is_container(tmp_path / "a.zip")


def test_an_empty_archive_is_refused_as_empty(home: Home) -> None:
    drop(home.inbox, "a.zip", packed())
    (home.inbox / "b.zip").write_bytes(packed(("folder/", b"")))
    run(home)
    assert [reason(home, name)["reason_code"] for name in ("a.zip", "b.zip")] == ["empty", "empty"]


# --- names


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_chinese_name_without_the_flag_is_decoded(tmp_path: Path, encoding: str) -> None:
    found = walk(named_in(encoding, "统计局\\六月月报（最终）.csv", b"1"), tmp_path)
    assert [one.name for one in found] == ["统计局/六月月报（最终）.csv"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/cron.d/x.csv", "__/__/etc/cron.d/x.csv"),
        ("/etc/passwd.csv", "etc/passwd.csv"),
        ("C:\\Windows\\x.csv", "C_/Windows/x.csv"),
        ("\\\\server\\share\\x.csv", "server/share/x.csv"),
        ("a\r\nb\x1b[31m.csv", "a__b_[31m.csv"),
        ("\u202exslx.exe.csv", "_xslx.exe.csv"),
        ("con.csv", "_con.csv"),
        ("LPT1", "_LPT1"),
        ("a/./b//c.csv", "a/b/c.csv"),
        ("..", "__"),
        ("/", "_"),
        ("x. .", "x"),
    ],
)
def test_a_name_is_never_a_way_out(name: str, safe: str) -> None:
    info = zipfile.ZipInfo("x")
    info.orig_filename, info.flag_bits = name, 0x800
    assert member_name(info) == safe


def test_a_name_far_too_long_is_cut_and_keeps_its_ending() -> None:
    info = zipfile.ZipInfo("x")
    info.orig_filename, info.flag_bits = "长/" * 2000 + "月" * 300 + ".xlsx", 0x800
    name = member_name(info)
    assert name.endswith("月.xlsx")
    assert len(name.encode()) <= limits.NAME_BYTES


def test_hostile_names_in_an_archive_leave_the_rest_of_the_disk_alone(home: Home, tmp_path: Path) -> None:
    names = ["../../../out.csv", str(tmp_path / "abs.csv"), "C:\\x.csv", "con.csv", "a\0b.csv", "长" * 300 + ".csv"]
    drop(home.inbox, "a.zip", packed(*((name, f"bad {name}".encode()) for name in names)))
    outside = set(tmp_path.iterdir())
    run(home)
    assert set(tmp_path.iterdir()) == outside
    kept = [path for path in quarantined(home) if path.read_bytes().startswith(b"bad")]
    assert len(kept) == len(names)
    assert len(submissions(home)) == len(names) + 1


def quarantined(home: Home) -> Iterator[Path]:
    return (path for path in home.quarantine.rglob("*") if path.is_file() and path.suffix != ".json")


def test_a_name_that_breaks_its_own_encoding_refuses_the_archive_in_words(tmp_path: Path) -> None:
    content = packed(("月报.csv", b"1")).replace("月报".encode(), b"\xff\xfe\xff\xfe\xff\xfe")
    (tmp_path / "a.zip").write_bytes(content)
    assert not is_container(tmp_path / "a.zip")
