"""Each kind of fault in a pack is named with its file and line, and all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.pack import PackError, PackProblem, load_pack

WritePack = Callable[..., Path]
SPEC = "sources/tjj__yuebao.yaml"


def faults(folder: str | Path) -> list[PackProblem]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value.errors


# what is wrong, file, text that is replaced, replacement ("⟦" marks the line that must be named), words of the message
MUTATIONS = [
    ("syntax", "pack.yaml", "title: 小城", "title: [小城\n⟦name2: x", "YAML"),
    ("key twice", "pack.yaml", 'rule_version: "1"', 'rule_version: "1"\n⟦title: 又', "stands twice"),
    ("misspelt key", "pack.yaml", "first_month:", "⟦first_mnth:", "There is no field 'first_mnth'"),
    ("missing key", "regions.yaml", "  region_name: 小城市\n", "", "'region_name' is missing"),
    ("number for text", "regions.yaml", 'code: "990100"\n  region_name: 小',
     "⟦code: 990100\n  region_name: 小", "must be text"),
    ("strange word", "regions.yaml", "level: county", "⟦level: kounty", "cannot be 'kounty'"),
    ("ill-formed code", "bureaus.yaml", "bureau_code: czj", "⟦bureau_code: CZJ", "not written as it must be"),
    ("impossible day", "calendar.yaml", "valid_from: 2023-01-01", "⟦valid_from: 2023-02-30", "cannot be read"),
    ("no record", "bureaus.yaml", "- {bureau_code: czj", "⟦- czj\n- {bureau_code: czj", "must be a record"),
    ("region twice", "regions.yaml", "valid_from: 2003-01-01", "⟦valid_from: 1983-01-01", "overlaps"),
    ("bureau twice", "bureaus.yaml", "{bureau_code: czj", "⟦{bureau_code: tjj", "'tjj' stands twice"),
    ("measure twice", "indicators.yaml", "- measure: level_ytd", "⟦- measure: growth_ytd", "stands twice"),
    ("unknown home", "pack.yaml", '\nregion_code: "990102"', '\n⟦region_code: "990109"', "no '990109' in regions.yaml"),
    ("unknown parent", "regions.yaml", 'level: city', 'level: city\n⟦  parent_code: "99"', "no '99' in regions"),
    ("unknown predecessor", "regions.yaml", '["990102", "990104"]', '⟦["990102", "990199"]', "no '990199'"),
    ("unknown member", "rank_sets.yaml", '- {region_code: "990102"', '⟦- {region_code: "990177"', "no '990177'"),
    ("unknown indicator", "rank_sets.yaml", "indicator_code: cpi", "⟦indicator_code: cpx", "Is 'cpi' meant?"),
    ("unknown bureau", "indicators.yaml", "lead_bureau_code: tjj\n  measures",
     "⟦lead_bureau_code: tj\n  measures", "no 'tj'"),
    ("unknown unit", "indicators.yaml", "unit_code: percent", "⟦unit_code: procent", "Is 'percent' meant?"),
    ("unknown parent indicator", "indicators.yaml", "parent_indicator_code: gdp",
     "⟦parent_indicator_code: gdq", "no 'gdq'"),
    ("unknown component", "indicators.yaml", "components: [gdp]", "⟦components: [gnp]", "no 'gnp'"),
    ("circle", "indicators.yaml", "components: [gdp]", "⟦components: [cpi]", "leads back to itself"),
    ("unknown target", "plan_findings.yaml", "target_ids: [T1]", "⟦target_ids: [T7]", "no 'T7'"),
    ("unknown relation", "targets.yaml", "related_target_id: T1", "⟦related_target_id: T9", "no 'T9'"),
    ("unknown measure", "targets.yaml", "measure: growth_ytd\n  bound: eq",
     "⟦measure: level_eop\n  bound: eq", "no measure level_eop"),
    ("unknown waived measure", "waivers.yaml", "measure: growth_ytd", "⟦measure: level_eop", "no measure level_eop"),
    ("end before begin", "regions.yaml", "valid_to: 2002-12-31\n- region_code: \"990102\"",
     "⟦valid_to: 1982-12-31\n- region_code: \"990102\"", "valid_to is before valid_from"),
    ("closed before approved", "targets.yaml", "close_on: 2024-03-31\n  is_judged: true\n  judged_reason: 按下",
     "⟦close_on: 2022-03-31\n  is_judged: true\n  judged_reason: 按下", "close_on is before approved_on"),
    ("no first of month", "calendar.yaml", "valid_from: 2023-01-01", "⟦valid_from: 2023-01-05", "first day of a month"),
    ("member not yet there", "rank_sets.yaml", '"990102", valid_from: 2003-01-01',
     '⟦"990102", valid_from: 1950-01-01', "does not exist on"),
    ("aggregate as member", "rank_sets.yaml", '- {region_code: "990103", valid_from: 2003-01-01}',
     '⟦- {region_code: "990101", valid_from: 2003-01-01}', "never ranked"),
    ("a city among its own counties", "rank_sets.yaml", '- {region_code: "990103", valid_from: 2003-01-01}',
     '⟦- {region_code: "990100", valid_from: 2003-01-01}', "not ranked among its parts"),
    ("alias of two regions", "regions.yaml", "level: county", "level: county\n⟦  aliases: [东 山区]", "names both"),
    ("alias of two indicators", "indicators.yaml", "parent_indicator_code: gdp",
     "parent_indicator_code: gdp\n⟦  aliases: [生产总值(GDP)]", "names both"),
    ("two primary measures", "indicators.yaml", "decimals: 2", "decimals: 2\n⟦    is_primary: true",
     "more than one primary"),
    ("growth in yuan", "indicators.yaml", "unit_code: percent", "⟦unit_code: yi_yuan", "cannot be counted in yi_yuan"),
    ("level in percent", "indicators.yaml", "unit_code: yi_yuan",
     "⟦unit_code: percent", "cannot be counted in percent"),
    ("growth without basis", "indicators.yaml", "growth_basis: constant_price",
     "⟦growth_basis: none", "growth_basis none"),
    ("ranked without direction", "indicators.yaml", "percent\n    direction: higher", "percent\n    ⟦direction: none",
     "no direction"),
    ("rank without limit", "targets.yaml", "effective_bound: rank_le\n  rank_set_code: all_units\n  rank_limit: 1",
     "⟦effective_bound: rank_le\n  rank_set_code: all_units", "needs rank_limit"),
    ("range without end", "targets.yaml", "effective_bound: ge", "⟦effective_bound: range", "needs target_upper"),
    ("about without band", "targets.yaml", "effective_bound: ge", "⟦effective_bound: about", "needs band_low"),
    ("linked to nothing", "targets.yaml", "effective_bound: ge",
     "⟦effective_bound: linked", "needs compare_indicator_code"),
    ("upper below lower", "targets.yaml", "target_value: 7.5", "target_value: 7.5\n⟦  target_upper: 7",
     "is below target_value"),
    ("relation to nobody", "targets.yaml", "relation: amends\n  related_target_id: T1",
     "⟦relation: amends", "go together"),
    ("other dimension", "targets.yaml", "unit_code: percent", "⟦unit_code: pp", "cannot be converted"),
    ("version left out", "targets.yaml", "target_version: 2", "⟦target_version: 3", "does not follow"),
    ("gap between versions", "targets.yaml", "valid_from: 2023-07-01", "⟦valid_from: 2023-07-02", "the day after"),
    ("stem without spec", "calendar.yaml", "stem: tjj__yuebao", "⟦stem: tjj__jibao", "no 'tjj__jibao'"),
    ("stem of another bureau", "calendar.yaml", "bureau_code: tjj", "⟦bureau_code: czj", "does not begin with czj__"),
    ("agreed day for a month without report", "calendar.yaml", "due_days: 25, ",
     "due_days: 25,\n⟦  exceptions: [{reference_month: 2023-01-01, due_on: 2023-03-01, why: 春节}],\n  ",
     "no month of this report"),
    ("agreed day twice", "calendar.yaml", "due_days: 25, ",
     "due_days: 25,\n  exceptions: [{reference_month: 2023-02-01, due_on: 2023-03-01, why: 春节},\n"
     "⟦  {reference_month: 2023-02-01, due_on: 2023-03-02, why: 春节}],\n  ", "stands twice"),
    ("unknown way of moving a due day", "calendar.yaml", "due_days: 25", "⟦due_days: 25, shift: later",
     "cannot be 'later'"),
    ("correction without spec", "corrections.yaml", "stem: tjj__yuebao", "⟦stem: tjj__x", "no 'tjj__x'"),
    ("correction of nothing", "corrections.yaml", "indicator_code: gdp, measure: growth_ytd, ", "",
     "does not say which cell"),
    ("correction of every month", "corrections.yaml", "reference_month: 2023-03-01,\n   ", "",
     "reach into later reports"),
    ("correction of a cell without its sheet", "corrections.yaml", "indicator_code: gdp", "source_cell: D4",
     "without source_sheet"),
    ("correction without a guard", "corrections.yaml", 'wrong_value: "1", ', "⟦", "needs the guard wrong_value"),
    ("correction without a remedy", "corrections.yaml", "action: drop", "⟦action: replace", "needs value"),
    ("correction with two remedies", "corrections.yaml", "action: drop", "⟦action: drop, unit_code: percent",
     "does not go with unit_code"),
    ("correction in words", "corrections.yaml", "action: drop", "⟦action: replace, value: 约3", "is no number"),
    ("correction into another dimension", "corrections.yaml", 'wrong_value: "1", action: drop',
     "⟦wrong_unit: 元, action: replace_unit, unit_code: yi_yuan", "cannot be converted"),
    ("correction of an unknown indicator", "corrections.yaml", "indicator_code: gdp", "indicator_code: gdpp",
     "Is 'gdp' meant?"),
    ("correction from within a month", "corrections.yaml", "2023-03-01", "2023-03-02", "first day of a month"),
    ("correction backwards", "corrections.yaml", "reason: 错",
     "⟦valid_from: 2023-06-01, valid_to: 2023-05-01, reason: 错", "before valid_from"),
    ("invalid spec", SPEC, "orientation: regions_down", "⟦orientation: sideways", "cannot be 'sideways'"),
    ("spec misnamed", SPEC, "stem: tjj__yuebao", "⟦stem: tjj__other", "not named after its stem"),
    ("spec: indicator", SPEC, "indicator: gdp", "⟦indicator: gdpp", "Is 'gdp' meant?"),
    ("spec: rank set", SPEC, "rank_set: all_units", "⟦rank_set: none_such", "no 'none_such'"),
    ("spec: regions", SPEC, "expected_regions: all_units", "⟦expected_regions: [\"990109\"]", "no '990109'"),
    ("spec: unit", SPEC, "unit: 亿元", "⟦unit: 亿圆", "no '亿圆'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "words"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_a_fault_is_named_with_file_and_line(
    write_pack: WritePack, pack_files: dict[str, str], file: str, old: str, new: str, words: str
) -> None:
    assert old in pack_files[file], "the small pack no longer holds the text that this test changes"
    marked = pack_files[file].replace(old, new, 1)
    line = marked[: marked.index("⟦")].count("\n") + 1 if "⟦" in marked else 1
    found = faults(write_pack({file: marked.replace("⟦", "")}))
    named = [p for p in found if p.file == file and words in f"{p.message_en} {p.advice_en}"]
    assert named, [str(p) for p in found]
    assert line in {p.line for p in named}
    assert all(p.message and p.advice and p.message_en and p.advice_en for p in found)


def test_all_faults_come_at_once_in_order_of_file_and_line(write_pack: WritePack, pack_files: dict[str, str]) -> None:
    folder = write_pack({
        "bureaus.yaml": pack_files["bureaus.yaml"].replace("bureau_name_en: Finance Bureau", "x: 1"),
        "indicators.yaml": pack_files["indicators.yaml"].replace("unit_code: percent", "unit_code: procent"),
        "regions.yaml": pack_files["regions.yaml"].replace("region_level: county", "region_level: kounty"),
    })  # fmt: skip
    found = faults(folder)
    assert [p.file for p in found] == ["bureaus.yaml", "bureaus.yaml", "indicators.yaml", "regions.yaml"]
    assert found == sorted(found)


def test_an_invalid_record_does_not_make_its_references_wrong(
    write_pack: WritePack, pack_files: dict[str, str]
) -> None:
    broken = pack_files["bureaus.yaml"].replace("bureau_name: 统计局, ", "")
    assert [p.path for p in faults(write_pack({"bureaus.yaml": broken}))] == ["[0].bureau_name"]


def test_a_file_that_should_be_a_list(write_pack: WritePack) -> None:
    found = faults(write_pack({"bureaus.yaml": "# 单位\ntjj: 统计局\n"}))
    assert ("bureaus.yaml", 2) in {(p.file, p.line) for p in found if "must be a list" in p.message_en}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path / "nowhere")
    assert "no pack" in problem.message_en
    assert faults("no_such_pack")


@pytest.mark.parametrize("file", ["pack.yaml", "regions.yaml", "bureaus.yaml", "indicators.yaml"])
def test_files_that_a_pack_must_have(write_pack: WritePack, file: str) -> None:
    assert any(p.file == file and "is missing" in p.message_en for p in faults(write_pack({file: None})))


def test_a_file_name_that_nobody_reads(write_pack: WritePack) -> None:
    (problem,) = faults(write_pack({"target.yaml": "[]"}))
    assert problem.file == "target.yaml"


def test_a_file_that_is_no_yaml_is_the_only_fault_named(write_pack: WritePack) -> None:
    (problem,) = faults(write_pack({"regions.yaml": "a: ["}))
    assert (problem.file, problem.message_en.startswith("Not valid YAML")) == ("regions.yaml", True)


CORRECTION = """\
- {correction_code: c1, stem: tjj__yuebao, indicator_code: gdp, measure: growth_ytd, reference_month: 2023-03-01,
   wrong_value: "1", action: drop, reason: 错, decided_by: 张三, decided_on: 2023-05-01, %s}
