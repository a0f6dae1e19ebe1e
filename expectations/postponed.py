"""Postpones the import of libraries that Great Expectations loads for expectations nobody here uses.

``scipy.stats`` and ``altair`` serve one expectation (KL divergence) and take nearly half of the import of
Great Expectations. They are replaced by lazy modules (``importlib.util.LazyLoader``): whoever touches an attribute
gets the real library. Drop this when Great Expectations imports them where they are used.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

POSTPONED = frozenset({"altair", "scipy", "scipy.stats"})


class _PostponingFinder(PathFinder):
    """Finds the postponed libraries as usual, but wraps their loader."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer only for the postponed names."""
        if fullname not in POSTPONED:
            return None
        spec = super().find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


@contextmanager
def postponed_imports() -> Iterator[None]:
    """While this lasts, the postponed libraries are imported as lazy modules."""
    sys.meta_path.insert(0, _PostponingFinder)
    try:
        yield
    finally:
        sys.meta_path.remove(_PostponingFinder)
