"""The demonstration's mail, written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.figures import Figures
from demo.letters import Letter
from demo.months import Month
from demo.send import letters
from demo.series import SEED, simulate
from ingest.pack import Pack, load_pack


@pytest.fixture(scope="session")
def figures() -> Figures:
    """The simulated figures of the default seed."""
    return simulate(SEED)


@pytest.fixture(scope="session")
def mail() -> list[Letter]:
    """Every letter of the demonstration years."""
    return list(letters(SEED, Month(2021, 1), Month(2023, 12)))


@pytest.fixture(scope="session")
def inbox(mail: list[Letter], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters as files."""
    folder = tmp_path_factory.mktemp("inbox")
    for letter in mail:
        letter.write(folder)
    return folder


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of 北关区."""
    return load_pack("beiguan")
