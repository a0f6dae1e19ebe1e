"""The columns of a table: what their headers say, and the patterns by which the reader will find each again.

Belongs here: header texts, periods above columns, patterns that fit one column and no other. Does not belong here:
which measure follows from the words (``decide.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.interpret.labels import Label, LabelReader, matches
from ingest.interpret.periods import read_period
from ingest.periods import Period
from ingest.probe.areas import Area, is_meta
from ingest.probe.draft import Desk, Head
from ingest.probe.regions import key_line
from ingest.probe.words import NOTE, Words, read_words, strip_period
from ingest.text import normalise

_YEAR = re.compile(r"(?:19|20)\d\d年")
_DIGITS = re.compile(r"\d+")
_LEAD = re.compile(
    r"^(?:[各分](?:县\(市、区\)|市\(县、区\)|县市区|区县|市县|市州|地区|省市?|市|县)|各?县\(市、区\)|\d+个大中城市)"
)
_TABLE_NO = re.compile(r"^表\d*[:：\s]?|^\(?[一二三四五六七八九十]+[、)]|^\d+[、.](?!\d)")
_TAIL = re.compile(r"(?:完成)?(?:情况表?|统计表|一览表|汇总表|表)$")
_TITLE_LENGTH = 60
_NO_TITLE = re.compile(r"^(?:时间|日期|数据库|来源)[:]|現在$|现在$|^asof", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d")


def read_heads(desk: Desk, area: Area, year: int | None) -> list[Head]:
    """The value columns with their words; a region among the header's texts is taken out first."""
    heads = []
    for column in area.columns:
        texts = [part.text for part in area.header_parts(column) if part.column > area.label_column]
        joined = "".join(text.strip() for text in texts)
        units = next((units for text in reversed(texts) if (units := desk.labels(text).units)), ())
        words = replace(read_words(desk.labels(joined)), units=units)
        heads.append(Head(column, texts, words, read_period(joined, year)))
    return heads


def column_match(labels: LabelReader, head: Head, others: Iterable[Head]) -> tuple[str, str | None] | None:
    """A pattern (and a text above, if needed) that fits this column and none of the others."""
    rest = [other for other in others if other.column != head.column]
    for pattern in _candidates(labels, head):
        if _fits(labels, pattern, head) and not any(_fits(labels, pattern, other) for other in rest):
            return pattern, None
    lowest = strip_period(labels(head.texts[-1]).bare) or normalise(head.texts[-1])
    for upper in reversed(head.texts[:-1]):
        over = strip_period(labels(upper).bare)
        clash = [o for o in rest if _fits(labels, lowest, o) and any(matches((over,), labels(t)) for t in o.texts[:-1])]
        if over and not clash and matches((lowest,), labels(head.texts[-1])):
            return lowest, over
    return None


def _candidates(labels: LabelReader, head: Head) -> list[str]:
    lowest, joined = labels(head.texts[-1]), labels(head.joined)
    found = [strip_period(lowest.bare), lowest.norm, strip_period(joined.bare), joined.norm]
    found += [strip_period(labels(text).bare) for text in reversed(head.texts[:-1])]
    dated = [period_pattern(labels(text).bare) for text in head.texts if read_period(text, 2000)]
    lasting = [text for text in found if read_period(text, 2000) is None]
    return [one for one in dict.fromkeys([*lasting, *dated, *found]) if one]


def _fits(labels: LabelReader, pattern: str, head: Head) -> bool:
    """Whether the reader would give a pattern this column: by the lowest text, all joined, or any of them."""
    every = [labels(text) for text in head.texts]
    return any(matches((pattern,), label) for label in (*every, labels(head.joined)))


def period_pattern(text: str) -> str:
    """A regular expression for a printed period in which year and month may change."""
    parts = [re.escape(piece) for piece in _YEAR.split(normalise(text))]
    year = r"((19|20)\d\d年)?" if any(parts) else r"(19|20)\d\d年"
    pattern = year.join(_DIGITS.sub(r"\\d{1,2}", part) for part in parts)
    return f"~^{pattern}$"


def title_of(desk: Desk, area: Area) -> str | None:
    """The text above a table that names it: the nearest that is no unit, date, notice or line of keys."""
    for cell in area.titles:
        text = cell.text.strip()
        bare = strip_period(desk.labels(text).bare)
        if cell.number is not None or is_meta(text) or key_line(text) or NOTE.search(normalise(text)):
            continue
        limit = _TITLE_LENGTH * (2 if text.isascii() else 1)
        if len(bare) > 1 and len(text) <= limit and not _NO_TITLE.search(normalise(text)) and not _DATE.search(bare):
            return text
    return None


def title_topic(desk: Desk, title: str | None) -> str:
    """What a title is about, without period, unit, number, region and words such as 情况表."""
    if title is None:
        return ""
    bare = _TABLE_NO.sub("", strip_period(desk.labels(title).bare))
    named = desk.regions.in_title([bare])
    if named and bare.startswith(named[1]):
        bare = bare.removeprefix(named[1])
    return _TAIL.sub("", _LEAD.sub("", bare)).strip(":：,，、的") or bare


def title_words(desk: Desk, title: str | None) -> Words:
    """What a title says about the figures below it."""
    topic = title_topic(desk, title)
    if not topic:
        return Words("", "")
    label: Label = desk.labels(topic)
    words = read_words(label)
    units = desk.labels(title or "").units
    return Words(title or "", words.topic, units, words.family, words.span, words.basis)


def title_pattern(labels: LabelReader, title: str, topic: str) -> str:
    """A pattern for a title that does not name the period."""
    label = labels(title)
    for plain in (strip_period(label.bare), label.norm):
        if matches((plain,), label) and plain == strip_period(plain):
            return plain
    found = topic if topic and topic in label.norm else max(re.split(r"[\d年月季度\-]+", label.norm), key=len)
    return f"~{re.escape(found)}$" if label.bare.endswith(found) else f"~{re.escape(found)}"


def title_period(area: Area, year: int | None) -> Period | None:
    """The period that a text above the table prints."""
    found = (read_period(cell.text, year) for cell in area.titles if cell.number is None)
    return next((period for period in found if period is not None), None)
