"""Which labels are regions, which of them the pack knows, and what is proposed for the others.

Belongs here: names of places. Does not belong here: indicators, or where a label stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ingest.interpret.headers import RegionFinder
from ingest.interpret.labels import LabelReader, nearest
from ingest.pack import Pack
from ingest.pack.labels import fold, given_labels
from ingest.pack.models import Region, RegionLevel
from ingest.probe.words import NOTE, TOTAL, strip_period
from ingest.spec import Find, TableSpec
from ingest.text import normalise

_CORNER = re.compile(
    r"地区|区域|县市|县\(市|市\(县|区县|区\(县|城市|市州|州市|省份|省市|省区|地域|区別|区划|乡镇|街道|市区$|"
    r"^(?:province|region|state|county|city|area|ward|district)|\bward\b|state and area",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r".{1,12}(?:[省市区县旗州盟]|地区|特区|新区|镇|乡|街道)$")
_RELATIVE = re.compile(
    r"^(?:全[国省市区县州旗]|市辖区|[省市区县州]?本级|[市区县]直.{0,2}|[省市区县]合计|全[国省市区县]合计)$"
)
_GROUP = re.compile(r"地区$|城市群|片区|组团|合计|其他|本级|直属|开发区|示范区|园区")
_LEVELS: tuple[tuple[str, RegionLevel], ...] = (
    (r"^全国|^中国$", "nation"), (r"省$|自治区$|^全省|^(?:北京|上海|天津|重庆)市?$", "province"),
    (r"市辖区$", "collective"), (r"市$|州$|盟$|^全市", "city"), (r"区$|^全区", "district"),
    (r"县$|旗$|^全县", "county"),
)  # fmt: skip
_TITLE_NAME = re.compile(r"^([\u4e00-\u9fff]{2,10}?(?:省|自治区|自治州|市|自治县|县|区))")
_KEY_LINE = re.compile(r"^(地区|区域|省份|城市|所在地|行政区划?)[:](.+)$")
_NO_NAME = re.compile(r"^(?:地区|城市|全|各|分|大中|本|社区|园区|市区|城区|小区|景区)|居民|城镇")
FIRST_DAY = date(1900, 1, 1)
OWN = "（本文件）"
"""Behind a name that the pack gives to something else."""


@dataclass
class Regions:
    """Regions of one file: the pack's, and those proposed."""

    pack: Pack
    labels: LabelReader
    is_local: bool = True
    proposed: dict[str, Region] = field(default_factory=dict)
    _given: set[str] | None = None
    _finder: RegionFinder | None = None

    def known(self, text: str) -> str | None:
        """The code that the pack gives a label; words such as 全市 count only in a file of the pack's own place."""
        label = self.labels(text)
        if _RELATIVE.match(label.norm) and not self.is_local:
            return None
        if self._finder is None:
            table = TableSpec(name="probe", orientation="regions_down", find=Find(corner=("地区",)))
            self._finder = RegionFinder(self.pack, table, self.labels, None)
        return self._finder.code(text)

    def is_relative(self, text: str) -> bool:
        """Whether a label names a place only in its surroundings: 全市."""
        return _RELATIVE.match(self.labels(text).norm) is not None

    def propose(self, text: str, name: str | None = None, level: RegionLevel | None = None) -> str:
        """The code of a new region of that label."""
        key = normalise(name or text)
        name = name or _printed(text)
        if self._is_taken(name):
            name = key = f"{name}{OWN}"
        if key not in self.proposed:
            taken = {region.region_code for region in (*self.pack.regions, *self.proposed.values())}
            number = len(self.proposed) + 1
            while (code := f"R{number:03d}") in taken:
                number += 1
            self.proposed[key] = Region(
                region_code=code, region_name=name, region_name_en=name if name.isascii() else code,
                region_level=level or _level(name), valid_from=FIRST_DAY, note="由 jindu probe 提出，待人确认",
            )  # fmt: skip
        return self.proposed[key].region_code

    def _is_taken(self, name: str) -> bool:
        """Whether the pack gives that name to a region already."""
        if self._given is None:
            self._given = {fold(label) for region in self.pack.regions for label in given_labels(region)}
        return fold(name) in self._given

    def of_label(self, text: str, titles: list[str]) -> tuple[str, bool]:
        """The region of an unknown label, and whether only this table's own word list can say so."""
        norm = normalise(text)
        named = self.in_title(titles) if norm.startswith("全市") else None
        if named is not None and named[1].endswith("市"):
            return named[0], True
        return self.propose(text), self.is_relative(text) or self._is_taken(norm)

    def code(self, text: str) -> str | None:
        """The code of a label, the pack's or a proposed one."""
        found = self.proposed.get(normalise(text))
        return self.known(text) or (found.region_code if found else None)

    def similar(self, text: str) -> list[str]:
        """Names of the pack that look like a label."""
        names = [name for region in self.pack.regions for name in (region.region_name, *region.aliases)]
        return nearest(text, names)

    def is_corner(self, text: str) -> bool:
        """Whether a corner says that the labels below it are regions."""
        return _CORNER.search(normalise(text)) is not None or _CORNER.search(" ".join(text.split())) is not None

    def share(self, texts: list[str]) -> float:
        """Which share of labels the pack knows as regions, or which at least end as regions do."""
        labels = [text for text in dict.fromkeys(texts) if not TOTAL.match(normalise(text)) and not self.is_note(text)]
        if not labels:
            return 0.0
        known = sum(1 for text in labels if self.code(text))
        shaped = sum(1 for text in labels if _SUFFIX.fullmatch(normalise(text)) or self.is_relative(text))
        return max(known, shaped if len(labels) > 2 else 0) / len(labels)

    def is_note(self, text: str) -> bool:
        """Whether a label is a remark below a table."""
        return NOTE.search(normalise(text)) is not None or len(normalise(text)) > 30

    def named(self, texts: list[str]) -> tuple[str, str] | None:
        """The region of the pack that a title names; nothing is proposed."""
        return next((found for text in texts if (found := self._named(strip_period(normalise(text))))), None)

    def in_title(self, texts: list[str]) -> tuple[str, str] | None:
        """The region that a title begins with or names most precisely: its code and its label there."""
        for text in texts:
            found = self._named(strip_period(normalise(text)))
            if found:
                return found
        for text in texts:
            match = _TITLE_NAME.match(strip_period(normalise(text)))
            if match and not _NO_NAME.search(match[1]):
                return self.propose(match[1]), match[1]
        return None

    def _named(self, title: str) -> tuple[str, str] | None:
        """The most precise region of the pack that stands in a title: the last one that lies in those before it."""
        best: tuple[str, str] | None = None
        position = 0
        while position < len(title):
            ends = range(min(len(title), position + 12), position + 1, -1)
            label = next((title[position:end] for end in ends if self._may_name(title[position:end])), None)
            code = self.pack.region_by_label(label) if label else None
            if label and code and (position == 0 or (best is not None and self._within(code, best[0]))):
                best, position = (code, label), position + len(label)
            else:
                position += 1
        return best

    def _may_name(self, text: str) -> bool:
        return not _RELATIVE.match(text) and self.pack.region_by_label(text) is not None

    def _within(self, code: str, ancestor: str) -> bool:
        parents = {region.region_code: region.parent_code for region in self.pack.regions}
        above = parents.get(code)
        while above is not None and above != ancestor:
            above = parents.get(above)
        return above == ancestor


def _printed(text: str) -> str:
    """A name as it is printed: words in Latin letters keep the space between them."""
    return " ".join(text.split()) if text.isascii() else normalise(text)


def _level(name: str) -> RegionLevel:
    if _GROUP.search(name) and not re.search(r"^全[国省市区县]", name):
        return "group"
    return next((level for pattern, level in _LEVELS if re.search(pattern, name)), "county")


def key_line(text: str) -> tuple[str, str] | None:
    """A line above a table that names its region (地区：河南省): the key and the name."""
    match = _KEY_LINE.match(normalise(text))
    return (match[1], match[2]) if match else None
