"""``jindu probe`` as a person meets it: words, exit codes, files written, a pipe."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ingest.pack import load_pack
from ingest.pack.load import pack_folder
from orchestration.cli import app

REPORT = """\
东江市各县（市、区）工业用电量
2025年1-9月,,单位：万千瓦时
地区,累计,同比增长（%）,位次
全市,600,4.0,-
东城区,100,5.0,2
西城区,200,3.0,3
南山县,300,8.0,1
注：东江市统计局
"""


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["probe", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.exit_code, found.output


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "东江用电.csv"
    path.write_text(REPORT, encoding="gb18030")
    return path


def test_it_says_what_it_understood_and_proposes_a_spec(report: Path) -> None:
    code, said = run(str(report))
    assert code == 0
    assert "报告期 period 2025-09" in said
    assert "11 个数字中读出 11 个（100.0%），其中位次 3 个" in said
    assert "目录没有的地区 unknown regions (4)" in said
    assert "orientation: regions_down" in said


def test_the_written_proposal_passes_check_pack_once_its_entries_are_added(report: Path, tmp_path: Path) -> None:
    pack = tmp_path / "东江"
    shutil.copytree(pack_folder("beiguan"), pack)
    spec = pack / "sources" / "tjj__probed.yaml"
    code, said = run(str(report), "-o", str(spec))
    assert code == 0
    assert f"已写入 written: {spec}" in said
    additions = yaml.safe_load(spec.with_suffix(".additions.yml").read_text(encoding="utf-8"))
    assert set(additions) == {"regions", "indicators", "rank_sets"}
    for name, entries in additions.items():
        path = pack / f"{name}.yaml"
        path.write_text(
            path.read_text(encoding="utf-8") + yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8"
        )
    assert load_pack(pack).source("tjj__probed") is not None


def test_json_says_the_same_in_plain_values(report: Path) -> None:
    code, said = run(str(report), "--json")
    assert code == 0
    found = json.loads(said)
    assert (found["figures"], found["published_ranks"], found["share"]) == (11, 3, 1.0)
    assert found["tables"][0]["orientation"] == "regions_down"


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [(b"", 1, "文件是空的"), (b"PK\x03\x04 broken", 1, "The ")],
)
def test_a_file_that_cannot_be_opened_gets_a_reason_and_no_traceback(
    tmp_path: Path, content: bytes, code: int, said: str
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    found = run(str(path))
    assert found[0] == code
    assert said in found[1]
    assert "Traceback" not in found[1]


def test_an_archive_is_to_be_unpacked_and_not_saved_as_a_workbook(report: Path, tmp_path: Path) -> None:
    path = tmp_path / "六月.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(report, "局/东江用电.csv")
    code, said = run(str(path))
    assert code == 1
    assert "请解压后逐个查看" in said
    assert "unpack it" in said


def test_no_file_and_no_pack_are_faults_of_usage(report: Path, tmp_path: Path) -> None:
    assert run(str(tmp_path / "没有.xlsx"))[0] == 2
    assert run(str(report), "--pack", "nowhere")[0] == 2


def test_a_text_without_tables_is_said_to_have_none(tmp_path: Path) -> None:
    path = tmp_path / "通知.html"
    path.write_text("<html><body><p>关于报送月报的通知</p></body></html>", encoding="utf-8")
    code, said = run(str(path))
    assert code == 0
    assert "没有找到统计表" in said
