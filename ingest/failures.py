"""Files whose reading failed in a way that no reader foresaw, in words for the sender.

Belongs here: the last catch around a reader, and the reasons it gives. Does not belong here: refusals that a reader
decides on (``grids/errors.py``, ``recognise.py``, ``interpret``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ingest.intake.quarantine import Reason
from ingest.limits import FILLED_CELLS, MEMORY_BYTES

Answer = TypeVar("Answer")


def reading(reader: Callable[..., Answer], *arguments: object) -> Answer | Reason:
    """What a reader says; whatever a strange file makes it do, the rest goes on."""
    try:
        return reader(*arguments)
    except MemoryError:
        return too_large()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of a library written in Rust is no Exception
        return failure(f"{type(error).__name__}: {error}")


def failure(what: str) -> Reason:
    """The reason for a file that made its reader fail."""
    return Reason(
        "unreadable", "读取此文件时程序出错。", "The reader failed on this file.",
        found=what[:500], found_en=what[:500],
        expected="能正常打开的表格文件", expected_en="a table file that opens normally",
        advice="请在办公软件中打开并另存一份后重新报送；若仍出错，请联系系统维护人员。",
        advice_en="Open the file, save a fresh copy and send that; if it fails again, tell whoever runs this system.",
    )  # fmt: skip


def given_up(seconds: float) -> Reason:
    """The reason for a file that its reader did not finish in time."""
    return Reason(
        "too_large", "读取此文件用时过长，已放弃。", "Reading this file took too long and was given up.",
        found=f"{seconds:.0f} 秒内没有读完", found_en=f"not read within {seconds:.0f} seconds",
        expected="几秒内可以读完的报表", expected_en="a report that is read within seconds",
        advice="请确认是否误发了明细数据或大量空白格式；只保留报表另存一份重新报送。",
        advice_en="Check for single records or formatted empty areas; save the report alone and send that.",
    )  # fmt: skip


def too_large() -> Reason:
    """The reason for a file that needs more memory than any report does."""
    mebibytes = MEMORY_BYTES >> 20
    return Reason(
        "too_large", "读取此文件所需内存过多，已放弃。", "Reading this file takes too much memory and was given up.",
        found=f"需要超过 {mebibytes} MiB 内存", found_en=f"more than {mebibytes} MiB of memory",
        expected=f"不超过 {FILLED_CELLS} 个有内容的单元格，没有极远处的孤立内容",
        expected_en=f"at most {FILLED_CELLS} filled cells, none of them far away from the others",
        advice="请只保留报表，删除多余的工作表和空白格式，另存一份重新报送。",
        advice_en="Keep the report alone, delete other sheets and formatted empty areas, save a copy and send that.",
    )  # fmt: skip
