"""Worker processes that read files, one file at a time each, and may die without harm.

Belongs here: starting them, handing out files, and noticing a worker that crashed or hangs. Does not belong here:
what reading means. ``concurrent.futures`` is not used because one killed worker breaks its whole pool, and
``multiprocessing`` would import the program's main module (Dagster and all) again in every worker.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ingest.archive import Received
from ingest.quarantine import Reason

if TYPE_CHECKING:
    from ingest.interpret import FileReading
    from ingest.pack import Pack

START_SECONDS = 60.0


def read_side_by_side(
    received: Sequence[Received],
    pack: Pack,
    today: date,
    reader: Callable[..., FileReading],
    workers: int,
    file_seconds: float,
) -> list[FileReading | Reason]:
    """Read all files with several workers; the answers stand in the order of the files."""
    tasks: queue.SimpleQueue[int] = queue.SimpleQueue()
    # the big ones first, so that no worker is left alone with one at the end
    for position in sorted(range(len(received)), key=lambda position: -received[position].byte_size):
        tasks.put(position)
    answers: list[FileReading | Reason | None] = [None] * len(received)
    task = pickle.dumps((reader, pack, today), protocol=pickle.HIGHEST_PROTOCOL)

    def work() -> None:
        worker = Worker(task)
        try:
            while True:
                try:
                    position = tasks.get_nowait()
                except queue.Empty:
                    return
                answers[position] = worker.read(received[position], file_seconds)
        finally:
            worker.stop()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer if answer is not None else _failure("the worker was not started") for answer in answers]


class Worker:
    """One worker process, started again when it has died."""

    def __init__(self, task: bytes) -> None:
        """Remember what every fresh process has to be told first."""
        self._task = task
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, received: Received, seconds: float) -> FileReading | Reason:
        """One file's reading, or why there is none; the process is given up after ``seconds``."""
        is_late = threading.Event()
        process = self._process or self._start()
        if self._process is None:
            self._process = process
            seconds += START_SECONDS

        def give_up() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            _send(process.stdin, pickle.dumps((received.path, received.file_name)))
            answer: FileReading | Reason = pickle.load(process.stdout)  # noqa: S301  our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self.stop()
            if is_late.is_set():
                return _given_up(seconds)
            return _failure(f"the reading process died (exit {process.returncode})")
        finally:
            timer.cancel()
        return answer

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process that sees the modules that this one sees."""
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109  an import path is text
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        if process.stdin is not None:
            try:
                _send(process.stdin, self._task)
            except OSError:
                process.kill()
        return process


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """The worker's side: read one file after the other until the pipe is closed."""
    from ingest.read import failure

    reader, pack, today = pickle.load(requests)  # noqa: S301  our own parent wrote it
    while True:
        try:
            path, file_name = _request(requests)
        except EOFError:
            return
        answer: object
        try:
            answer = reader(path, file_name, pack, today)
        except Exception as error:  # whatever a strange file makes a parser do, the rest goes on
            answer = failure(f"{type(error).__name__}: {error}")
        _send(answers, pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


def _request(requests: IO[bytes]) -> tuple[Path, str]:
    request: tuple[Path, str] = pickle.load(requests)  # noqa: S301  our own parent wrote it
    return request


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(message)
    pipe.flush()


def _failure(what: str) -> Reason:
    from ingest.read import failure

    return failure(what)


def _given_up(seconds: float) -> Reason:
    from ingest.read import given_up

    return given_up(seconds)


def _main() -> None:
    """Keep standard output for answers: what a library prints goes to standard error."""
    answers: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
