"""``make docs``: the data dictionary, and dbt's own pages, written to ``docs/build``.

The dictionary is made from the descriptions that stand beside the models, so it cannot lag behind them.
The JSON schemas of a pack's files are written anew to ``docs/schema``.
Nothing is downloaded, and no warehouse is needed (dbt's catalog of a built home is added where there is one).
"""

from __future__ import annotations

import argparse
import html
import os
from pathlib import Path
from typing import Any

from ingest.schema import FOLDER as SCHEMAS
from ingest.schema import main as write_schemas

PROJECT = Path(__file__).resolve().parent.parent
DBT = PROJECT / "dbt_project"
LAYERS = ("marts", "audit", "intermediate", "staging")


def generate(out: Path, warehouse: Path) -> dict[str, Any]:
    """Let dbt write its static page and return the manifest."""
    import json

    from dbt.cli.main import dbtRunner

    os.environ["JINDU_WAREHOUSE"] = str(warehouse if warehouse.is_file() else out / "empty.duckdb")
    places = ["--project-dir", str(DBT), "--profiles-dir", str(DBT), "--target-path", str(out / "dbt")]
    catalog = [] if warehouse.is_file() else ["--empty-catalog"]
    options = ["--static", "--no-compile", *catalog, *places, "--log-path", str(out / "dbt")]
    for command in (["parse", *places, "--log-path", str(out / "dbt")], ["docs", "generate", *options]):
        answer = dbtRunner().invoke(["--quiet", *command])
        if not answer.success:
            raise SystemExit(f"dbt {command[0]} failed: {answer.exception or 'see the lines above'}")
    (out / "empty.duckdb").unlink(missing_ok=True)
    manifest: dict[str, Any] = json.loads((out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _cell(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False).replace("|", "\\|")


def dictionary(manifest: dict[str, Any]) -> str:
    """Every table with its description and its columns, layer by layer, as Markdown."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    lines = ["# Data dictionary", "", "Made from the models by `make docs`; released tables first.", ""]
    for layer in LAYERS:
        own = sorted((node for node in models if node["fqn"][1] == layer), key=lambda node: node["name"])
        if not own:
            continue
        lines += [f"## {layer}", ""]
        for node in own:
            lines += [f"### {node['name']}", "", node["description"].strip() or "(no description)", ""]
            if node["columns"]:
                lines += ["| column | type | meaning |", "|---|---|---|"]
                for column in node["columns"].values():
                    kind = column.get("data_type") or ""
                    lines.append(f"| `{column['name']}` | {kind} | {_cell(column['description'])} |")
                lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, write both, say where."""
    parser = argparse.ArgumentParser(prog="python docs/build_docs.py", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("data"), help="whose warehouse the catalog describes")
    parser.add_argument("--out", type=Path, default=PROJECT / "docs" / "build")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    manifest = generate(out, (options.home / "warehouse.duckdb").resolve())
    (out / "data-dictionary.md").write_text(dictionary(manifest), encoding="utf-8")
    write_schemas()
    print(f"data dictionary: {out / 'data-dictionary.md'}\ndbt pages:       {out / 'dbt' / 'static_index.html'}")
    print(f"schemas of packs: {SCHEMAS}")


if __name__ == "__main__":
    main()
