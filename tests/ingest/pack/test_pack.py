"""A valid pack answers by code and by label, and becomes typed tables."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pyarrow as pa
import pytest

from ingest.measures import MEASURES
from ingest.pack import Pack, load_pack
from ingest.pack.calendar import special_days
from ingest.pack.document import compose
from ingest.pack.load import CATALOG
from ingest.pack.models import Measure

WritePack = Callable[..., Path]
OPTIONAL = ("parameters", "rank_sets", "targets", "calendar", "plan_findings", "corrections", "waivers")


@pytest.fixture
def pack(write_pack: WritePack) -> Pack:
    return load_pack(write_pack())


@pytest.fixture(scope="module")
def beiguan() -> Pack:
    return load_pack("beiguan")


@pytest.mark.parametrize(
    ("label", "on", "code"),
    [
        ("东山区", None, "990102"),
        ("东 山 区", date(1990, 1, 1), "990102"),
        ("东山", date(2023, 1, 1), "990102"),
        ("小城市东山区", None, "990102"),
        ("小城东山", None, "990102"),
        ("990102", None, "990102"),
        ("山前苗族自治县", None, "990103"),
        ("山前县", None, "990103"),
        ("山　前", None, "990103"),
        ("全市", None, "990100"),
        ("铁西区", date(2002, 12, 31), "990104"),
        ("铁西区", date(2003, 1, 1), None),
        ("铁西区", None, "990104"),
        ("西山区", None, None),
        ("", None, None),
    ],
)
def test_a_region_by_its_printed_name(pack: Pack, label: str, on: date | None, code: str | None) -> None:
    assert pack.region_by_label(label, on) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("文峰区", "410502"), ("北 关 区", "410503"), ("殷都", "410505"), ("安阳市龙安区", "410506"),
        ("安阳县", "410522"),
        ("汤阴县", "410523"), ("滑　县", "410526"), ("内黄", "410527"), ("林州市", "410581"), ("安阳市", "410500"),
        ("全市", "410500"), ("市辖区", "410501"), ("河南省安阳市北关区", "410503"), ("安阳市\xa0滑县", "410526"),
        ("郊区", None), ("林县", None),
    ],
)  # fmt: skip
def test_the_units_of_anyang_as_they_are_printed(beiguan: Pack, label: str, code: str | None) -> None:
    assert beiguan.region_by_label(label, date(2023, 9, 1)) == code


def test_a_former_name_is_understood_in_its_time(beiguan: Pack) -> None:
    assert beiguan.region_by_label("铁西区", date(2001, 6, 1)) == "410504"
    assert beiguan.region_by_label("林县", date(1990, 6, 1)) == "410521"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("亿元", "yi_yuan"), ("（万元）", "wan_yuan"), ("单位：亿元", "yi_yuan"), ("％", "percent"), ("个百分点", "pp"),
        ("万㎡", "wan_m2"), ("亿千瓦小时", "kwh_yi"), ("万人公里", "person_km_wan"), ("万吨公里", "ton_km_wan"),
        ("万美元", "wan_usd"), ("上年同期=100", "index"), ("元/人", "yuan_per_person"), ("名", "person"), ("万", None),
        ("亿", None), ("", None),
    ],
)  # fmt: skip
def test_a_unit_by_its_printed_name(pack: Pack, label: str, code: str | None) -> None:
    unit = pack.unit_by_label(label)
    assert (unit.unit_code if unit else None) == code


def test_money_converts_and_counts_do_not(pack: Pack) -> None:
    units = {unit.unit_code: unit for unit in pack.units}
    assert units["yi_yuan"].factor / units["wan_yuan"].factor == 10_000
    assert units["yi_yuan"].dimension == units["yuan"].dimension == "money_cny"
    assert units["person"].dimension == units["wan_person"].dimension
    counts = ["unit", "enterprise", "item", "set", "building", "road", "school", "seat", "session", "household"]
    assert len({units[code].dimension for code in counts}) == len(counts)
    assert units["percent"].dimension != units["pp"].dimension


def test_indicators_and_bureaus_by_label(pack: Pack) -> None:
    by_label = pack.indicator_by_label("生产总值(GDP)")
    assert by_label is not None
    assert by_label is pack.indicator("gdp")
    assert pack.indicator_by_label("生产") is None
    measure = pack.measure("gdp", "level_ytd")
    assert measure is not None
    assert measure.unit_code == "yi_yuan"
    assert pack.measure("gdp", "level_eop") is None
    assert pack.bureau_by_label("区 统计局") is pack.bureau("tjj")


def test_documents_are_those_without_side_files(pack: Pack) -> None:
    assert [path.name for path in pack.documents] == ["bulletin.html"]
    assert [spec.stem for spec in pack.sources] == ["tjj__yuebao"]


def test_the_digest_follows_the_content_and_not_the_place(write_pack: WritePack) -> None:
    one, same = load_pack(write_pack(folder="one")), load_pack(write_pack(folder="same"))
    other = load_pack(write_pack({"documents/bulletin.html": "<p>改</p>"}, folder="other"))
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 64


def test_a_pack_travels_to_a_worker_process(pack: Pack) -> None:
    assert pack.region_by_label("东山") == "990102"
    assert pickle.loads(pickle.dumps(pack)) == pack


def test_tables_carry_every_record(pack: Pack) -> None:
    tables = pack.tables()
    assert {name: table.num_rows for name, table in tables.items()} == {
        "pack_info": 1, "pack_parameter": 1, "pack_unit": len(pack.units), "pack_region": 6, "pack_rank_set": 1,
        "pack_bureau": 2, "pack_indicator": 2, "pack_target": 2, "pack_calendar": 1, "pack_plan_finding": 1,
        "pack_correction": 1, "pack_waiver": 1, "pack_region_predecessor": 2, "pack_rank_set_member": 2,
        "pack_rank_set_exception": 1, "pack_indicator_component": 1, "pack_indicator_breakdown": 1,
        "pack_indicator_measure": 3,
        "pack_composite_item": 0, "pack_plan_finding_target": 1,
        "pack_source": 1 + len(pack.bureaus),  # each bureau has a form
        "pack_target_path": 0, "pack_calendar_exception": 0, "pack_source_indicator": 1,
        "pack_special_day": len(list(special_days(pack))),
    }  # fmt: skip
    first = tables["pack_target"].to_pylist()[0]
    assert (first["target_value"], first["valid_to"], first["rank_limit"]) == (7.5, date(2023, 6, 30), None)


def test_empty_tables_keep_their_types(pack: Pack, write_pack: WritePack) -> None:
    few = write_pack({f"{name}.yaml": None for name in OPTIONAL} | {"sources/tjj__yuebao.yaml": None}, folder="few")
    empty = load_pack(few).tables()
    full = pack.tables()
    assert {name: table.schema for name, table in empty.items()} == {name: table.schema for name, table in full.items()}
    assert empty["pack_target"].num_rows == 0
    assert empty["pack_target"].schema.field("target_value").type == pa.float64()
    assert empty["pack_rank_set_member"].schema.names == ["rank_set_code", "region_code", "valid_from", "valid_to"]


@pytest.mark.parametrize("name", sorted(path.parent.name for path in CATALOG.glob("*/pack.yaml")))
def test_every_pack_that_ships_is_valid_and_quick_to_load(name: str) -> None:
    started = time.process_time()
    assert load_pack(name).info.name == name
    assert time.process_time() - started < 1


def test_units_are_written_once_each() -> None:
    problems: list[object] = []
    compose(CATALOG / "units.yaml", "units.yaml", problems)  # type: ignore[arg-type]
    assert problems == []


def test_every_measure_has_words() -> None:
    assert set(MEASURES) == set(get_args(Measure))
