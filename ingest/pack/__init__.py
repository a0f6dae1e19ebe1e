"""Packs: everything that another city would change, as typed and checked data."""

from ingest.pack.load import load_pack
from ingest.pack.pack import Pack
from ingest.pack.problems import PackError, PackProblem

__all__ = ["Pack", "PackError", "PackProblem", "load_pack"]
