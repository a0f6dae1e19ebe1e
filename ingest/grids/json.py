"""Tables in JSON: records, rows, columns with data, columns of values, at any depth; or one record per line.

Belongs here: telling these apart by their structure. Does not belong here: what a field means. Numbers stay as printed:
``1.50`` has two decimals. What stands beside a table as a plain value is a line of text above it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from ingest.grids.errors import UnreadableError
from ingest.grids.grid import Grid
from ingest.grids.page import Page
from ingest.grids.records import records_grid

_MAX_DEPTH = 30
_MOST_INLINE = 4
_UNIT_KEYS = ("unit", "units", "unitname")
_TITLE_KEYS = ("title", "caption", "name", "标题", "表名")
_ROW_KEYS = ("data", "rows", "values")
_LIST_KEYS = (*_ROW_KEYS, "list", "items", "records")
_HEADER_KEYS = ("columns", "header", "headers", "fields")


def read_json(text: str) -> Page:
    """All tables of a JSON document, and its other texts in order."""
    document = _load(text.lstrip("\ufeff"))
    page = Page()
    _walk(page, document, "", 0)
    return page


def _load(text: str) -> Any:
    try:
        return _once(text)
    except RecursionError as error:
        raise UnreadableError("JSON 嵌套过深。", "The JSON is nested too deeply.") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            with suppress(ValueError, RecursionError):
                return [_strict.decode(line) for line in lines]
        reason = str(error).rstrip(".")
        raise UnreadableError("JSON 不完整或有语法错误。", f"The JSON is incomplete or wrong: {reason}.") from error


def _once(text: str) -> Any:
    """The document; a key that an object has twice is an error, and is looked for only where one can be.

    Each key that was kept ends in the signs that are counted here, so as many of them as keys leave none for a double.
    """
    document = _fast.decode(text)
    if type(document) is list and _is_flat(document, text):
        document = FlatRecords(document)
        keys = sum(map(len, document))
    else:
        keys = _keys(document)
    return document if keys == text.count('":') or keys == text.count(":") else _strict.decode(text)


class FlatRecords(list[dict[str, Any]]):
    """Objects without any object or list in them: known once, not looked at again."""


def _is_flat(records: list[Any], text: str) -> bool:
    if set(map(type, records)) != {dict}:
        return False
    if text.count("{") == len(records) and text.count("[") == 1:
        return True
    return _NESTED.isdisjoint(map(type, chain.from_iterable(map(dict.values, records))))


def _keys(document: Any) -> int:
    """Number of keys of all objects."""
    total, waiting = 0, [document]
    while waiting:
        value = waiting.pop()
        if type(value) is list and set(map(type, value)) == {dict}:
            total += sum(map(len, value))
            if not _NESTED.isdisjoint(map(type, chain.from_iterable(map(dict.values, value)))):
                waiting.extend(each for record in value for each in record.values())
        elif type(value) is list:
            waiting.extend(value)
        elif type(value) is dict:
            total += len(value)
            waiting.extend(value.values())
    return total


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has the same key twice")
    return made


_fast = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_strict = json.JSONDecoder(object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=str)
_NESTED: frozenset[Any] = frozenset((dict, list))


def _is_plain(value: Any) -> bool:
    return type(value) not in _NESTED


def _walk(page: Page, value: Any, name: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise UnreadableError("JSON 嵌套过深。", "The JSON is nested too deeply.")
    if isinstance(value, dict):
        _walk_object(page, value, name, depth)
    elif isinstance(value, list) and (grid := _of_list(value, name)) is not None:
        page.add_grid(grid)
    elif isinstance(value, list):
        for inner in value:
            _walk(page, inner, name, depth + 1)
    else:
        page.add_text("" if value is None else str(value))


def _walk_object(page: Page, value: dict[str, Any], name: str, depth: int) -> None:
    for key, inner in value.items():
        if _is_plain(inner):
            page.add_text(_line(key, inner))
    title = next((str(value[key]) for key in _TITLE_KEYS if isinstance(value.get(key), str)), "")
    grid, used = _of_object(value, title or name)
    if grid is not None:
        page.add_grid(grid)
    for key, inner in value.items():
        if not _is_plain(inner) and key not in used:
            _walk(page, inner, title or key, depth + 1)


def _line(key: str, value: Any) -> str:
    if key.lower() in _UNIT_KEYS:
        return f"单位：{value}"
    if isinstance(value, str) and key.isascii() and not value.replace(".", "", 1).isdecimal():
        return value
    return "" if value is None else f"{key}：{value}"


def _of_list(value: list[Any], name: str) -> Grid | None:
    if not value:
        return None
    if isinstance(value, FlatRecords) and all(value):
        return records_grid(name, value)
    if all(map(_is_plain_list, value)):
        return Grid(name, value)
    if all(isinstance(row, dict) and row for row in value):
        if _NESTED.isdisjoint(map(type, chain.from_iterable(map(dict.values, value)))):
            return records_grid(name, value)
        inline = _inline_keys(value)
        if all(_is_plain(inner) or key in inline for row in value for key, inner in row.items()):
            return records_grid(name, (dict(_fields(row, "", 0)) for row in value))
    return None


def _inline_keys(records: Sequence[dict[str, Any]]) -> set[str]:
    """Nested fields that are a part of each record, not tables of their own: small, and alike in all of them."""
    shapes: dict[str, set[tuple[str, int]]] = {}
    for record in records:
        for key, inner in record.items():
            if isinstance(inner, list) and key.lower() in _LIST_KEYS:
                shapes.setdefault(key, set()).add(("table", _MOST_INLINE + 1))
            elif not _is_plain(inner):
                size = len(inner) if isinstance(inner, list) else -1
                shapes.setdefault(key, set()).add((type(inner).__name__, size))
    return {
        key
        for key, seen in shapes.items()
        if len(seen) == 1 and all(size <= _MOST_INLINE for _, size in seen)
        and all(_is_shallow(record[key], 0) for record in records if key in record)
    }  # fmt: skip


def _is_shallow(value: Any, depth: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    return all(_is_plain(each) or (depth < 2 and len(each) <= 20 and _is_shallow(each, depth + 1)) for each in inner)


def _fields(record: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _fields(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, list):
            yield from _fields({str(n): each for n, each in enumerate(value, 1)}, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, value


def _of_object(value: dict[str, Any], name: str) -> tuple[Grid | None, Iterable[str]]:
    """The table that an object is, and the keys that it takes: {columns, data}, lists of one length, objects by key."""
    header = next((key for key in _HEADER_KEYS if _is_plain_list(value.get(key))), None)
    rows = next((key for key in _ROW_KEYS if isinstance(value.get(key), list)), None)
    if header and rows and all(_is_plain_list(row) for row in value[rows]):
        return _headed(value, value[header], value[rows], name), (header, rows, "index")
    inner = list(value.values())
    if len(inner) < 2:
        return None, ()
    if all(_is_plain_list(each) for each in inner) and len({len(each) for each in inner}) == 1:
        return Grid(name, [list(value), *map(list, zip(*inner, strict=True))]), value
    if all(isinstance(each, dict) and each and all(map(_is_plain, each.values())) for each in inner):
        records = ({"": key, **each} for key, each in value.items())
        return records_grid(name, records), value
    return None, ()


def _is_plain_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_plain, value))


def _headed(value: dict[str, Any], header: list[Any], rows: list[Any], name: str) -> Grid:
    index: Any = value.get("index")
    if _is_plain_list(index) and len(index) == len(rows):
        header, rows = ["", *header], [[key, *row] for key, row in zip(index, rows, strict=True)]
    return Grid(name, [header, *rows])
