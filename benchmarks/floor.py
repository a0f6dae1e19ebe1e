"""The floor of the stack: the least that a run on Dagster, dbt and Great Expectations can cost.

Three assets in one process: a table of twelve rows, one ``dbt build`` of two models, one import of Great Expectations.
Run as ``python -m benchmarks.floor FOLDER``; everything is written below that (empty) folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent / "floor_project"


def main(folder: Path) -> None:
    """Materialise the three assets in one process, on an instance of its own."""
    home = folder / "dagster"
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["FLOOR_WAREHOUSE"] = str(folder / "floor.duckdb")

    import dagster as dg

    @dg.asset
    def month() -> None:
        import duckdb

        with duckdb.connect(os.environ["FLOOR_WAREHOUSE"]) as connection:
            connection.execute("create schema raw")
            connection.execute("create table raw.month as select range + 1 as month_number from range(12)")

    @dg.asset(deps=[month])
    def models() -> None:
        from dbt.cli.main import dbtRunner

        where = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        aside = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        result = dbtRunner().invoke(["--quiet", "build", *where, *aside])
        if not result.success:
            raise RuntimeError(f"the floor's dbt build failed: {result.exception}")

    @dg.asset(deps=[models])
    def audit() -> None:
        import great_expectations

        assert great_expectations.__version__

    assets = [month, models, audit]
    job = dg.Definitions(assets=assets, jobs=[dg.define_asset_job("floor")]).resolve_job_def("floor")
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(instance=instance)
    if not result.success:
        raise SystemExit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
