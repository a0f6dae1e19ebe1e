"""What the tests of hostile files share: one confined process for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.hostile.opening import Opener


@pytest.fixture(scope="module")
def opened() -> Iterator[Opener]:
    """Open a file in a confined process."""
    opener = Opener()
    yield opener
    opener.close()
