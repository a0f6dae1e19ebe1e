"""The released tables carry every column that the contract names, described, in the order of no one's concern."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITTEN_ELSEWHERE = {"release"}
"""Tables of the contract that the release itself writes."""


def promised(contract: str) -> dict[str, set[str]]:
    """The columns of each table, read from the contract's own table."""
    tables: dict[str, set[str]] = {}
    for name, columns in re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| (.+) \|$", contract, flags=re.MULTILINE):
        plain = re.sub(r"\([^)]*\)", "", columns)
        tables[name] = set(re.findall(r"\b[a-z][a-z0-9_]+\b", plain))
    return tables


def test_every_table_and_column_of_the_contract_is_there(ask: Any, shared_file: Callable[[str], Path]) -> None:
    tables = promised(shared_file("CONTRACT.md").read_text(encoding="utf-8"))
    tables["fct_observation_vintage"] = tables["fct_observation"] | {"is_accepted", "held_reason"}
    assert len(tables) >= 16
    rows = ask("select table_name, column_name from duckdb_columns() where schema_name = 'marts'")
    found = {name: {row["column_name"] for row in rows if row["table_name"] == name} for name in tables}
    lacking = {name: columns - found[name] for name, columns in tables.items() if columns - found[name]}
    assert set(lacking) <= WRITTEN_ELSEWHERE, lacking


def test_every_table_and_column_says_what_it_is(ask: Any) -> None:
    silent = ask(
        "select table_name, column_name from duckdb_columns() where schema_name = 'marts' and comment is null "
        "union all select table_name, null from duckdb_tables() where schema_name = 'marts' and comment is null"
    )
    assert silent == []
