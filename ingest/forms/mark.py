"""The mark that makes a workbook a form: a hidden sheet with version, pack, bureau, month, check sum and keys.

Belongs here: writing the mark, finding it again, and what a workbook without a whole one is told. Does not belong
here: reading the cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ingest.forms.heading import NUMBER_PREFIX, form_number
from ingest.forms.model import VERSION, Form
from ingest.interpret.result import Refusal
from ingest.text import normalise

if TYPE_CHECKING:
    from ingest.grids import Grid, GridFile
    from ingest.pack import Pack

SHEET = "_jindu"
_WORD = "JINDU-FORM"
_CHUNK = 30_000
"""A cell takes 32 767 characters."""
_ADVICE = (
    "请在系统发出的填报表原件中填写，另存为 .xlsx 后整本报送；没有原件请向统计部门索取。",
    "Fill in the form itself as it was issued, save it as .xlsx and send the whole workbook; ask for a new one "
    "if it is lost.",
)


def lines(form: Form) -> list[str]:
    """What stands in the hidden sheet, one text a row."""
    body = form.model_dump_json()
    head = [_WORD, str(form.version), form.pack, form.bureau, f"{form.month:%Y-%m}", form.checksum]
    return head + [body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)]


def find_mark(file: GridFile) -> Grid | None:
    """The sheet that carries the mark."""
    for grid in file.grids:
        first = grid.cell(0, 0)
        if first is not None and first.text.strip() == _WORD:
            return grid
    return None


def read_mark(grid: Grid, pack: Pack) -> Form | Refusal:
    """The form that a mark describes, or why it cannot be used."""
    texts = [cell.text if (cell := grid.cell(row, 0)) else "" for row in range(grid.row_count)]
    version, *whose = [*texts[1:5], "", "", "", ""][:4]
    if version != str(VERSION):
        return _unusable(
            "填报表是旧版本，不能再使用。", "The form is of a version that is no longer read.",
            f"第 {version or '？'} 版", f"version {version or '?'}", f"第 {VERSION} 版", f"version {VERSION}",
        )  # fmt: skip
    if whose[0] != pack.info.name or pack.bureau(whose[1]) is None:
        return _unusable(
            "这是另一套数据包的填报表。", "This form belongs to another pack.",
            f"{whose[0]} · {whose[1]}", f"{whose[0]} · {whose[1]}", pack.info.name, pack.info.name,
        )  # fmt: skip
    try:
        form = Form.model_validate_json("".join(texts[6:]))
    except (ValidationError, ValueError):
        return _damaged("内容不完整", "its content is not whole")
    if form.checksum != texts[5] or [form.pack, form.bureau, f"{form.month:%Y-%m}"] != whose:
        return _damaged("校验码不符", "its check sum does not match")
    return form


def lost_mark(file: GridFile) -> Refusal | None:
    """What to say of a form that was copied or saved without its hidden sheet; None when it is no form at all."""
    for grid, text, address in _heads(file):
        if normalise(NUMBER_PREFIX) in normalise(text):
            return _unusable(
                "填报表丢失了内部标识（可能只复制了内容，或另存为 CSV）。",
                "The form has lost its mark: only its content was copied, or it was saved as CSV.",
                text.strip(), text.strip(), "带隐藏标识页的填报表原件", "the form with its hidden sheet",
                sheet=grid.name, cell=address,
            )  # fmt: skip
    return None


def number_fault(form: Form, file: GridFile) -> Refusal | None:
    """A sheet that belongs to another form than the hidden mark says: two workbooks were put together."""
    own = normalise(form_number(form))
    for grid, text, address in _heads(file):
        said = normalise(text)
        if normalise(NUMBER_PREFIX) in said and not _names(said, own):
            return Refusal(
                "period_contradiction", "表内的表号与填报表的标识不符，可能把两期或两个单位的表拼在了一起。",
                "The printed form number is not the one of the hidden mark: sheets of two forms were put together.",
                found=text.strip(), found_en=text.strip(), expected=form_number(form), expected_en=form_number(form),
                advice=_ADVICE[0], advice_en=_ADVICE[1], sheet=grid.name, cell=address,
            )  # fmt: skip
    return None


def _names(said: str, number: str) -> bool:
    """Whether a line names exactly this form; what follows the number in the line is Chinese."""
    _, _, after = said.partition(number)
    return number in said and not (after[:1].isascii() and after[:1].isalnum())


def _heads(file: GridFile) -> Iterator[tuple[Grid, str, str]]:
    """The texts at the head of the sheets, with where they stand."""
    for grid in file.grids:
        for row in range(8):
            for cell in grid.row_cells(row):
                if cell.number is None and cell.text.strip() != _WORD:
                    yield grid, cell.text, cell.address


def _damaged(why: str, why_en: str) -> Refusal:
    return _unusable(
        "填报表的内部标识被改动或损坏。", "The form's mark has been changed or damaged.",
        why, why_en, "原样的隐藏标识页", "the hidden sheet as it was issued", sheet=SHEET,
    )  # fmt: skip


def _unusable(
    reason: str, reason_en: str, found: str, found_en: str, expected: str, expected_en: str, **place: Any
) -> Refusal:
    return Refusal(
        "form_unusable", reason, reason_en, found=found, found_en=found_en, expected=expected, expected_en=expected_en,
        advice=_ADVICE[0], advice_en=_ADVICE[1], **place,
    )  # fmt: skip
