"""What Excel lets a clerk type into a cell: numbers of a plausible sign, a unit and a status from a list.

Belongs here: the rules that the office program enforces, with Chinese messages. Does not belong here: what the reader
makes of a cell that got round them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.forms.model import Field
from ingest.forms.wording import STATUSES

if TYPE_CHECKING:
    from ingest.pack import Pack

_RATIOS = ("growth_", "rate_", "share_", "index_", "completion_")
_PROMPT_LIMIT = 255


def unit_choices(pack: Pack, field: Field) -> list[str]:
    """The units that a figure may be given in, the usual one first."""
    usual = pack.unit(field.unit_code)
    if usual is None:
        return [field.unit_code]
    if field.measure.startswith(_RATIOS):
        return [usual.unit_name]
    others = [u.unit_name for u in pack.units if u.dimension == usual.dimension and u.unit_code != usual.unit_code]
    return [usual.unit_name, *others]


def is_counted(pack: Pack, field: Field) -> bool:
    """Whether a figure can only be whole: things counted one by one, with no larger unit to choose."""
    measure = pack.measure(field.indicator, field.measure)
    is_level = field.measure.startswith("level_")
    return is_level and measure is not None and measure.display_decimals == 0 and len(unit_choices(pack, field)) == 1


def status_choice() -> dict[str, Any]:
    """The drop-down of statuses."""
    return {
        "validate": "list", "source": list(STATUSES), "error_title": "情况",
        "error_message": "请从列表中选择；没有合适的，请留空并在备注中说明。Choose from the list.",
    }  # fmt: skip


def value_rule(pack: Pack, field: Field) -> dict[str, Any]:
    """What a figure must be: a number, whole where things are counted, of a sign that its measure can have."""
    kind = field.measure.split("_")[0]
    rule: dict[str, Any] = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "stop"}
    said = "请填写不小于 0 的数字；没有数请在“情况”栏选择原因，不要写文字。A number from 0 on."
    if kind == "growth":
        rule |= {"criteria": "between", "minimum": -100, "maximum": 1000, "error_type": "warning"}
        said = (
            "增速应是 -100 到 1000 之间的数字（填 5.3 表示 5.3%，不要写 %）。确实如此才选“是”。"
            "A number from -100 to 1000."
        )
    elif kind == "change":
        rule |= {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
        said = "请填写数字，减少填负数。A number; a decrease is negative."
    elif kind == "share":
        rule |= {"criteria": "between", "minimum": 0, "maximum": 100}
        said = "比重应在 0 到 100 之间（填 45.2 表示 45.2%，不要写 %）。A number from 0 to 100."
    elif kind in ("rate", "completion", "index"):
        said = "请填写不小于 0 的数字（填 45.2 表示 45.2%，不要写 %）。A number from 0 on."
    elif is_counted(pack, field):
        rule["validate"] = "integer"
        said = "请填写不小于 0 的整数；没有数请在“情况”栏选择原因。A whole number from 0 on."
    assert len(said) <= _PROMPT_LIMIT
    return rule | {"error_title": "数字", "error_message": said}
