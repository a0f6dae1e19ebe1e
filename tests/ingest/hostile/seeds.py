"""The files that are mutated: real workbooks as published, and generated files of each format.

Belongs here: choosing and trimming. Does not belong here: mutations.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.ingest.hostile import files
from tests.ingest.hostile.opening import REPO

ROWS = 60
"""Rows that are left of the longest real workbook: its kind matters here, not its length."""
REAL = (
    ("shaoyang/yuebao_202509.xlsx", "shaoyang", 2),
    ("bls_state_laus/*2019-09.xlsx", "tests/packs/bls", 4),
    ("kobe_ward_population/*.xls", "tests/packs/kobe", 2),
    ("nbs_provincial_realestate/xls/*.xls", "tests/packs/nbs_provincial", 1),
    ("nbs_provincial_realestate/csv/*.csv", "tests/packs/nbs_provincial", 1),
    ("nbs_70city_house_prices/*_2023_0[1-6]_*.xml", "tests/packs/nbs_70city", 1),
)


@dataclass(frozen=True)
class Seed:
    """A file to be mutated."""

    name: str
    content: bytes
    pack: str | None
    """The pack that reads it; without one only its cells are compared."""
    weight: int


def real_seeds(realdata: Path) -> list[Seed]:
    """The published files that are there."""
    found = []
    for pattern, pack, weight in REAL:
        for path in sorted(realdata.glob(pattern)):
            if pack.startswith("tests") and not (REPO / pack / "pack.yaml").exists():
                continue
            content = path.read_bytes()
            found.append(Seed(path.name, _trimmed(content) if len(content) > 1_000_000 else content, pack, weight))
    return found


def generated_seeds() -> list[Seed]:
    """A month of the demonstration (xlsx, xls, csv, html), and a small file of each other format."""
    from demo.months import Month
    from demo.send import letters

    made = [
        Seed(letter.document.name, letter.document.payload, "beiguan", 1)
        for letter in letters(1, Month(2023, 6), Month(2023, 6))
    ]
    with tempfile.TemporaryDirectory() as folder:
        return made + [Seed(path.name, path.read_bytes(), None, 2) for path in _others(Path(folder))]


def _others(folder: Path) -> list[Path]:
    from pyxlsbwriter import XlsbWriter

    rows = [["地区", "增速", "总量"], *([f"区{n}", n + 0.5, n * 1000] for n in range(20))]
    with XlsbWriter(str(folder / "a.xlsb")) as book:
        book.add_sheet("表")
        book.write_sheet(rows)
    cells = [f"<table:table-row>{''.join(_ods_cell(value) for value in row)}</table:table-row>" for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in rows)
    (folder / "a.html").write_text(
        f"<html><body><h1>2023年6月</h1><table>{body}</table></body></html>", encoding="utf-8"
    )
    (folder / "a.xml").write_text(f"<?xml version='1.0'?><table>{body}</table>", encoding="utf-8")
    (folder / "a.json").write_text(
        "["
        + ",".join(f'{{"地区": "{name}", "增速": {growth}, "总量": {level}}}' for name, growth, level in rows[1:])
        + "]",
        encoding="utf-8",
    )
    files.document(folder / "a.docx")
    (folder / "a.pdf").write_bytes(files.pdf(b"BT /F1 9 Tf 50 700 Td (North 12.5 30) Tj 0 -12 Td (South 3.5 40) Tj ET"))
    files.ods(folder / "a.ods", "".join(cells))
    return sorted(folder.iterdir())


def _ods_cell(value: object) -> str:
    if isinstance(value, str):
        return files.ods_cell(value)
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def _trimmed(content: bytes) -> bytes:
    """The same workbook with the first rows of each sheet only."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as short:
        for info in whole.infolist():
            part = whole.read(info)
            if re.match(r"xl/worksheets/[^/]+\.xml$", info.filename):
                ends = [found.end() for found in re.finditer(rb"</row>", part)]
                part = part[: ends[ROWS]] + part[ends[-1] :] if len(ends) > ROWS else part
            short.writestr(info.filename, part)
    return packed.getvalue()
