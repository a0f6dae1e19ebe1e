"""Tables in XML: elements named table, row and cell; rows of cells under any names; records with named fields.

Belongs here: telling these apart by their structure. Does not belong here: SpreadsheetML, and pages (``html.py``).
A record is a repeated element with attributes or child elements; records inside records inherit the outer fields, so
that a nested document becomes one long table and nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ingest import limits
from ingest.grids.grid import Grid
from ingest.grids.html import spanned_grid
from ingest.grids.markup import MAX_DEPTH, local_name, parse_xml, text_of
from ingest.grids.page import Page
from ingest.grids.records import records_grid

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES = ("title", "caption", "name", "标题", "名称", "description")
_DATES = ("date", "pubdate", "published", "released", "release_date", "period", "month", "year")
"""Attributes whose value says nothing without their name."""
_ROWS, _CELLS = ("row", "tr"), ("cell", "td", "th")


def read_xml(text: str) -> Page:
    """All tables of an XML document, and its other texts in order."""
    root = parse_xml(text.encode("utf-8", "replace"), "utf-8")
    page = Page()
    has_tables = any(_is_table(element) for element in root.iter("{*}table"))
    _walk(page, root, has_tables, 0)
    return page


def _is_table(element: _Element) -> bool:
    if local_name(element) != "table" or next(element.iterdescendants("{*}table"), None) is not None:
        return False
    return next(element.iterdescendants("{*}row", "{*}tr"), None) is not None


def _walk(page: Page, element: _Element, only_tables: bool, depth: int) -> None:
    if only_tables and _is_table(element):
        page.add_grid(_table(element))
        return
    page.add_text(element.text or "")
    for name, value in element.attrib.items():
        if str(name) in _TITLES or not str(value).isascii():
            page.add_text(str(value))
        elif str(name) in _DATES:
            page.add_text(": ".join((str(name), str(value))))
    found = {} if only_tables or depth > MAX_DEPTH else _groups(element)
    tables = {tag: members for tag, members in found.items() if _holds_table(members, len(found))}
    for child in element:
        tag = local_name(child)
        if tag in tables:
            if child is tables[tag][0]:
                page.add_grid(_grid(_title(element) or tag, tables[tag]))
        elif depth > MAX_DEPTH:
            page.add_text(text_of(child))
        else:
            _walk(page, child, only_tables, depth + 1)
        page.add_text(child.tail or "")


def _table(table: _Element) -> Grid:
    rows = [
        [(text_of(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row if local_name(cell) in _CELLS]
        for row in table.iter()
        if local_name(row) in _ROWS
    ]
    return spanned_grid(_title(table), rows)


def _span(cell: _Element, name: str) -> int:
    text = cell.get(name) or "1"
    return min(max(int(text), 1), limits.SPAN) if text.isdecimal() and len(text) < 9 else 1


def _title(element: _Element) -> str:
    return next((title for name in _TITLES if (title := element.get(name))), "")


def _groups(element: _Element) -> dict[str, list[_Element]]:
    groups: dict[str, list[_Element]] = {}
    for child in element:
        if tag := local_name(child):
            groups.setdefault(tag, []).append(child)
    return groups


def _holds_table(members: Sequence[_Element], siblings: int) -> bool:
    if _are_plain(members):
        return len(members) > 1 or siblings == 1
    if len(members) == 1 and (siblings > 1 or len(members[0]) + len(members[0].attrib) < 2):
        return False
    if all(_is_row(member) for member in members):
        return True
    return all(_is_record(member, 0) for member in members)


def _are_plain(members: Sequence[_Element]) -> bool:
    """Whether all of them hold nothing but leaves of different names: the common case, told by libxml2 at once."""
    parent = members[0].getparent()
    if parent is None or len(parent) != len(members) or parent.xpath("boolean(*/@* | */*/* | */*/@*)"):
        return False
    return all(len(member) == len({child.tag for child in member}) > 1 for member in members)


def _is_row(element: _Element) -> bool:
    """A row of cells: leaves of one name, two or more, that only their position tells apart."""
    tags = {local_name(child) for child in element}
    return len(element) > 1 and len(tags) == 1 and not any(len(child) or child.attrib for child in element)


def _is_record(element: _Element, depth: int) -> bool:
    if depth > MAX_DEPTH or not (len(element) or element.attrib) or _is_row(element):
        return False
    return all(_is_record(child, depth + 1) for child in element if len(child))


def _grid(name: str, members: Sequence[_Element]) -> Grid:
    if _are_plain(members):
        return records_grid(name, ({local_name(child): text_of(child) for child in m} for m in members))
    if all(_is_row(member) for member in members):
        return spanned_grid(name, [[(text_of(cell), 1, 1) for cell in member] for member in members])
    return records_grid(name, (row for member in members for row in _rows(member, {})))


def _rows(record: _Element, outer: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows that a record makes: one, or one for each record inside it."""
    fields = dict(outer)
    _add(fields, "", record.items())
    inner: list[_Element] = []
    for tag, members in _groups(record).items():
        nested = len(members) > 1 and any(len(member) or member.attrib for member in members)
        if nested:
            inner.extend(members)
        else:
            for member in members:
                _flatten(fields, tag, member)
    if not len(record) and (text := text_of(record)):
        fields[local_name(record)] = text
    if not inner:
        yield fields
    for member in inner:
        yield from _rows(member, fields)


def _flatten(fields: dict[str, str], name: str, element: _Element) -> None:
    """The fields of an element that stands once in its record, under names that say the way to them."""
    _add(fields, f"{name}@", element.items())
    if not len(element):
        _add(fields, "", [(name, text_of(element))])
    for child in element:
        if tag := local_name(child):
            _flatten(fields, f"{name}/{tag}", child)


def _add(fields: dict[str, str], prefix: str, new: Iterable[tuple[Any, Any]]) -> None:
    for name, value in new:
        key = prefix + str(name).rpartition("}")[2]
        number = 2
        while key in fields:
            key, number = f"{prefix}{name} {number}", number + 1
        fields[key] = str(value)