- {correction_code: c2, stem: tjj__yuebao, indicator_code: gdp, measure: growth_ytd, reference_month: 2023-03-01,
   wrong_value: "1", action: replace, value: "2", reason: 错, decided_by: 张三, decided_on: 2023-05-01, %s}
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("note", "note"),
        ('region_code: "990102"', "growth_basis: unstated"),
        ("valid_to: 2023-06-30", "valid_from: 2023-06-30"),
    ],
)
def test_two_entries_for_one_cell_are_a_fault(write_pack: WritePack, one: str, other: str) -> None:
    (fault,) = faults(write_pack({"corrections.yaml": CORRECTION % (said(one), said(other))}))
    assert "same cell as c1" in fault.message_en


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('region_code: "990102"', 'region_code: "990103"'),
        ("valid_to: 2023-06-30", "valid_from: 2023-07-01"),
        ("wrong_unit: 元", 'wrong_unit: "%"'),
    ],
)
def test_two_entries_that_cannot_meet_are_none(write_pack: WritePack, one: str, other: str) -> None:
    folder = write_pack({"corrections.yaml": CORRECTION % (one, other)})
    assert len(load_pack(folder).corrections) == 2


def said(words: str) -> str:
    """A further field of an entry; ``note`` is none."""
    return "growth_basis: unstated" if words == "note" else words


def test_an_expired_waiver_fails_the_check_and_not_the_run(write_pack: WritePack, pack_files: dict[str, str]) -> None:
    root = write_pack({})
    assert load_pack(root).waivers
    assert load_pack(root, date(2023, 12, 31)).waivers, "its last day counts"
    with pytest.raises(PackError) as refused:
        load_pack(root, date(2024, 1, 1))
    (problem,) = refused.value.errors
    assert (problem.file, problem.path) == ("waivers.yaml", "[0].waived_until")
    assert "ran out on 2023-12-31" in problem.message_en
    assert pack_files["waivers.yaml"].splitlines()[problem.line - 1].strip().startswith("waived_until")
