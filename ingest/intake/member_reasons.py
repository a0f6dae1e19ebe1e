"""Why a file in an archive is not taken, in words for the sender.

Belongs here: sentences. Does not belong here: deciding (``containers.py``).
"""

from __future__ import annotations

from ingest import limits
from ingest.intake.quarantine import Reason

_SEND_ALONE = "请单独报送此文件。"
_SEND_ALONE_EN = "Send this file by itself."


def encrypted() -> Reason:
    """It asks for a password."""
    return Reason(
        "encrypted", "压缩包中的文件设有密码。", "The file in the archive is protected by a password.",
        found="加密的文件", found_en="an encrypted file",
        expected="没有密码的文件", expected_en="a file without password",
        advice="请取消密码后重新报送。", advice_en="Remove the password and send it again.",
    )  # fmt: skip


def damaged(error: Exception) -> Reason:
    """It cannot be unpacked."""
    found = f"{type(error).__name__}: {str(error)[:200]}"
    return Reason(
        "unreadable", "压缩包中的文件无法解开。", "The file in the archive cannot be unpacked.",
        found=found, found_en=found,
        expected="完好的、以普通方式压缩的文件", expected_en="an undamaged file, packed as usual",
        advice="请重新打包或单独报送此文件。", advice_en="Pack it again, or send it by itself.",
    )  # fmt: skip


def packed_oddly(method: int) -> Reason:
    """No common program packs so."""
    return Reason(
        "unreadable", "压缩包中的文件使用了不常见的压缩方式。", "The file is packed by an uncommon method.",
        found=f"压缩方式 {method}", found_en=f"method {method}",
        expected="普通方式（Deflate）或不压缩", expected_en="the common method (Deflate), or none",
        advice="请用系统自带的压缩功能重新打包，或单独报送此文件。",
        advice_en="Pack it again with the system's own tool, or send it by itself.",
    )  # fmt: skip


def link() -> Reason:
    """It is no file."""
    return Reason(
        "outside_link", "压缩包中是一个链接，不是文件本身。", "The archive holds a link, not the file itself.",
        found="链接", found_en="a link", expected="文件本身", expected_en="the file itself",
        advice=_SEND_ALONE, advice_en=_SEND_ALONE_EN,
    )  # fmt: skip


def too_large(size: int, limit: int) -> Reason:
    """It would be too large."""
    return Reason(
        "too_large", "压缩包解开后过大，没有解开。",
        "Unpacked, it would be far larger than any report; it was not unpacked.",
        found=f"{size} 字节", found_en=f"{size} bytes",
        expected=f"不超过 {limit} 字节", expected_en=f"at most {limit} bytes",
        advice=_SEND_ALONE, advice_en=_SEND_ALONE_EN,
    )  # fmt: skip


def too_many() -> Reason:
    """There are more files than are taken."""
    return Reason(
        "too_large", "压缩包中的文件过多，其余的没有解开。",
        "The archive holds too many files; the rest was not unpacked.",
        found=f"超过 {limits.MEMBERS} 个文件", found_en=f"more than {limits.MEMBERS} files",
        expected=f"不超过 {limits.MEMBERS} 个文件", expected_en=f"at most {limits.MEMBERS} files",
        advice="请分成几个压缩包报送。", advice_en="Send several smaller archives.",
    )  # fmt: skip


def too_deep() -> Reason:
    """It is an archive, too deep down."""
    return Reason(
        "too_large", "压缩包层层嵌套过深，没有解开。",
        "Archives stand within archives too deep; this one was not unpacked.",
        found=f"第 {limits.NESTING + 1} 层压缩包", found_en=f"an archive at level {limits.NESTING + 1}",
        expected=f"不超过 {limits.NESTING} 层", expected_en=f"at most {limits.NESTING} levels",
        advice=_SEND_ALONE, advice_en=_SEND_ALONE_EN,
    )  # fmt: skip


def nothing_inside() -> Reason:
    """There are no members."""
    return Reason(
        "empty", "压缩包是空的。", "The archive is empty.", found="没有文件", found_en="no file",
        expected="报表文件", expected_en="report files",
        advice="请检查是否误发空压缩包，重新打包报送。", advice_en="Was it sent by mistake? Then send the full one.",
    )  # fmt: skip
