"""What counts as found, held and named: by hand, and through the real gate."""

from __future__ import annotations

import random
from pathlib import Path

import benchmarks.gate
from benchmarks.gate.cells import Cell
from benchmarks.gate.draft import Draft
from benchmarks.gate.information import Knowledge
from benchmarks.gate.kinds import all_kinds
from benchmarks.gate.line import Finding, Outcome, Runner
from benchmarks.gate.report import Tally, goals, load_names, mean, tallies
from benchmarks.gate.score import Case, draw, run_case, score
from benchmarks.gate.worlds import Delivery

KINDS = all_kinds()


def spoilt(delivery: Delivery, knowledge: Knowledge) -> tuple[Draft, Cell, Case]:
    draft = Draft(delivery, knowledge, delivery.files[0], random.Random(1))
    cell = draft.figures[0]
    draft.number(cell, cell.value * 10)
    case = Case("magnitude_up", "×10", 0, "demonstration", "2023-03", draft.file, ["sum"], [cell.place], [])
    return draft, cell, case


def outcome_of(draft: Draft, held: list[Cell], findings: list[Finding]) -> Outcome:
    places = {(draft.file, cell.place) for cell in draft.cells}
    kept = frozenset((draft.file, cell.place) for cell in held)
    return Outcome(findings, frozenset(), kept, frozenset(places - kept))


def said_of(cell: Cell, rule: str = "some_rule", severity: str = "critical") -> Finding:
    return Finding(severity, rule, cell.file, cell.sheet, cell.address)


def test_a_finding_at_the_wrong_cell_that_is_held_counts(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    score(case, draft, draft.file, outcome_of(draft, [cell], [said_of(cell)]))
    assert (case.detected, case.held_right, case.rules) == (True, True, ["some_rule"])
    draft.put_back()


def test_a_warning_finds_but_does_not_hold(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    score(case, draft, draft.file, outcome_of(draft, [], [said_of(cell, severity="warning")]))
    assert (case.detected, case.held_right) == (True, False)
    draft.put_back()


def test_a_finding_at_another_cell_is_noted_and_does_not_count(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, _, case = spoilt(delivery, knowledge)
    other = draft.figures[1]
    score(case, draft, draft.file, outcome_of(draft, [other], [said_of(other)]))
    assert (case.detected, case.held_right, case.elsewhere) == (False, False, ["some_rule"])
    draft.put_back()


def test_a_finding_at_the_heading_of_the_wrong_figure_counts(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    heading = Finding("warning", "some_rule", cell.file, cell.sheet, "ZZ1", None, cell.indicator, cell.measure,
                      str(cell.month))  # fmt: skip
    score(case, draft, draft.file, outcome_of(draft, [], [heading]))
    assert case.detected
    other = Finding("warning", "some_rule", cell.file, cell.sheet, "ZZ1", None, "of_another", cell.measure)
    score(case, draft, draft.file, outcome_of(draft, [], [other]))
    assert not case.detected
    draft.put_back()


def test_a_finding_of_a_sheet_counts_where_no_figure_of_it_is_right(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    of_the_sheet = outcome_of(draft, [], [Finding("warning", "some_rule", cell.file, cell.sheet, None)])
    score(case, draft, draft.file, of_the_sheet)
    assert not case.detected, "the other figures of the sheet are right"
    case.affected = [other.place for other in draft.cells if other.sheet == cell.sheet]
    score(case, draft, draft.file, of_the_sheet)
    assert case.detected
    score(
        case, draft, draft.file, outcome_of(draft, [], [Finding("warning", "some_rule", cell.file, "另一张表", None)])
    )
    assert not case.detected, "another sheet"
    draft.put_back()


def test_holding_half_of_the_table_for_one_cell_is_not_right(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    score(case, draft, draft.file, outcome_of(draft, draft.figures[:20], [said_of(cell)]))
    assert (case.detected, case.held_right, case.held_besides) == (True, False, 19)
    draft.put_back()


def test_what_the_clean_file_was_told_too_does_not_count(delivery: Delivery, knowledge: Knowledge) -> None:
    draft, cell, case = spoilt(delivery, knowledge)
    before = delivery.clean.findings[:]
    delivery.clean.findings.append(said_of(cell))
    try:
        score(case, draft, draft.file, outcome_of(draft, [], [said_of(cell)]))
    finally:
        delivery.clean.findings[:] = before
    assert not case.detected
    draft.put_back()


def test_kinds_count_alike_however_many_cases_they_have(delivery: Delivery, knowledge: Knowledge) -> None:
    def case(kind: str, detected: bool, reasons: list[str]) -> Case:
        return Case(kind, "", 0, "", "", "", reasons, [], [], detected=detected, rules=["a_rule"] * detected)

    cases = [case("rank_altered", True, ["x"])] + [case("sign_flipped", False, ["x"])] * 3
    cases.append(case("sign_flipped", True, []))  # found, but nothing printed contradicts it: counted apart
    kinds = [KINDS["rank_altered"], KINDS["sign_flipped"]]
    rows = tallies(cases, kinds, {"rank_altered": ["a_rule"], "sign_flipped": ["other_rule"]})
    assert [(row.detected, row.named, len(row.others)) for row in rows] == [(1.0, 1.0, 0), (0.0, None, 1)]
    assert mean(row.detected for row in rows) == 0.5
    assert [line.split(":")[0] for line in goals(rows)] == ["NOT MET", "NOT MET"]
    assert [line.split(":")[0] for line in goals([rows[0], Tally("none", [], frozenset())])] == ["MET", "MET"]


def test_words_in_a_cell_do_not_pass_the_real_line(
    delivery: Delivery, knowledge: Knowledge, runner: Runner, tmp_path: Path
) -> None:
    kind = KINDS["words_in_a_cell"]
    draft = draw(kind, 1, 1, {"demonstration": [delivery]}, {id(delivery): knowledge})
    assert draft is not None
    assert draft.size == "words"
    case = run_case(kind, 1, draft, runner, tmp_path / "home")
    assert case.detected, case
    assert case.held_share == 1.0


def test_an_amount_ten_thousand_times_too_large_is_found(
    delivery: Delivery, knowledge: Knowledge, runner: Runner, tmp_path: Path
) -> None:
    kind = KINDS["magnitude_up"]
    draft = draw(kind, 3, 1, {"demonstration": [delivery]}, {id(delivery): knowledge})
    assert draft is not None
    assert draft.size == "×10000"
    case = run_case(kind, 3, draft, runner, tmp_path / "home")
    assert case.is_detectable, case
    assert case.detected, case


def test_the_file_of_right_names_knows_every_kind() -> None:
    names = load_names(Path(benchmarks.gate.__file__).with_name("names.yaml"))
    assert set(names) == set(KINDS)
