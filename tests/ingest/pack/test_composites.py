"""A composite evaluation in a pack: its table, and the faults that are named with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pack import PackError, load_pack
from ingest.pack.load import CATALOG

WritePack = Callable[..., Path]
COMPOSITE = """\
- composite_code: yearly
  composite_name: 年度考评
  composite_name_en: yearly evaluation
  plan_year: 2023
  rank_set_code: four
  source: 某文件
  by_rank:
  - {item_code: gdp, item_name: 位次, item_name_en: rank, weight: 60, indicator_code: gdp, measure: growth_ytd}
  by_attainment:
  - {item_code: plan, item_name: 目标, item_name_en: target, weight: 40, target_id: T1}
"""


@pytest.fixture
def rank_set(write_pack: WritePack) -> str:
    """The code of the small pack's one rank set."""
    return str(load_pack(write_pack()).rank_sets[0].rank_set_code)


def test_each_item_is_a_row_with_its_evaluation_beside_it(write_pack: WritePack, rank_set: str) -> None:
    pack = load_pack(write_pack({"composites.yaml": COMPOSITE.replace("four", rank_set)}, folder="with"))
    rows = pack.tables()["pack_composite_item"].to_pylist()
    assert [(r["composite_code"], r["item_code"], r["weight"], r["target_id"]) for r in rows] == [
        ("yearly", "gdp", 60.0, None),
        ("yearly", "plan", 40.0, "T1"),
    ]


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ("item_code: plan", "item_code: gdp", "'gdp' stands twice"),
        ("measure: growth_ytd", "measure: level_eop", "'level_eop' of 'gdp' is not ranked"),
        ("indicator_code: gdp", "indicator_code: gdq", "no 'gdq' in indicators.yaml"),
        ("target_id: T1", "target_id: T7", "no 'T7' in targets.yaml"),
        ("rank_set_code: four", "rank_set_code: seven", "no 'seven' in rank_sets.yaml"),
        ("weight: 60", "weight: 0", "wrong value"),
        ("weight: 60", "wieght: 60", "There is no field 'wieght'"),
    ],
)
def test_a_fault_is_named(write_pack: WritePack, rank_set: str, written: str, instead: str, words: str) -> None:
    faulty = COMPOSITE.replace(written, instead).replace("rank_set_code: four", f"rank_set_code: {rank_set}")
    with pytest.raises(PackError) as caught:
        load_pack(write_pack({"composites.yaml": faulty}, folder="faulty"))
    assert any(words in problem.message_en and problem.file == "composites.yaml" for problem in caught.value.errors), (
        caught.value.errors
    )


def test_what_ships_says_that_it_is_an_example() -> None:
    for name in sorted(path.parent.name for path in CATALOG.glob("*/composites.yaml")):
        for composite in load_pack(name).composites:
            assert composite.is_example
            assert "示例" in composite.composite_name
            assert sum(item.weight for item in (*composite.by_rank, *composite.by_attainment)) == 100
