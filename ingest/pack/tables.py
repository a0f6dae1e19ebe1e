"""A pack as the arrow tables ``raw.pack_*``, typed also when they are empty.

Columns are the fields of the records in ``models.py``, so a field added there is a column here. Rows keep the order
of the files. Lists inside a record become tables of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ingest.pack import calendar, composites, models, target

if TYPE_CHECKING:
    import pyarrow as pa

    from ingest.pack.pack import Pack

_Row = dict[str, Any]


def _scalar(annotation: Any) -> type | None:
    """The plain type of a field; None for lists, which are not columns."""
    if get_origin(annotation) in {Union, UnionType}:
        inner = [_scalar(part) for part in get_args(annotation) if part is not type(None)]
        return inner[0] if len(set(inner)) == 1 else None
    origin = get_origin(annotation)
    if origin is list:
        return None
    return str if origin is not None else annotation  # Literal: a word


def _columns(model: type[BaseModel], without: Iterable[str] = ()) -> dict[str, type]:
    plain = {name: _scalar(field.annotation) for name, field in model.model_fields.items()}
    return {name: kind for name, kind in plain.items() if kind is not None and name not in set(without)}


def _arrow(kind: type) -> pa.DataType:
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int32(), bool: pa.bool_(), Decimal: pa.float64(), date: pa.date32()}
    return kinds[kind]


def _table(columns: dict[str, type], rows: Sequence[_Row]) -> pa.Table:
    import pyarrow as pa

    def cell(row: _Row, name: str) -> Any:
        value = row.get(name)
        return float(value) if isinstance(value, Decimal) else value

    arrays = [pa.array([cell(row, name) for row in rows], _arrow(kind)) for name, kind in columns.items()]
    return pa.table(arrays, schema=pa.schema([(name, _arrow(kind)) for name, kind in columns.items()]))


def _of_records(records: Sequence[BaseModel], model: type[BaseModel]) -> pa.Table:
    columns = _columns(model)
    return _table(columns, [{name: getattr(record, name) for name in columns} for record in records])


def _inner(key: dict[str, type], model: type[BaseModel], rows: Iterable[tuple[_Row, BaseModel]]) -> pa.Table:
    columns = _columns(model)
    return _table(key | columns, [outer | {name: getattr(record, name) for name in columns} for outer, record in rows])


def tables_of(pack: Pack) -> dict[str, pa.Table]:
    """Every ``pack_*`` table by name."""
    return {
        "pack_info": _of_records([pack.info], models.PackInfo),
        "pack_parameter": _of_records(pack.parameters, models.Parameter),
        "pack_unit": _of_records(pack.units, models.Unit),
        "pack_region": _of_records(pack.regions, models.Region),
        "pack_rank_set": _of_records(pack.rank_sets, models.RankSet),
        "pack_bureau": _of_records(pack.bureaus, models.Bureau),
        "pack_indicator": _of_records(pack.indicators, models.Indicator),
        "pack_target": _of_records(pack.targets, target.Target),
        "pack_calendar": _of_records(pack.calendar, calendar.CalendarEntry),
        "pack_plan_finding": _of_records(pack.plan_findings, models.PlanFinding),
        "pack_correction": _of_records(pack.corrections, models.Correction),
        "pack_waiver": _of_records(pack.waivers, models.Waiver),
        **_inner_tables(pack),
        **_calendar_tables(pack),
    }


def _calendar_tables(pack: Pack) -> dict[str, pa.Table]:
    days: dict[str, type] = {"day": date, "is_working_day": bool, "name": str, "source": str}
    return {
        "pack_special_day": _table(
            days, [one.model_dump() | {"source": source} for one, source in calendar.special_days(pack)]
        ),
        "pack_calendar_exception": _inner(
            {"stem": str}, calendar.DueException, (({"stem": c.stem}, e) for c in pack.calendar for e in c.exceptions)
        ),
        "pack_source_indicator": _table(
            {"stem": str, "indicator_code": str},
            [
                {"stem": stem, "indicator_code": code}
                for stem in dict.fromkeys(spec.stem for spec in pack.sources)
                for code in pack.indicators_of(stem)
            ],
        ),
    }


def _composite_items(pack: Pack) -> pa.Table:
    """One row per item with its evaluation beside it; by which rule it earns points is told by what it names."""
    outer = _columns(composites.Composite)
    columns = outer | _columns(composites.RankItem) | _columns(composites.AttainmentItem)
    items = [(c, item) for c in pack.composites for item in (*c.by_rank, *c.by_attainment)]
    return _table(columns, [{name: getattr(c, name) for name in outer} | item.model_dump() for c, item in items])


def _inner_tables(pack: Pack) -> dict[str, pa.Table]:
    ranks, indicators = pack.rank_sets, pack.indicators
    source_columns: dict[str, type] = dict.fromkeys(("stem", "title", "title_en", "bureau_code"), str)
    sources = {spec.stem: {name: getattr(spec, name) for name in source_columns} for spec in reversed(pack.sources)}
    forms = [
        {"stem": stem, "title": "填报表", "title_en": "Form to fill in", "bureau_code": b.bureau_code}
        for b in pack.bureaus
        if (stem := models.form_stem(b.bureau_code)) not in sources
    ]
    return {
        "pack_region_predecessor": _table(
            {"region_code": str, "valid_from": date, "predecessor_code": str},
            [
                {"region_code": r.region_code, "valid_from": r.valid_from, "predecessor_code": code}
                for r in pack.regions
                for code in r.predecessor_codes
            ],
        ),
        "pack_composite_item": _composite_items(pack),
        "pack_rank_set_member": _inner(
            {"rank_set_code": str}, models.RankSetMember,
            (({"rank_set_code": r.rank_set_code}, m) for r in ranks for m in r.members),
        ),
        "pack_rank_set_exception": _inner(
            {"rank_set_code": str}, models.RankSetException,
            (({"rank_set_code": r.rank_set_code}, e) for r in ranks for e in r.exceptions),
        ),
        "pack_indicator_component": _table(
            {"indicator_code": str, "component_code": str},
            [{"indicator_code": i.indicator_code, "component_code": c} for i in indicators for c in i.components],
        ),
        "pack_indicator_breakdown": _table(
            {"indicator_code": str, "breakdown_no": int, "component_code": str},
            [
                {"indicator_code": i.indicator_code, "breakdown_no": number, "component_code": code}
                for i in indicators for number, codes in enumerate(i.breakdowns, 1) for code in codes
            ],
        ),
        "pack_indicator_measure": _inner(
            {"indicator_code": str}, models.IndicatorMeasure,
            (({"indicator_code": i.indicator_code}, m) for i in indicators for m in i.measures),
        ),
        "pack_target_path": _inner(
            {"target_id": str, "target_version": int}, target.PathPoint,
            (
                ({"target_id": t.target_id, "target_version": t.target_version}, p)
                for t in pack.targets
                for p in t.path
            ),
        ),
        "pack_plan_finding_target": _table(
            {"finding_code": str, "target_id": str},
            [{"finding_code": f.finding_code, "target_id": t} for f in pack.plan_findings for t in f.target_ids],
        ),
        "pack_source": _table(source_columns, [*reversed(sources.values()), *forms]),
    }  # fmt: skip
