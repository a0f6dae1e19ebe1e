"""Files that cannot be opened, each with a reason code and sentences for the person who sent it.

Belongs here: faults of the bytes. Does not belong here: a file that opens but is not understood (``recognise``).
"""

from __future__ import annotations

from typing import ClassVar, Literal


class GridError(Exception):
    """A file that yields no grid. ``reason`` is for the clerk, ``reason_en`` says the same in English."""

    reason_code: ClassVar[Literal["unreadable", "too_large", "encrypted", "empty"]] = "unreadable"
    advice: ClassVar[str] = "请用原软件打开确认后另存为 .xlsx 或 .csv 重新报送。"
    advice_en: ClassVar[str] = "Open it in the program it came from, save it as .xlsx or .csv and send it again."

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(f"{reason} {reason_en}")
        self.reason = reason
        self.reason_en = reason_en


class UnreadableError(GridError):
    """The bytes are not, or no longer, a table in a known format."""


class EncryptedError(GridError):
    """The file asks for a password."""

    reason_code = "encrypted"
    advice = "请取消打开密码后重新报送；请勿通过邮件正文发送密码。"
    advice_en = "Remove the password and send the file again; do not send the password."

    def __init__(self) -> None:
        super().__init__("文件设有打开密码，无法读取。", "The file is protected by a password and cannot be read.")


class EmptyError(GridError):
    """There is nothing in it."""

    reason_code = "empty"
    advice = "请检查是否误发空白文件，填好后重新报送。"
    advice_en = "Check whether an empty file was sent by mistake; send it again once it is filled in."

    def __init__(self) -> None:
        super().__init__("文件是空的，没有任何数据。", "The file is empty: it holds no data.")


class TooLargeError(GridError):
    """Far more than a monthly report has: a list of single records sent by mistake, or a bomb."""

    reason_code = "too_large"
    advice = "请确认是否误发了明细数据；只报送汇总表，或把文件拆开报送。"
    advice_en = "Check whether single records were sent by mistake; send the summary table, or split the file."

    @classmethod
    def of_cells(cls, cells: int, limit: int) -> TooLargeError:
        """Too many filled cells."""
        return cls(
            f"文件有 {cells} 个有内容的单元格，超过 {limit} 个，不像统计报表，没有读取。",
            f"The file holds {cells} filled cells, more than {limit}: it is no report, and it was not read.",
        )
