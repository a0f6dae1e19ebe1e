"""Mutations of files: of their bytes, of the parts in a zip, of single cells; each follows from its seed alone.

Belongs here: changing a file. Does not belong here: which files (``seeds.py``), or judging what became of them.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

Mutation = Callable[[bytes, Random], bytes]

NUMBERS = ("0", "-0", "1e5", "1E-3", "-5.3", "12,345.6", "１２．５", "1.2.3", "0x1F", "NaN", "inf", "-", "…", "12.5%",
           ">20", "9" * 40, "1e999", " 7 ", "#REF!", "=1+1", "TRUE", "", "12.5*", "(3.2)",
           "2023-06-30", "近100")  # fmt: skip
ODD = (
    "\u3000",
    "\u00a0",
    "\ufeff",
    "\u202e",
    "\x0b",
    '"',
    "'",
    ",",
    ";",
    "\t",
    "\r",
    "\n",
    "&",
    "<",
    "]]>",
    "&amp;",
    "&#x30;",
)
_PART = re.compile(r"\.(?:xml|rels|bin)$")
_ELEMENT = re.compile(
    rb"<((?:[a-z]+:)?(?:c|v|t|row|td|tr|cell|table-cell|table-row|p|xf|numFmt|si))\b[^<>]*(?:/>|>.{0,600}?</\1>)",
    re.DOTALL,
)
_TEXT = re.compile(rb"(?<=>)[^<>]{1,40}(?=<)")
_NUMBER = re.compile(rb"(?<=>)-?\d+(?:\.\d+)?(?=<)")
_ATTRIBUTE = re.compile(rb'(?<=[ :])(r|s|t|ref|rowspan|colspan|numFmtId|formatCode|number-columns-repeated|'
                        rb'number-rows-repeated|value|value-type|name|count|state)="([^"]*)"')  # fmt: skip
_ADDRESSES = ("A1", "B2", "C3", "AA10", "XFD1048576", "A0", "1A", "", "Z99", "B2:D4", "A1:XFD1048576")
_TYPES = ("s", "str", "n", "b", "e", "d", "inlineStr", "string", "float", "percentage", "boolean", "date", "")
_FIELD = re.compile(rb"[^,\t;\r\n<>\"{}\[\]:]{1,30}")


def mutate(content: bytes, seed: Random) -> bytes:
    """One mutated file: of a zip mostly a part that is packed again, else bytes or cells."""
    is_zip = content.startswith(b"PK")
    choices: list[Mutation] = [in_a_part] * 6 + [of_bytes] if is_zip else [_of_text, of_bytes]
    if content.startswith((b"\xd0\xcf", b"%PDF")):
        choices = [of_bytes, _of_records]
    for _ in range(seed.choice((1, 1, 1, 2, 3))):
        content = seed.choice(choices)(content, seed)
    return content


def of_bytes(content: bytes, seed: Random) -> bytes:
    """Bits flipped, runs inserted, deleted, repeated or moved, the end cut off."""
    if not content:
        return b"\0"
    at, length = seed.randrange(len(content)), seed.choice((1, 1, 2, 4, 16, 200))
    kind = seed.randrange(7)
    if kind <= 2:
        changed = bytearray(content)
        for _ in range(seed.choice((1, 1, 3, 10))):
            changed[seed.randrange(len(changed))] ^= 1 << seed.randrange(8)
        return bytes(changed)
    if kind == 3:
        return content[:at]
    run = seed.choice((seed.randbytes(length), b"\0" * length, b"\xff" * length, content[at : at + length]))
    if kind == 4:
        return content[:at] + run + content[at:]
    return content[:at] + (run if kind == 5 else b"") + content[at + length :]


def in_a_part(content: bytes, seed: Random) -> bytes:
    """One part of a zip changed, and all packed again so that the zip itself is valid."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError):
        return of_bytes(content, seed)
    cells = [
        number
        for number, (name, _) in enumerate(parts)
        if re.search(r"sheet\d|sharedStrings|content\.xml|document\.xml", name)
    ]
    others = [number for number, (name, _) in enumerate(parts) if _PART.search(name)]
    target = seed.choice(cells if cells and seed.random() < 0.8 else others or [0])
    name, part = parts[target]
    change = seed.choice((_of_markup, _of_markup, _of_markup, of_bytes)) if part.lstrip()[:1] == b"<" else of_bytes
    parts[target] = (name, change(part, seed))
    if seed.random() < 0.02:
        parts.pop(seed.randrange(len(parts)))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part_name, part_content in parts:
            archive.writestr(zipfile.ZipInfo(part_name), part_content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _of_markup(content: bytes, seed: Random) -> bytes:
    """A cell's value, type, address, format, or the markup around it."""
    kind = seed.randrange(6)
    if kind <= 1 and (found := _one(_NUMBER, content, seed)):
        return _put(content, found, seed.choice(NUMBERS).replace("<", "&lt;").replace(">", "&gt;"))
    if kind == 2 and (found := _one(_TEXT, content, seed)):
        text = found.group().decode("utf-8", "replace")
        at = seed.randrange(len(text) + 1)
        return _put(
            content, found, seed.choice((text[:at] + seed.choice(ODD) + text[at:], seed.choice(NUMBERS), text[::-1]))
        )
    if kind <= 4 and (found := _one(_ATTRIBUTE, content, seed)):
        value = {b"r": _ADDRESSES, b"ref": _ADDRESSES, b"t": _TYPES, b"value-type": _TYPES}.get(
            found.group(1), ("0", "1", "3", "-1", "999", "1000000", "", "0.0%", "x", *NUMBERS[:6])
        )
        start, end = found.span(2)
        return content[:start] + seed.choice(value).encode() + content[end:]
    return _of_tags(content, seed)


def _of_tags(content: bytes, seed: Random) -> bytes:
    """Cells and rows taken out, doubled, exchanged; something foreign put in."""
    first, second = _one(_ELEMENT, content, seed), _one(_ELEMENT, content, seed)
    if not first or not second:
        return of_bytes(content, seed)
    kind = seed.randrange(4)
    if kind == 0:
        return _put(content, first, "")
    if kind == 1:
        foreign = ("<!-- x -->", "&k;", "<![CDATA[1]]>", "<x/>", '<c r="B2"><v>7</v></c>', "<td>7</td>",
                   "<rPh sb='0' eb='1'><t>7</t></rPh>")  # fmt: skip
        at = seed.choice((first.start(), first.end(), first.start() + first.group().index(b">") + 1))
        return content[:at] + seed.choice(foreign).encode() + content[at:]
    if kind == 2 or first.end() > second.start():
        return content[: first.end()] + second.group() + content[first.end() :]
    between = content[first.end() : second.start()]
    return content[: first.start()] + second.group() + between + first.group() + content[second.end() :]


def _of_text(content: bytes, seed: Random) -> bytes:
    """A field of a text table."""
    if content.lstrip(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and seed.random() < 0.7:
        return _of_markup(content, seed)
    found = _one(_FIELD, content, seed)
    if not found:
        return of_bytes(content, seed)
    return _put(content, found, seed.choice((*NUMBERS, *ODD, '"' + seed.choice(NUMBERS), "a,b")))


def _of_records(content: bytes, seed: Random) -> bytes:
    """Bytes of a binary workbook behind its header, where its records stand."""
    changed = bytearray(content)
    for _ in range(seed.choice((1, 2, 5))):
        changed[seed.randrange(min(512, len(changed) - 1), len(changed))] = seed.choice(
            (0, 1, 255, seed.randrange(256))
        )
    return bytes(changed)


def _one(pattern: re.Pattern[bytes], content: bytes, seed: Random) -> re.Match[bytes] | None:
    """One of the matches, found from a random place on, so that a long file need not be searched whole."""
    return pattern.search(content, seed.randrange(len(content) + 1)) or pattern.search(content)


def _put(content: bytes, found: re.Match[bytes], text: str) -> bytes:
    return content[: found.start()] + text.encode("utf-8", "surrogatepass") + content[found.end() :]
