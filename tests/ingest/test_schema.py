"""The published schemas say what every key of a spec means and fit every file of every pack in the tree.

That they are fresh, and named by every spec, is checked with the rest of the repository (``tests/test_repository.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from ingest.schema import FOLDER, main, schemas

REPO = Path(__file__).resolve().parents[2]
PACKS = sorted(path.parent for root in ("ingest/catalog", "tests/packs") for path in (REPO / root).glob("*/pack.yaml"))
FILES = sorted(file for pack in PACKS for file in (*pack.glob("*.yaml"), *pack.glob("sources/*.yaml")))
HEADER = "# yaml-language-server: $schema="


def as_json(data: Any) -> Any:
    """YAML's dates as an editor sees them: texts."""
    if isinstance(data, dict):
        return {str(key): as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def read(file: Path) -> Any:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return as_json(yaml.load(file.read_text(encoding="utf-8"), Loader=loader))


@lru_cache
def schema_of(file: Path) -> dict[str, Any]:
    name = "source-spec" if file.parent.name == "sources" else file.stem
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_published_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


def test_nothing_else_stands_in_the_folder(tmp_path: Path) -> None:
    main(tmp_path)
    assert {file.name for file in FOLDER.iterdir()} == {file.name for file in tmp_path.iterdir()} == set(schemas())


def properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for value in part.values():
            yield from properties(value)
    elif isinstance(part, list):
        for value in part:
            yield from properties(value)


def test_every_key_of_a_source_spec_is_described() -> None:
    silent = {name for name, said in properties(schemas()["source-spec.json"]) if not said.get("description")}
    assert not silent


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPO)))
def test_every_file_of_every_pack_fits_its_schema(file: Path) -> None:
    data = read(file)
    faults = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema_of(file)).iter_errors(data)
    ]
    assert not faults


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPO)))
def test_the_schema_that_a_file_names_is_its_own(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    if first.startswith(HEADER):
        target = (file.parent / first.removeprefix(HEADER)).resolve()
        assert json.loads(target.read_text(encoding="utf-8")) == schema_of(file)


@pytest.mark.parametrize(
    "fault",
    [
        {"stemm": "x"},
        {"tables": []},
        {"source_rank": 7},
        {"tables": [{"name": "a", "orientation": "sideways", "find": {"corner": "地区"}}]},
        {"tables": [{"name": "a", "orientation": "long", "era": {"from": "2019-13"}}]},
    ],
)
def test_a_mistake_is_marked_in_the_editor(fault: dict[str, Any]) -> None:
    file = REPO / "ingest/catalog/shaoyang/sources/sytjj__yuebao.yaml"
    data = read(file)
    assert not Draft202012Validator(schema_of(file)).is_valid({**data, **fault})
