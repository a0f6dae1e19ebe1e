"""Table macros that answer for any past day, derived from the very SQL that built the marts.

A mart is a chain of models above the vintages of observations and of printed ranks. A macro is the same chain as
common table expressions, over the vintages known on the day asked for. So a rule is written once, in dbt, and the
macro cannot drift from it. RULES.md 11 says what the two axes mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

OBSERVED: Final = "int_observation_vintages_reconciled"
"""Stands in a release as ``fct_observation_vintage``, so it need not be copied a second time."""
PRINTED: Final = "int_published_ranks_accepted"
CLOCK: Final = "stg_raw__run"
ROOTS: Final = (OBSERVED, PRINTED, CLOCK)
"""What a day decides: the vintages of observations and of printed ranks, and the calendar's today."""
MACROS: Final = {
    "observation_as_of": "fct_observation",
    "ranking_as_of": "mart_district_ranking",
    "attainment_as_of": "mart_target_attainment",
    "forecast_as_of": "mart_forecast",
}
REFERENCE_SCHEMA: Final = "reference"

# Days end at 24:00 in Shanghai, which has no daylight saving time.
_END_OF_DAY: Final = "(cast(d as date) + interval 1 day - interval 8 hour)::timestamp at time zone 'UTC'"


@dataclass(frozen=True)
class Model:
    """A compiled dbt model: its SQL names its parents by their relations in the warehouse."""

    unique_id: str
    name: str
    schema: str
    relation: str
    sql: str
    parents: tuple[str, ...]
    is_view: bool = False


@dataclass(frozen=True)
class AsOfMacro:
    """The text of one macro and the warehouse relations that must be copied beside the marts for it."""

    name: str
    sql: str
    references: tuple[Model, ...]


def macros(models: Mapping[str, Model]) -> list[AsOfMacro]:
    """The macros of the contract, from the compiled models by unique id."""
    by_name = {model.name: model for model in models.values()}
    return [_macro(name, by_name[mart], models) for name, mart in MACROS.items()]


def _macro(name: str, mart: Model, models: Mapping[str, Model]) -> AsOfMacro:
    replayed = _replayed(mart, models)
    references = _references(replayed, models)
    names = {model.relation: _place(model) for model in references}
    names |= {model.relation: f'"{model.name}"' for model in replayed}
    body = ",\n".join(f'"{model.name}" as (\n{_step(model, names)}\n)' for model in replayed)
    sql = f"create or replace macro {name}(d, axis := 'published') as table\nwith {body}\nselect * from \"{mart.name}\""
    return AsOfMacro(name, sql, tuple(references))


def _replayed(mart: Model, models: Mapping[str, Model]) -> list[Model]:
    """The models from those that depend on the day up to the mart, parents first."""
    order: list[Model] = []
    verdicts: dict[str, bool] = {}

    def visit(model: Model) -> bool:
        if model.unique_id not in verdicts:
            is_root = model.name in ROOTS
            parents = [] if is_root else [models[parent] for parent in model.parents if parent in models]
            verdicts[model.unique_id] = is_root or True in [visit(parent) for parent in parents]
            if verdicts[model.unique_id]:
                order.append(model)
        return verdicts[model.unique_id]

    visit(mart)
    return order


def _references(replayed: Iterable[Model], models: Mapping[str, Model]) -> list[Model]:
    """What does not depend on the day is copied with the release instead of replayed; so is what a root is cut from."""
    replayed = list(replayed)
    inside = {model.unique_id for model in replayed}
    read = {parent for model in replayed if model.name not in ROOTS for parent in model.parents if parent in models}
    found = [models[parent] for parent in sorted(read - inside)]
    return [*found, *(model for model in replayed if model.name in ROOTS and model.name != OBSERVED)]


def _step(model: Model, names: Mapping[str, str]) -> str:
    """A model's SQL over the macro's own names; the run's clock is turned back to day d."""
    if model.name == CLOCK:
        return f'select * replace (cast(d as date) as today) from {REFERENCE_SCHEMA}."{model.name}"'
    if model.name in ROOTS:
        return _known(model)
    return _renamed(model.sql, names)


def _place(model: Model) -> str:
    """Where a reference stands in the release: a mart in ``main``, anything else in the schema for references."""
    return f'main."{model.name}"' if model.schema == "marts" else f'{REFERENCE_SCHEMA}."{model.name}"'


def _renamed(sql: str, names: Mapping[str, str]) -> str:
    for relation, name in names.items():
        sql = sql.replace(relation, name)
    return sql


def _known(vintages: Model) -> str:
    """What was known on day d: on ``published`` by its own date and accepted by now, on ``system`` by acceptance.

    A cell that the gate holds has no acceptance date: on the system axis it is known from the gate's word on it.
    """
    place = "main.fct_observation_vintage" if vintages.name == OBSERVED else _place(vintages)
    system = "coalesce(vintage.accepted_at, vintage.decided_at)" if vintages.name == OBSERVED else "vintage.accepted_at"
    return (
        f"select * from {place} as vintage\n"
        f"where case when axis = 'system' then {system} < {_END_OF_DAY}\n"
        f"when axis = 'published' then vintage.vintage_at < {_END_OF_DAY}\n"
        "else error('axis is published or system, not ' || axis) end"
    )
