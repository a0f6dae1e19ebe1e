"""A home in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data").create()
