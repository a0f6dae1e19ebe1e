"""What every test may ask for: the checkout, the folder of published files, and how hypothesis behaves.

Fixtures that only one part of the tree needs belong to the ``conftest.py`` of that part.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPO = Path(__file__).resolve().parent.parent

# Two cores shared with other work make wall-clock deadlines a coin toss; a CI run must be the same run each time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

for _name in ("DBT_SEND_ANONYMOUS_USAGE_STATS", "GX_ANALYTICS_ENABLED"):
    os.environ.setdefault(_name, "false")


def shared_folder() -> Path:
    """Return the folder of plan and published files: ``$JINDU_SHARED``, else ``shared`` beside the checkout."""
    return Path(os.environ.get("JINDU_SHARED") or REPO.parent / "shared")


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of plan and published files; the test is skipped where it is absent."""
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip(f"needs the published files: {folder} is not there (set JINDU_SHARED)")
    return folder


@pytest.fixture(scope="session")
def shared_file(shared: Path) -> Callable[[str], Path]:
    """A function that gives one published file by its path below ``shared``, or skips and names it."""

    def find(path: str) -> Path:
        file = shared / path
        if not file.exists():
            pytest.skip(f"needs the published file {file}, which is not there")
        return file

    return find


@pytest.fixture(autouse=True)
def _no_home_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test names its own home and pack; those of the person who runs it must not leak in (nor be written to)."""
    for name in ("JINDU_HOME", "JINDU_PACK", "JINDU_WAREHOUSE", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)
