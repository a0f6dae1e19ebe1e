"""The YAML that a probe writes, put into a pack: it passes the pack's checks and reads what the probe said it reads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.interpret import interpret_file
from ingest.pack import Pack, load_pack
from ingest.pack.load import pack_folder
from ingest.probe import Probe
from ingest.probe.write import additions_text, spec_text
from tests.ingest.probe.conftest import TODAY, cells, probed, stripped

FILES = [
    ("realdata/shaoyang/yuebao_202509.xlsx", "shaoyang"),
    ("realdata/shaoyang/yuebao_202509.xlsx", "beiguan"),
    ("realdata/kobe_ward_population/jinkou2512.xls", "beiguan"),
    ("realdata/nbs_provincial_realestate/xls/河南.xls", "shaoyang"),
    ("realdata/nbs_70city_house_prices/house_price_data_2023_06_15.xml", "shaoyang"),
]


def installed(probe: Probe, name: str, folder: Path) -> Pack:
    """A copy of a pack with the proposal as its only source and all that it needs appended."""
    shutil.copytree(pack_folder(name), folder)
    for old in (folder / "sources").iterdir():
        old.unlink()
    for name_of_sources in ("calendar", "corrections"):
        (folder / f"{name_of_sources}.yaml").unlink(missing_ok=True)
    lists: dict[str, list[dict[str, Any]]] = yaml.safe_load(additions_text(probe)) or {}
    for key, entries in lists.items():
        path = folder / f"{key}.yaml"
        path.write_text(path.read_text("utf-8") + yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    indicators = yaml.safe_load((folder / "indicators.yaml").read_text("utf-8"))
    for indicator in indicators:
        more = probe.more_measures.get(indicator["indicator_code"])
        for measure in more.measures if more else ():
            if (indicator["indicator_code"], measure.measure) in probe.new_measures:
                indicator["measures"].append(measure.model_dump(exclude_defaults=True))
    (folder / "indicators.yaml").write_text(yaml.safe_dump(indicators, allow_unicode=True), encoding="utf-8")
    assert probe.spec is not None
    (folder / "sources" / f"{probe.spec['stem']}.yaml").write_text(spec_text(probe), encoding="utf-8")
    return load_pack(folder)


@pytest.mark.parametrize(("file", "pack"), FILES)
def test_it_passes_the_packs_checks_and_reads_as_it_said(
    file: str, pack: str, shared_file: Callable[[str], Path], tmp_path: Path
) -> None:
    path = shared_file(file)
    probe = probed(path, stripped(pack))
    assert probe.trial is not None
    reading = interpret_file(path, path.name, installed(probe, pack, tmp_path / "pack"), TODAY)
    assert reading.refusal is None
    assert cells(reading) == cells(probe.trial.reading)


def test_the_next_month_is_read_by_the_same_proposal(shared_file: Callable[[str], Path], tmp_path: Path) -> None:
    path, later = (shared_file(f"realdata/kobe_ward_population/{name}.xls") for name in ("jinkou2511", "jinkou2512"))
    probe = probed(path, stripped("beiguan"))
    reading = interpret_file(later, later.name, installed(probe, "beiguan", tmp_path / "pack"), TODAY)
    own = probed(later, stripped("beiguan"))
    assert own.trial is not None
    assert len(cells(reading)) == len(cells(own.trial.reading))
    assert {c.reference_month for c in cells(reading).values()} == {
        c.reference_month for c in cells(own.trial.reading).values()
    }
