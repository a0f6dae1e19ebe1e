"""Worker processes that read files, one file at a time each, and may die without harm.

Belongs here: starting them, handing out files, and noticing a worker that crashed or hangs. Does not belong here:
what reading means. ``concurrent.futures`` is not used because one killed worker breaks its whole pool, and
``multiprocessing`` would import the program's main module (Dagster and all) again in every worker.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING, Any, TypeVar

from ingest import guard, limits
from ingest.failures import failure, given_up, reading, too_large
from ingest.intake.archive import Received
from ingest.intake.quarantine import Reason

if TYPE_CHECKING:
    from ingest.interpret import FileReading
    from ingest.pack import Pack

READY = "ready"
Answer = TypeVar("Answer")


def read_side_by_side(
    received: Sequence[Received],
    pack: Pack,
    today: date,
    reader: Callable[..., FileReading],
    workers: int,
) -> list[FileReading | Reason]:
    """Read all files with several workers; the answers stand in the order of the files."""
    tasks: queue.SimpleQueue[int] = queue.SimpleQueue()
    # the big ones first, so that no worker is left alone with one at the end
    for position in sorted(range(len(received)), key=lambda position: -received[position].byte_size):
        tasks.put(position)
    answers: list[FileReading | Reason | None] = [None] * len(received)
    task = _pickled((reader, (pack, today)))

    def work() -> None:
        with Worker(task) as worker:
            while True:
                try:
                    position = tasks.get_nowait()
                except queue.Empty:
                    return
                answers[position] = worker.ask(received[position].path, received[position].file_name)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer if answer is not None else failure("the worker was not started") for answer in answers]


def ask_once(function: Callable[..., Answer], *arguments: object) -> Answer | Reason:
    """One call in a process of its own: for whoever opens a single file that nobody has vouched for."""
    with Worker(_pickled((function, ()))) as worker:
        answer: Answer | Reason = worker.ask(*arguments)
        return answer


class Worker:
    """One worker process, started again when it has died.

    ``task`` is a pickled function with the last of its arguments; each question brings the first of them.
    """

    def __init__(self, task: bytes) -> None:
        """Remember what every fresh process has to be told first."""
        self._task = task
        self._process: subprocess.Popen[bytes] | None = None
        self._talk = tempfile.TemporaryFile()  # noqa: SIM115  closed with the worker
        """What libraries print; nothing of it is for the user's eyes unless the process dies."""

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._talk.close()

    def ask(self, *arguments: object) -> Any:
        """The function's answer, or a ``Reason`` why there is none. The time to start is not the file's."""
        if self._process is None:
            self._process = self._start()
            if self._answer(None, limits.START_SECONDS) != READY:
                return failure("the reading process did not start")
        answer = self._answer(_pickled(arguments), limits.CLOCK_SECONDS)
        if isinstance(answer, Reason) and answer.reason_code == "too_large":
            self.stop()  # what is left of its memory may be too little for the next file
        return answer

    def _answer(self, question: bytes | None, seconds: float) -> Any:
        """What the process says within some seconds; a ``Reason`` when it dies, by its own fault or by ours."""
        process, is_late = self._process, threading.Event()
        if process is None or process.stdin is None or process.stdout is None:
            return failure("no process")

        def give_up() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            if question is not None:
                _send(process.stdin, question)
            return pickle.load(process.stdout)  # noqa: S301  our own child wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self.stop()
            return given_up(seconds) if is_late.is_set() else _why_it_ended(process.returncode, self._last_words())
        finally:
            timer.cancel()

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _last_words(self) -> str:
        """The last line that the process printed: of a traceback, the one that says what went wrong."""
        self._talk.seek(0)
        lines = self._talk.read().decode("utf-8", "replace").split("\n")
        self._talk.truncate(0)
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process that sees the modules that this one sees."""
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109  an import path is text
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._talk,
            env={**os.environ, "PYTHONPATH": paths},
        )
        if process.stdin is not None:
            try:
                _send(process.stdin, self._task)
            except OSError:
                process.kill()
        return process


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """The worker's side: one question after the other until the pipe is closed."""
    guard.confine()
    function, last_arguments = pickle.load(questions)  # noqa: S301  our own parent wrote it
    _send(answers, _pickled(READY))
    while True:
        try:
            first_arguments = pickle.load(questions)  # noqa: S301  our own parent wrote it
        except EOFError:
            return
        guard.start_clock()
        answer = reading(function, *first_arguments, *last_arguments)
        try:
            message = _pickled(answer)
        except MemoryError:
            message = _pickled(too_large())
        del answer
        _send(answers, message)


def _why_it_ended(code: int, last_words: str) -> Reason:
    """A process that is gone says by its exit code why."""
    signals = {-getattr(signal, name): name for name in ("SIGXCPU", "SIGABRT", "SIGSEGV", "SIGBUS", "SIGKILL")
               if hasattr(signal, name)}  # fmt: skip
    name = signals.get(code)
    if name == "SIGXCPU":
        return given_up(limits.OPEN_SECONDS)
    # A library written in Rust or C ends the process when it gets no memory.
    return (
        too_large()
        if name == "SIGABRT"
        else failure(f"the reading process died ({name or f'exit {code}'}) {last_words}")
    )


def _pickled(content: object) -> bytes:
    return pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(message)
    pipe.flush()


def _main() -> None:
    """Keep standard output for answers: what a library prints goes to standard error."""
    answers: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
