"""The parsers for markup: no network, no entities of the file's own, no trees without limit.

Belongs here: parser settings and what every markup format shares. Does not belong here: any one format's tags.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.grids.errors import UnreadableError
from ingest.grids.page import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 60
"""Elements deeper than this are no table; lxml itself ends at 256, Python's own stack not much later."""


def parse_xml(content: bytes, encoding: str | None = None) -> _Element:
    """The root of an XML document; ``encoding`` overrides what the document says of itself."""
    from lxml import etree

    parser = etree.XMLParser(
        no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, encoding=encoding,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser=parser)
    except (ValueError, etree.LxmlError) as error:
        raise UnreadableError(
            "XML 内容不完整或已损坏。", f"The XML is incomplete or damaged ({_first_line(error)})."
        ) from error


def parse_html(text: str) -> _Element:
    """The root of a page, however untidy."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, huge_tree=False, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, etree.LxmlError) as error:
        raise UnreadableError("网页内容为空或已损坏。", "The page is empty or damaged.") from error


def local_name(element: _Element) -> str:
    """Name of an element without its namespace; empty for entities and the like."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: _Element) -> str:
    """All text inside an element, on one line."""
    text = (
        element.text or "" if not len(element) else "".join(str(piece) for piece in element.itertext(with_tail=False))
    )
    return one_line(text)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
