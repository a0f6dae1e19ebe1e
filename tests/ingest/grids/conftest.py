"""Helpers that the tests of formats share: a file from bytes, and a grid as plain texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.grids import Grid, GridFile, read_grids


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str | bytes], GridFile]:
    """Opens a content under a name that says nothing about it."""

    def open_content(content: str | bytes) -> GridFile:
        path = tmp_path / "月报"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_grids(path)

    return open_content


@pytest.fixture
def texts() -> Callable[[Grid], list[list[str]]]:
    """All cells of a grid as texts, merged ranges filled."""

    def of(grid: Grid) -> list[list[str]]:
        rows, columns = range(grid.row_count), range(grid.column_count)
        return [[cell.text if (cell := grid.filled(row, column)) else "" for column in columns] for row in rows]

    return of
