"""JSON schemas of a pack's files, for the completion and checks of an editor: ``python -m ingest.schema [FOLDER]``.

Belongs here: writing the models' schemas to ``docs/schema``. Does not belong here: the models, and faults that no
schema can see (``jindu check-pack`` finds those).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ingest.pack.draft import LISTS
from ingest.pack.models import PackInfo, Unit
from ingest.spec import SourceSpec

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema, for source specs and every other file of a pack."""
    found = {
        "source-spec": _one(SourceSpec, "Jindu source spec: sources/<stem>.yaml"),
        "pack": _one(PackInfo, "Jindu pack: pack.yaml"),
    }
    lists: dict[str, type[BaseModel]] = {**LISTS, "units": Unit}
    for name, model in lists.items():
        found[name] = _many(model, f"Jindu pack: {name}.yaml")
    return {f"{name}.json": schema for name, schema in found.items()}


def _one(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(by_alias=True), "title": title}


def _many(model: type[BaseModel], title: str) -> dict[str, Any]:
    item = model.model_json_schema(by_alias=True)
    inner = item.pop("$defs", {})
    return {"$schema": DIALECT, "title": title, "type": "array", "items": item, **({"$defs": inner} if inner else {})}


def text_of(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main(folder: Path = FOLDER) -> None:
    """Write all schemas to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(text_of(schema), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
