"""One clean month of the demonstration, delivered through the real line: the ground of all these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.gate.information import Knowledge
from benchmarks.gate.line import Runner
from benchmarks.gate.worlds import Delivery, Parcel, deliver, demonstration_months, load_delivery

FIRST, FAULTED = (2022, 1), (2023, 3)


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner() as running:
        yield running


@pytest.fixture(scope="session")
def delivery(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    """March 2023, with the figures of the fourteen months before."""
    months = demonstration_months()
    before = [letter for month, letters in months.items() if FIRST <= month < FAULTED for letter in letters]
    parcel = Parcel("2023-03", months[FAULTED])
    work: Path = tmp_path_factory.mktemp("worlds")
    return load_delivery(deliver("demonstration", [Parcel("history", before)], [parcel], work, runner)[0])


@pytest.fixture(scope="session")
def knowledge(delivery: Delivery) -> Knowledge:
    return Knowledge(delivery)
