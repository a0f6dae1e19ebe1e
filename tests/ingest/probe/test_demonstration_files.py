"""A year of demonstration files, in their many layouts and with their faults, read as their specs read them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from demo.months import Month
from demo.send import letters
from demo.series import SEED
from ingest.grids import UnreadableError
from ingest.interpret import interpret_file
from ingest.pack import load_pack
from ingest.probe import probe_file
from tests.ingest.probe.conftest import TODAY, cells, compare, stripped


def test_every_figure_is_read_and_none_wrongly(tmp_path: Path) -> None:
    pack, stranger = load_pack("beiguan"), stripped("beiguan")
    for letter in letters(SEED, Month(2022, 1), Month(2022, 12)):
        letter.write(tmp_path)
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file() and not p.name.endswith(".meta.json")):
        try:
            probe = probe_file(path, path.name, stranger, TODAY)
        except UnreadableError:
            total["unreadable"] += 1
            continue
        if probe.trial is None:
            assert not cells(interpret_file(path, path.name, pack, TODAY)), path.name
            continue
        found = compare(path, pack, probe)
        total.update(figures=probe.trial.figures, read=probe.trial.read, extra=len(found.extra))
        wrong += [f"{path.name} {line}" for line in found.wrong]
    assert total["read"] / total["figures"] >= 0.99
    assert (total["extra"], total["unreadable"]) == (0, 1)
    assert wrong == []
