"""Wherever a run dies, the next one ends like an undisturbed one."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import warehouse
from ingest.home import Home
from ingest.intake import quarantine, storing
from ingest.intake import settle as settle_module
from ingest.intake import take_in as intake_module
from ingest.intake.archive import Archive
from ingest.intake.news import has_news
from tests.ingest.intake.line import AUGUST, FakePack, archived, drop, files, run, submissions

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
