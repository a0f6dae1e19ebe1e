"""The SQLAlchemy dialect through which Great Expectations reads DuckDB, always read-only.

Great Expectations rolls its connection back before it fetches, which closes DuckDB's pending result, so begin,
rollback and commit do nothing here; on a read-only connection there is nothing to undo. One connection serves the
whole engine, because the frames that the rules share are temporary tables of that connection.
"""

from __future__ import annotations

from typing import Any

import duckdb_engine
from sqlalchemy import pool
from sqlalchemy.dialects import registry
from sqlalchemy.engine.url import URL

NAME = "jindu_duckdb"


class ReadOnlyDialect(duckdb_engine.Dialect):
    """DuckDB without transactions, read-only, on one connection."""

    name = NAME
    supports_statement_cache = False

    @classmethod
    def get_pool_class(cls, url: URL) -> type[pool.Pool]:  # noqa: ARG003  # the base class names it
        """One connection, so that temporary tables are seen by every query and one close frees the file."""
        return pool.StaticPool

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Open the file read-only, whatever was asked for."""
        cparams["read_only"] = True
        return super().connect(*cargs, **cparams)

    def do_begin(self, dbapi_connection: Any) -> None:
        """Do nothing: a read needs no transaction of its own."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Do nothing: a rollback would close the result that is still to be fetched."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Do nothing: nothing was written."""


def register() -> None:
    """Make ``jindu_duckdb:///file`` known to SQLAlchemy."""
    registry.register(NAME, __name__, "ReadOnlyDialect")
