"""One figure goes wrong under the fingers: digits, gaps, words."""

from __future__ import annotations

from benchmarks.gate.books import plain
from benchmarks.gate.cells import Cell
from benchmarks.gate.draft import Draft, kind

DIGITS = 6
"""Nobody types more digits than are shown; the rest of a long decimal is left alone."""
KEYPAD = {"0": "1", "1": "24", "2": "135", "3": "26", "4": "157", "5": "2468", "6": "359", "7": "48", "8": "579",
          "9": "68"}  # fmt: skip


def _typed(draft: Draft, cell: Cell) -> tuple[str, list[int]]:
    """The figure as it stands, and where its digits are."""
    text = plain(draft.content(cell))
    return text, [at for at, sign in enumerate(text) if sign.isdigit()][:DIGITS]


def _retype(draft: Draft, cell: Cell, text: str) -> bool:
    now = draft.content(cell)
    if float(text) == cell.value:
        return False
    draft.write(cell, text if isinstance(now, str) else (int(text) if isinstance(now, int) else float(text)))
    return True


def _place(size: str, last: int) -> int:
    return {"leading": 0, "second": min(1, last), "middle": last // 2, "trailing": last}[size]


@kind("two digits exchanged", "only if the value moves farther than its normal change, or an equation breaks",
      ("leading", "middle", "trailing"))  # fmt: skip
def digits_exchanged(draft: Draft) -> bool:
    """34 200 becomes 43 200."""
    cell = draft.pick(lambda cell: len(_typed(draft, cell)[1]) >= 2)
    if cell is None:
        return False
    text, digits = _typed(draft, cell)
    at = _place(draft.size, len(digits) - 2)
    signs = list(text)
    one, two = digits[at], digits[at + 1]
    signs[one], signs[two] = signs[two], signs[one]
    return _retype(draft, cell, "".join(signs))


@kind("a neighbouring key pressed", "only if the value moves farther than its normal change, or an equation breaks",
      ("leading", "second", "trailing"))  # fmt: skip
def digit_mistyped(draft: Draft) -> bool:
    """One digit is the one beside it on the keypad."""
    cell = draft.pick()
    if cell is None:
        return False
    text, digits = _typed(draft, cell)
    at = digits[_place(draft.size, len(digits) - 1)]
    return _retype(draft, cell, text[:at] + draft.rng.choice(KEYPAD[text[at]]) + text[at + 1 :])


@kind("a digit left out", "the figure shrinks about tenfold, or less behind the point",
      ("leading", "middle", "trailing"))  # fmt: skip
def digit_dropped(draft: Draft) -> bool:
    """34 200 becomes 3 420."""
    cell = draft.pick(lambda cell: len(_typed(draft, cell)[1]) >= 2)
    if cell is None:
        return False
    text, digits = _typed(draft, cell)
    at = digits[_place(draft.size, len(digits) - 1)]
    left = text[:at] + text[at + 1 :]
    return any(sign.isdigit() for sign in left) and _retype(draft, cell, left)


@kind("a digit typed twice", "the figure grows about tenfold, or less behind the point",
      ("leading", "middle", "trailing"))  # fmt: skip
def digit_doubled(draft: Draft) -> bool:
    """34 200 becomes 344 200."""
    cell = draft.pick()
    if cell is None:
        return False
    text, digits = _typed(draft, cell)
    at = digits[_place(draft.size, len(digits) - 1)]
    return _retype(draft, cell, text[:at] + text[at] + text[at:])


@kind("a figure left out", "the cell has always been filled", ("one cell", "three cells"))
def cell_blanked(draft: Draft) -> bool:
    """The cell is empty."""
    cell = draft.pick()
    if cell is None:
        return False
    cells = [cell] if draft.size == "one cell" else [one for one in draft.grid.column(cell) if one.row >= cell.row][:3]
    if draft.size == "three cells" and not 3 == len(cells) < len(draft.grid.column(cell)):
        return False
    for one in cells:
        draft.write(one, None)
    return True


@kind("a formula's error or words in a cell", "it is not a number",
      ("error value", "words", "letter for a digit", "mark of interrogation"))  # fmt: skip
def words_in_a_cell(draft: Draft) -> bool:
    """#REF!, 待核实, 3O.5, 30.5？."""
    cell = draft.pick(lambda cell: draft.size != "letter for a digit" or any(sign in cell.printed for sign in "01"))
    if cell is None:
        return False
    shown = f"{cell.value:.{cell.decimals}f}"
    said = {
        "error value": draft.rng.choice(("#REF!", "#DIV/0!", "#VALUE!", "#N/A")),
        "words": draft.rng.choice(("待核实", "未报", "见附表", "数据有误")),
        "letter for a digit": shown.replace("0", "O").replace("1", "l"),
        "mark of interrogation": shown + "？",
    }[draft.size]
    if said == shown:
        return False
    draft.write(cell, said)
    return True
