"""What the commands share: options, exit codes, where they print, and how they end on a fault of usage.

Belongs here: nothing that one command alone needs. Does not belong here: the commands (``cli.py``).
"""

from __future__ import annotations

import json
import sys
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

_PIPE_WIDTH = 260  # a brief in a log or a mail is read unwrapped
out = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
err = Console(stderr=True, width=None if sys.stderr.isatty() else _PIPE_WIDTH)


class Exit(IntEnum):
    """Exit codes (CONTRACT.md)."""

    OK = 0
    FAILED = 1
    USAGE = 2
    HELD = 3
    NO_SUCH_FIGURE = 4


HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="JINDU_HOME", help="数据目录 the folder that running changes", show_default=True),
]
PackOption = Annotated[
    str,
    typer.Option("--pack", envvar="JINDU_PACK", help="数据包 a shipped pack's name, or a folder", show_default=True),
]
JsonOption = Annotated[bool, typer.Option("--json", help="print facts as JSON")]


def fail(code: Exit, *sentences: str) -> NoReturn:
    """Say what is wrong and what to do, and end with the code."""
    for sentence in sentences:
        err.print(sentence, markup=False, highlight=False)
    raise typer.Exit(int(code))


def say_json(document: Any) -> None:
    """Print a document as JSON, Chinese kept as it is."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


class usage_errors:  # noqa: N801  (a context manager reads like a word)
    """Turn a wrong pack or home into a sentence and exit code 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from ingest.forms import FormError
        from ingest.home import HomeError
        from ingest.pack import PackError

        if isinstance(error, PackError | HomeError | FormError):
            fail(Exit.USAGE, str(error))
