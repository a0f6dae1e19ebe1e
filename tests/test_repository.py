"""Checks on the repository itself: house rules that a reviewer should not have to remember.

Does not belong here: what the code computes (the tree beside this file mirrors the packages for that).
"""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
PRODUCT = ("ingest", "expectations", "orchestration")
PACKAGES = (*PRODUCT, "demo", "benchmarks")
LONGEST_MODULE = 300
HEAVY = ("pandas", "dagster", "dbt", "great_expectations", "sqlalchemy")
OPENERS = ("python_calamine", "openpyxl", "xlrd", "lxml", "charset_normalizer", "docx", "pdfplumber", "pdfminer")


def tracked_files() -> list[Path]:
    """Every file that git has or would take, as paths that exist."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPO,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [REPO / name for name in listed.stdout.decode().split("\0") if name and (REPO / name).is_file()]


def text_lines() -> Iterator[tuple[Path, int, str]]:
    """Every line of every tracked text file."""
    for file in tracked_files():
        content = file.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
            yield file, number, line


def modules(*packages: str) -> list[Path]:
    """The Python files below the given packages."""
    return sorted(file for package in packages for file in (REPO / package).rglob("*.py"))


def imported(module: Path) -> set[str]:
    """Top-level names that a module imports anywhere, also inside functions and for type checkers."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def importers(names: tuple[str, ...], packages: tuple[str, ...]) -> list[str]:
    """Modules of the given packages that import one of the names."""
    return [str(module.relative_to(REPO)) for module in modules(*packages) if imported(module) & set(names)]


def make_targets() -> dict[str, str]:
    """Targets that the Makefile offers, with their help."""
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z-]+):.*?## (.+)$", makefile, re.MULTILINE))


def jindu_commands() -> set[str]:
    """Commands that the console program offers."""
    from typer.main import get_command

    from orchestration.cli import app

    command = get_command(app)
    return set(getattr(command, "commands", {}))


def test_no_registry_host_stands_in_any_file() -> None:
    # Put together from pieces, so that this file passes its own test.
    hosts = ["files.python" + "hosted", "pypi.org/" + "simple", "registry." + "npmjs", "deb." + "debian"]
    pattern = re.compile("|".join(map(re.escape, hosts)))
    assert [f"{file}:{number}" for file, number, line in text_lines() if pattern.search(line)] == []


def test_no_path_of_one_machine_stands_in_any_file() -> None:
    folders = "|".join(["work", "farm", "ro" + "ot", "tmp/" + "w"])
    pattern = re.compile(rf"(^|[^A-Za-z0-9_.])/({folders})/")
    assert [f"{file}:{number}" for file, number, line in text_lines() if pattern.search(line)] == []


def test_no_published_file_is_committed(shared: Path) -> None:
    published = {
        hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (shared / "realdata").rglob("*")
        if file.is_file() and file.stat().st_size
    }
    copies = [file for file in tracked_files() if hashlib.sha256(file.read_bytes()).hexdigest() in published]
    assert copies == []


def test_nothing_that_running_makes_is_committed() -> None:
    suffixes = {".duckdb", ".wal", ".parquet", ".log", ".pyc"}
    made = [f for f in tracked_files() if f.suffix in suffixes or f.relative_to(REPO).parts[0] == "data"]
    assert made == []


@pytest.mark.parametrize(
    ("package", "strangers"),
    [
        ("ingest", ("expectations", "orchestration", "demo", "benchmarks")),
        ("expectations", ("ingest", "orchestration", "demo", "benchmarks")),
        ("orchestration", ("demo", "benchmarks")),
        ("demo", ("expectations", "orchestration", "benchmarks")),
    ],
)
def test_a_package_imports_only_its_neighbours(package: str, strangers: tuple[str, ...]) -> None:
    assert importers(strangers, (package,)) == []


@pytest.mark.parametrize(
    ("libraries", "home"),
    [
        (("dagster",), "orchestration"),
        (("great_expectations", "duckdb_engine"), "expectations"),
        (("dbt",), "orchestration"),
        (OPENERS, "ingest"),
    ],
)
def test_one_package_knows_the_library(libraries: tuple[str, ...], home: str) -> None:
    others = tuple(package for package in PRODUCT if package != home)
    assert importers(libraries, others) == []


@pytest.mark.parametrize(
    "module", ["ingest.pack", "ingest.home", "ingest.intake.take_in", "ingest.read", "expectations"]
)
def test_a_heavy_library_is_imported_only_where_it_runs(module: str) -> None:
    program = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=REPO, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_every_module_says_what_belongs_there() -> None:
    silent = [m for m in modules(*PACKAGES, "tests") if not ast.get_docstring(ast.parse(m.read_text(encoding="utf-8")))]
    assert [str(m.relative_to(REPO)) for m in silent if m.read_text(encoding="utf-8").strip()] == []


def test_no_module_outgrows_one_line_of_thought() -> None:
    # Tests are exempt: a file of them tells many short stories.
    lengths = {str(m.relative_to(REPO)): len(m.read_text(encoding="utf-8").splitlines()) for m in modules(*PACKAGES)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert [m for m in modules(*PACKAGES, "tests") if m.stem in drawers] == []


def test_make_offers_at_most_ten_commands_and_help_lists_each() -> None:
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == set(make_targets())
    assert len(make_targets()) <= 10
    assert {"help", "setup", "run", "test", "check", "bench", "dev", "docs"} <= set(make_targets())


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_a_command_that_a_document_names_exists(name: str) -> None:
    text = (REPO / name).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= set(make_targets())
    assert set(re.findall(r"\bjindu ([a-z][a-z-]+)", code)) <= jindu_commands()


def test_every_command_is_documented() -> None:
    text = (REPO / "docs/operations.md").read_text(encoding="utf-8")
    assert {command for command in jindu_commands() if f"`jindu {command}" not in text} == set()


def test_both_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        blocks = re.findall(r"```sh\n(.*?)```", (REPO / name).read_text(encoding="utf-8"), re.DOTALL)
        return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]

    assert commands("README.md") == commands("README.zh-CN.md")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_a_file_that_a_document_links_exists(name: str) -> None:
    document = REPO / name
    links = re.findall(r"\]\(([^)#:\s]+)\)|<img[^>]+src=\"([^\"]+)\"", document.read_text(encoding="utf-8"))
    missing = [path for pair in links for path in pair if path and not (document.parent / path).exists()]
    assert missing == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_by_hash_and_name_no_source(name: str) -> None:
    text = (REPO / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    assert [entry.split("\n")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert re.findall(r"^\s*--(?:index|extra-index|find-links|trusted).*$|://", text, re.MULTILINE) == []


def test_the_pins_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for name, dependencies in wanted.items():
        text = (REPO / name).read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", text, re.MULTILINE))
        names = {re.split(r"[^A-Za-z0-9._-]", each)[0].lower().replace("_", "-") for each in dependencies}
        assert names - pinned == set(), name


def test_the_published_schemas_of_packs_are_fresh() -> None:
    from ingest.schema import FOLDER, schemas, text_of

    published = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    stale = [name for name, schema in schemas().items() if published.get(name) != text_of(schema)]
    assert not stale, "run python -m ingest.schema"


def test_every_source_spec_tells_the_editor_where_its_schema_is() -> None:
    header = "# yaml-language-server: $schema=../../../../docs/schema/source-spec.json"
    specs = [file for file in tracked_files() if file.suffix == ".yaml" and file.parent.name == "sources"]
    without = [str(file.relative_to(REPO)) for file in specs if file.read_text("utf-8").splitlines()[0] != header]
    assert not without, f"begin these files with: {header}"
