"""The intake in small: a pack that knows no layout, a reader that reads nothing, and what they leave behind."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ingest import warehouse
from ingest.clock import Clock
from ingest.home import Home
from ingest.intake.take_in import Intake, settle, take_in
from ingest.interpret.result import CellReading, FileReading, Refusal, TableReading
from ingest.read import Batch, read_all

AUGUST = Clock(date(2023, 8, 31))


HOSTILE = [
    "北关区 2023年1-6月 月报（最终）.xlsx",
    "--help.csv",
    "two\nlines.csv",
    "a" * 250 + ".csv",
    "长" * 80 + ".xlsx",
    "quote'\"$(rm -rf x).csv",
    "空 格/子 目录/月报.csv",
    "noending",
]


@dataclass
class FakePack:
    """What intake asks of a pack."""

    name: str = "beiguan"
    digest: str = "pack-1"
    documents: list[Path] = field(default_factory=list)

    @property
    def info(self) -> SimpleNamespace:
        return SimpleNamespace(name=self.name)


def reader(path: Path, file_name: str, pack: Any, today: date) -> FileReading:
    """Bytes that begin with ``bad`` are refused, ``crash`` kills the reader, all others are one observation."""
    content = path.read_bytes()
    if content.startswith(b"crash"):
        raise RuntimeError("boom")
    if content.startswith(b"bad") and pack.digest == "pack-1":
        return FileReading(
            refusal=Refusal("unknown_layout", "不认识", "unknown", found="甲", advice="请核对", sheet="表1")
        )
    if content.startswith(b"future") and today < date(2023, 9, 1):
        return FileReading(refusal=Refusal("period_in_future", "未来", "future", advice="请核对"))
    cell = CellReading(1, "表1", "B4", "observation", value_printed=content.decode("latin-1"), value_number=1.0)
    return FileReading(stem="tjj__yuebao", tables=[TableReading(1, "gdp", "表1", None, None, 1)], cells=[cell])


def drop(folder: Path, name: str, content: bytes = b"1", **side: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if side:
        path.with_name(path.name + ".meta.json").write_text(json.dumps(side), encoding="utf-8")
    return path


def run(home: Home, pack: Any = None, inbox: Path | None = None, clock: Clock = AUGUST) -> tuple[Intake, Batch]:
    """One run as orchestration does it, without the marts."""
    pack = pack or FakePack()
    intake = take_in(home, pack, inbox, clock)
    batch = read_all(intake.new, pack, clock, reader=reader, workers=0)
    with warehouse.connect(home.warehouse) as con:
        warehouse.ensure_schema(con)
        warehouse.load_batch(con, batch)
    settle(home, intake, batch)
    return intake, batch


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def archived(home: Home) -> set[str]:
    return {path.name for path in home.archive.rglob("*") if path.is_file() and "." not in path.name}


def submissions(home: Home) -> list[tuple[Any, ...]]:
    with warehouse.connect(home.warehouse) as con:
        return con.execute("select source_path, submission_order, outcome from raw.submission order by 2").fetchall()


def reason(home: Home, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((home.quarantine / f"{name}.reason.json").read_text(encoding="utf-8"))
    return content
