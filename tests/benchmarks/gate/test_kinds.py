"""Every kind of fault can be made, and changes in the file what it says it changes and nothing else."""

from __future__ import annotations

import random

import pytest

from benchmarks.gate.books import Book, Content, open_book
from benchmarks.gate.cells import split_address, to_address
from benchmarks.gate.draft import Draft
from benchmarks.gate.information import Knowledge
from benchmarks.gate.kinds import all_kinds
from benchmarks.gate.score import draw
from benchmarks.gate.worlds import Delivery

KINDS = all_kinds()


def contents(book: Book) -> dict[tuple[str, str], Content]:
    return {
        (sheet, to_address(row, column)): book.get(sheet, row, column)
        for sheet in book.sheets
        for row in range(1, book.size(sheet)[0] + 1)
        for column in range(1, book.size(sheet)[1] + 1)
        if book.get(sheet, row, column) is not None
    }


def drawn(name: str, number: int, delivery: Delivery, knowledge: Knowledge) -> Draft | None:
    return draw(KINDS[name], number, 1, {"demonstration": [delivery]}, {id(delivery): knowledge})


def test_there_are_many_kinds_with_their_reasons() -> None:
    assert len(KINDS) >= 28
    assert all(kind.title and kind.why and kind.worlds for kind in KINDS.values())


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_changes_exactly_the_cells_it_names(name: str, delivery: Delivery, knowledge: Knowledge) -> None:
    draft = next(filter(None, (drawn(name, number, delivery, knowledge) for number in range(3))), None)
    assert draft is not None, "no place for this kind in a month of the demonstration"
    clean = delivery.letter(draft.file)
    before = contents(open_book(clean.path, clean.payload))
    after = contents(open_book(clean.path, draft.letter().payload))
    draft.put_back()
    differing = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    stated = {(sheet, to_address(row, column)) for sheet, row, column in draft.changes}
    assert differing
    assert draft.is_reworded or differing == stated
    assert draft.affected()


def test_the_same_seed_draws_the_same_case(delivery: Delivery, knowledge: Knowledge) -> None:
    changes = []
    for _ in range(2):
        draft = drawn("digits_exchanged", 4, delivery, knowledge)
        assert draft is not None
        changes.append(dict(draft.changes))
        draft.put_back()
    assert changes[0] == changes[1]


def test_a_draft_that_is_put_back_leaves_the_clean_file(delivery: Delivery, knowledge: Knowledge) -> None:
    draft = drawn("column_emptied", 0, delivery, knowledge)
    assert draft is not None
    clean = delivery.letter(draft.file)
    draft.put_back()
    assert contents(draft.book) == contents(open_book(clean.path, clean.payload))


def test_addresses_lead_there_and_back() -> None:
    for address in ("A1", "Z9", "AA10", "AZ3", "BA200"):
        assert to_address(*split_address(address)) == address


def test_a_slip_within_the_usual_change_is_not_called_detectable(delivery: Delivery, knowledge: Knowledge) -> None:
    draft = Draft(delivery, knowledge, delivery.files[0], random.Random(1))
    growth = next(cell for cell in draft.figures if cell.indicator == "industrial_va" and cell.region == "410500")
    draft.number(growth, growth.value + 0.1)
    assert draft.reasons() == []
    draft.number(growth, growth.value * 100)
    assert "its own series" in draft.reasons()
    draft.put_back()


def test_a_level_that_no_longer_fits_its_growth_is_detectable(delivery: Delivery, knowledge: Knowledge) -> None:
    file = next(file for file in delivery.files if "财政收支情况" in file)
    draft = Draft(delivery, knowledge, file, random.Random(1))
    level = next(cell for cell in draft.figures if cell.indicator == "budget_revenue" and cell.month.year == 2023
                 and cell.is_level)  # fmt: skip
    draft.number(level, level.value * 1.05)
    assert {"growth and levels", "printed elsewhere"} <= set(draft.reasons())
    draft.put_back()
