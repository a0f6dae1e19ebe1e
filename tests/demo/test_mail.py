"""The files as they lie in the inbox: same bytes each time, marked, on time but for the planted exceptions."""

from __future__ import annotations

import ast
import hashlib
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from python_calamine import load_workbook

from demo import SIMULATED, faults
from demo.__main__ import main
from demo.letters import Letter
from demo.months import Month, months_between
from demo.schedule import DATASETS
from demo.send import letters
from demo.series import SEED

BY_STEM = {dataset.stem: dataset for dataset in DATASETS}


def _is_broken(letter: Letter) -> bool:
    return (letter.stem, Month.parse(letter.folder)) == faults.TRUNCATED and "重发" not in letter.path


def _text_of(path: Path) -> str:
    if path.suffix in (".xlsx", ".xls"):
        book = load_workbook(path)
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
        return "\n".join(str(value) for row in rows for value in row)
    payload = path.read_bytes()
    return payload.decode("gb18030" if path.name.startswith("就业") else "utf-8-sig")


def test_the_same_seed_writes_the_same_bytes(mail: list[Letter]) -> None:
    months = {str(month) for month in months_between(Month(2023, 5), Month(2023, 6))}
    again = list(letters(SEED, Month(2023, 5), Month(2023, 6)))
    assert again == [letter for letter in mail if letter.folder in months]


def test_another_seed_writes_other_figures(mail: list[Letter]) -> None:
    other = list(letters(1, Month(2023, 6), Month(2023, 6)))
    same = [letter for letter in mail if letter.folder == "2023-06"]
    assert [letter.path for letter in other] == [letter.path for letter in same]
    assert [letter.document for letter in other] != [letter.document for letter in same]


def test_the_command_writes_the_months_asked_for(tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path), "--from", "2023-03", "--to", "2023-03"]) == 0
    assert [folder.name for folder in tmp_path.iterdir()] == ["2023-03"]


def test_every_file_can_be_opened_and_says_that_it_is_simulated(mail: list[Letter], inbox: Path) -> None:
    for letter in mail:
        if not _is_broken(letter):
            assert SIMULATED in _text_of(inbox / letter.path), letter.path


def test_every_file_has_a_valid_side_file(mail: list[Letter], inbox: Path) -> None:
    for letter in mail:
        side = json.loads((inbox / f"{letter.path}.meta.json").read_text(encoding="utf-8"))
        received = datetime.fromisoformat(side["received_at"])
        assert received.utcoffset() == timedelta(hours=8)
        assert received.date() > Month.parse(letter.folder).last_day
        assert side["sender"]
        if "published_at" in side:
            assert datetime.fromisoformat(side["published_at"]) <= received


def test_file_names_are_unique(mail: list[Letter]) -> None:
    assert len({letter.path for letter in mail}) == len(mail)


def test_all_is_on_time_but_what_was_planted(mail: list[Letter]) -> None:
    for letter in mail:
        if not letter.stem or any(word in letter.path for word in ("更正", "重发")):
            continue
        month = Month.parse(letter.folder)
        due = month.last_day + timedelta(days=BY_STEM[letter.stem].due_days)
        late = (letter.arrival.received_at.date() - due).days
        assert late == faults.DAYS_LATE.get((letter.stem, month), late)
        assert (late > 0) == ((letter.stem, month) in faults.DAYS_LATE)


def test_one_month_is_never_sent(mail: list[Letter]) -> None:
    sent = {(letter.stem, Month.parse(letter.folder)) for letter in mail}
    expected = {
        (dataset.stem, month)
        for dataset in DATASETS
        for month in months_between(Month(2021, 1), Month(2023, 12))
        if dataset.is_expected(month)
    }
    assert expected - sent == faults.NEVER_SENT


def test_the_resent_file_is_the_same_bytes(mail: list[Letter]) -> None:
    stem, month = faults.RESENT
    twice = [letter for letter in mail if letter.stem == stem and letter.folder == str(month)]
    assert len({hashlib.sha256(letter.document.payload).hexdigest() for letter in twice}) == 1
    assert len({letter.path for letter in twice}) == 2


def test_the_corrected_files_come_later_with_other_bytes(mail: list[Letter]) -> None:
    for stem, month in faults.DAYS_TO_CORRECT:
        first, second = (letter for letter in mail if letter.stem == stem and letter.folder == str(month))
        assert first.document.payload != second.document.payload
        assert first.arrival.received_at < second.arrival.received_at


def test_the_calendar_of_the_pack_expects_what_is_sent(repo: Path) -> None:
    calendar = yaml.safe_load((repo / "ingest/catalog/beiguan/calendar.yaml").read_text(encoding="utf-8"))
    simulated = {entry["stem"]: entry for entry in calendar if entry["is_simulated"]}
    assert sorted(simulated) == sorted(BY_STEM)
    for stem, entry in simulated.items():
        dataset = BY_STEM[stem]
        assert entry["due_days"] == dataset.due_days
        assert entry["valid_from"] == date(dataset.valid_from.year, dataset.valid_from.month, 1)
        assert entry["frequency"] == ("quarterly" if dataset.quarterly else "monthly")
        assert entry["first_month"] == (3 if dataset.quarterly else dataset.first_month)


@pytest.mark.parametrize("product", ["ingest", "orchestration", "expectations"])
def test_the_demonstration_is_kept_apart_from_the_product(repo: Path, product: str) -> None:
    for path in (repo / "demo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == product for name in names), path
