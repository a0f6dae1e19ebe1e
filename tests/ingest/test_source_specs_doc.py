"""The page on source specs says what the models say: its example is valid, no key and no rule is left out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
import yaml

from ingest.interpret.book import ADVICE, severity_of
from ingest.spec import (
    BlockSpec,
    ColumnSpec,
    Find,
    IgnoredSheet,
    Meaning,
    Orientation,
    PeriodRef,
    Recognise,
    ReportPeriod,
    Role,
    RowSpec,
    SourceSpec,
    TableSpec,
)


@pytest.fixture(scope="module")
def page(repo: Path) -> str:
    return (repo / "docs" / "source-specs.md").read_text(encoding="utf-8")


def test_its_example_is_a_valid_spec(page: str) -> None:
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    spec = SourceSpec.model_validate(yaml.safe_load(example[1]))
    assert spec.tables[0].orientation == "regions_down"


PARTS = [SourceSpec, Recognise, ReportPeriod, IgnoredSheet, TableSpec, Find, Meaning, ColumnSpec, RowSpec, BlockSpec]


@pytest.mark.parametrize("model", PARTS)
def test_it_names_every_key(page: str, model: type) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()}  # type: ignore[attr-defined]
    missing = {key for key in keys if f"`{key}" not in page and f"{key}:" not in page}
    assert not missing


@pytest.mark.parametrize("words", [Orientation, PeriodRef, Role])
def test_it_names_every_word(page: str, words: object) -> None:
    assert not {word for word in get_args(words) if f"`{word}`" not in page} - {"report"}


@pytest.mark.parametrize("rule", sorted(ADVICE))
def test_it_names_every_rule_with_its_severity(page: str, rule: str) -> None:
    line = next((line for line in page.splitlines() if f"`{rule}`" in line and line.startswith("|")), "")
    assert severity_of(rule) in line


def test_every_rule_has_advice_in_both_languages() -> None:
    for rule, (advice, advice_en) in ADVICE.items():
        assert advice.endswith("。"), rule
        assert advice_en.endswith("."), rule


EXAMPLE = re.compile(r"```yaml\n(- name:.*?)```", re.DOTALL)


def test_there_is_an_example_of_each_orientation_and_each_is_valid(page: str) -> None:
    tables = [TableSpec.model_validate(one) for text in EXAMPLE.findall(page) for one in yaml.safe_load(text)]
    assert {table.orientation for table in tables} == set(get_args(Orientation))


def test_the_example_of_eras_is_valid(page: str) -> None:
    (text,) = re.findall(r"```yaml\n(  columns:\n.*?)```", page, re.DOTALL)
    example = {"name": "t", "find": {"corner": "地区"}, "orientation": "regions_down", **yaml.safe_load(text)}
    months = {date(2018, 6, 1): 1, date(2019, 6, 1): 1, date(2021, 6, 1): 2}
    table = TableSpec.model_validate(example)
    assert {month: len(table.in_era(month).columns) for month in months} == months
