"""``jindu probe``: ask the prober in a process of its own, print what it understood, write what it proposes.

Belongs here: the words and tables of the command. Does not belong here: understanding a file (``ingest/probe``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

_ORIENTATIONS = {
    "regions_down": "地区向下 regions down",
    "indicators_down": "指标向下 indicators down",
    "regions_across": "地区向右 regions across",
    "periods_down": "时期向下 periods down",
    "long": "一行一数 list",
}
_SURE = {"high": "高 high", "medium": "中 medium", "low": "低 low"}
_ADDITIONS = ".additions.yml"
_SHOWN = 12


class UnreadableFileError(Exception):
    """A file that cannot be opened; the message says why and what to do, in Chinese with English beside."""


def probe(path: Path, pack: str) -> dict[str, Any]:
    """What a file holds and a proposed spec for it, as plain values."""
    from ingest.clock import Clock
    from ingest.intake.containers import is_container
    from ingest.pack import load_pack
    from ingest.probe.document import probe_document
    from ingest.workers import ask_once

    if is_container(path):
        raise UnreadableFileError(
            f"{path.name}：这是压缩包，请解压后逐个查看其中的文件；报送时可整包放入收件箱。\n"
            f"{path.name}: This is an archive: unpack it and probe its files one by one; the inbox takes it as it is."
        )
    found = ask_once(probe_document, path, path.name, load_pack(pack), Clock().today)
    if isinstance(found, dict):
        return found
    raise UnreadableFileError(
        f"{path.name}：{found.reason}{found.advice}\n{path.name}: {found.reason_en} {found.advice_en}"
    )


def write(document: dict[str, Any], spec: Path) -> list[Path]:
    """Write the proposed spec, and beside it what must be added to the pack; gives the files written."""
    spec.write_text(document["spec"], encoding="utf-8")
    if not document["additions"]:
        return [spec]
    more = spec.with_suffix(_ADDITIONS)
    more.write_text(document["additions"], encoding="utf-8")
    return [spec, more]


def show(document: dict[str, Any], console: Console, *, with_spec: bool) -> None:
    """Print what was understood, what was not, and the proposal unless it goes to a file."""
    month = str(document["reference_month"] or "")[:7] or "未能确定 not known"
    _say(console, f"{document['file']} · {document['media_type']} · 报告期 period {month}")
    if not document["tables"]:
        _say(console, "没有找到统计表 / no table of figures was found")
    else:
        _show_tables(console, document["tables"])
        _show_share(console, document)
    _show_unread(console, document)
    _show_doubts(console, document["doubts"])
    _show_new(console, document)
    if with_spec and document["spec"]:
        _say(console, "\n建议的读取规则 proposed source spec:")
        _say(console, document["spec"])
        if document["additions"]:
            _say(console, "需要追加到数据包的条目 entries to add to the pack:")
            _say(console, document["additions"])


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _show_tables(console: Console, tables: list[dict[str, Any]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=f"看懂的表 tables ({len(tables)})", box=box.SIMPLE_HEAD, title_justify="left")
    for heading in (
        "工作表 sheet",
        "表 table",
        "位置 at",
        "方向 runs",
        "计量 measures",
        "时期 months",
        "读出 read",
        "把握 sure",
    ):
        shown.add_column(heading, overflow="fold")
    for table in tables:
        place = f"{table['corner']} 第 {table['rows'][0]}–{table['rows'][1]} 行"
        values = (
            table["sheet"], table["title"], place, _ORIENTATIONS[table["orientation"]], ", ".join(table["measures"]),
            " – ".join(table["months"]), str(table["read"]), _SURE[table["sure"]],
        )  # fmt: skip
        shown.add_row(*(Text(value) for value in values))
    console.print(shown)


def _show_share(console: Console, document: dict[str, Any]) -> None:
    share = f"{100 * document['share']:.1f}%"
    read = document["observations"] + document["published_ranks"]
    _say(
        console,
        f"按建议试读：{document['figures']} 个数字中读出 {read} 个（{share}），"
        f"其中位次 {document['published_ranks']} 个；另有 {document['labels']} 个数字是年份、编号或重复打印的行。",
    )
    _say(
        console,
        f"Read with the proposal: {read} of {document['figures']} figures ({share}),"
        f" {document['published_ranks']} of them published ranks; "
        f"{document['labels']} more are years, numbers of rows or rows printed twice.",
    )
    refusal = document["refusal"]
    if refusal:
        _say(console, f"试读被退回：{refusal['reason']}{refusal['advice']} / refused: {refusal['reason_en']}")


def _show_unread(console: Console, document: dict[str, Any]) -> None:
    if document["unread"]:
        _say(console, "\n没有读的数字 figures not read:")
        for row in document["unread"][:_SHOWN]:
            _say(console, f"  {row['cells']} × {row['reason']}")
    if document["findings"]:
        _say(console, "试读的发现 findings:")
        for row in document["findings"][:_SHOWN]:
            place = " ".join(part for part in (row["sheet"], row["cell"]) if part)
            _say(
                console,
                f"  {row['count']} × {row['rule']} {place} “{row['found'] or ''}” {row['advice']} {row['advice_en']}",
            )


def _show_doubts(console: Console, doubts: list[dict[str, Any]]) -> None:
    if doubts:
        _say(console, f"\n待人确认 to be decided ({len(doubts)}):")
    places: dict[tuple[str, str], list[str]] = {}
    for doubt in doubts:
        place = " ".join(part for part in (doubt["sheet"], doubt["cell"]) if part)
        places.setdefault((doubt["said"], doubt["said_en"]), []).append(place)
    for (said, said_en), where in places.items():
        named = "、".join(place for place in where if place)
        _say(console, f"  {said} / {said_en}" + (f"（{named}）" if named else ""))


def _show_new(console: Console, document: dict[str, Any]) -> None:
    for key, heading in (
        ("new_regions", "目录没有的地区 unknown regions"),
        ("new_indicators", "目录没有的指标 unknown indicators"),
    ):
        if document[key]:
            _say(console, f"\n{heading} ({len(document[key])}):")
        for code, name, similar in document[key]:
            _say(console, f"  {code} {name}" + (f"（相近 near: {'、'.join(similar)}）" if similar else ""))
