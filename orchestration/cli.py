"""The ``jindu`` command. Each command is thin: parse, call, print, choose the exit code that CONTRACT.md promises.

Heavy libraries are imported inside the commands that need them, so that ``--help`` and a run without news are quick.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from orchestration.settings import DEFAULT_HOME, DEFAULT_PACK, Settings

app = typer.Typer(
    name="jindu",
    help="进度 Jindu: where a district stands, every month, against its annual plan and its neighbours.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
_PIPE_WIDTH = 260  # a brief in a log or a mail is read unwrapped
out = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
err = Console(stderr=True, width=None if sys.stderr.isatty() else _PIPE_WIDTH)


class Exit(IntEnum):
    """Exit codes (CONTRACT.md)."""

    OK = 0
    FAILED = 1
    USAGE = 2
    HELD = 3
    NO_SUCH_FIGURE = 4


HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="JINDU_HOME", help="数据目录 the folder that running changes", show_default=True),
]
PackOption = Annotated[
    str,
    typer.Option("--pack", envvar="JINDU_PACK", help="数据包 a shipped pack's name, or a folder", show_default=True),
]
JsonOption = Annotated[bool, typer.Option("--json", help="print facts as JSON")]


def fail(code: Exit, *sentences: str) -> NoReturn:
    """Say what is wrong and what to do, and end with the code."""
    for sentence in sentences:
        err.print(sentence, markup=False, highlight=False)
    raise typer.Exit(int(code))


def say_json(document: Any) -> None:
    """Print a document as JSON, Chinese kept as it is."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


@app.command()
def run(
    home: HomeOption = Path(DEFAULT_HOME),
    pack: PackOption = DEFAULT_PACK,
    inbox: Annotated[
        Path | None, typer.Option(help="read this folder instead of the home's inbox; never emptied")
    ] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the calendar's today")] = None,
) -> None:
    """Archive and read what is new, build, audit, release; end with the monthly brief."""
    from orchestration.run import Outcome, run_line

    if inbox is not None and not inbox.is_dir():
        fail(Exit.USAGE, f"没有文件夹 {inbox} / no folder {inbox}", "请检查 --inbox / check --inbox")
    settings = Settings(home.resolve(), pack, inbox.resolve() if inbox else None, as_of.date() if as_of else None)
    with usage_errors():
        outcome = run_line(settings, out, err)
    codes = {
        Outcome.RELEASED: Exit.OK,
        Outcome.NOTHING_NEW: Exit.OK,
        Outcome.HELD: Exit.HELD,
        Outcome.FAILED: Exit.FAILED,
    }
    raise typer.Exit(int(codes[outcome]))


@app.command()
def status(home: HomeOption = Path(DEFAULT_HOME), pack: PackOption = DEFAULT_PACK, as_json: JsonOption = False) -> None:
    """Show the last release, and what is late, held and broken now, by bureau."""
    from orchestration.status import read_status

    del pack  # a home is bound to its pack; the option is accepted everywhere
    found = read_status(home.resolve())
    if as_json:
        say_json(found.as_document())
    else:
        found.show(out)


@app.command()
def explain(
    region: Annotated[str, typer.Argument(help="region code or name: 410503, 北关区")],
    indicator: Annotated[str, typer.Argument(help="indicator code or name: fixed_investment, 固定资产投资")],
    period: Annotated[str, typer.Argument(help="reference month: 2023-06")],
    measure: Annotated[str | None, typer.Option(help="growth_ytd, level_ytd … ; all of them if not given")] = None,
    home: HomeOption = Path(DEFAULT_HOME),
    pack: PackOption = DEFAULT_PACK,
    as_json: JsonOption = False,
) -> None:
    """Trace one figure: mart row, rule, observation, file, sheet, cell, sha256, release."""
    from orchestration.explain import NoSuchFigureError, explain_figure

    del pack
    release = current_release(home)
    try:
        found = explain_figure(release, region, indicator, period, measure)
    except NoSuchFigureError as error:
        fail(Exit.NO_SUCH_FIGURE, str(error))
    if as_json:
        say_json(found.as_document())
    else:
        found.show(out)


@app.command()
def template(
    bureau: Annotated[str, typer.Argument(help="bureau code or name: czj, 北关区财政局")],
    period: Annotated[str, typer.Argument(help="reference month: 2023-06, 2023年1-6月")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the workbook to write (.xlsx)")],
    home: HomeOption = Path(DEFAULT_HOME),
    pack: PackOption = DEFAULT_PACK,
    as_json: JsonOption = False,
) -> None:
    """Write the form that a bureau fills in; it comes back through the inbox without a source spec."""
    from orchestration.template import make_template

    with usage_errors():
        form = make_template(bureau, period, output, pack, home)
    count = sum(1 for _ in form.fields())
    if as_json:
        say_json({"file": str(output), "bureau": form.bureau, "month": form.month, "figures": count})
    else:
        out.print(f"{output}：{count} 个数待填 / {count} figures to fill in", markup=False, highlight=False)


@app.command()
def releases(
    home: HomeOption = Path(DEFAULT_HOME), pack: PackOption = DEFAULT_PACK, as_json: JsonOption = False
) -> None:
    """List the releases, the newest last; the current one is marked."""
    from rich import box
    from rich.table import Table

    from orchestration.releases.store import ReleaseStore

    del pack
    store = ReleaseStore(home.resolve() / "releases")
    current = store.current()
    rows = [
        {
            "release_id": manifest.release_id,
            "current": current is not None and manifest.release_id == current.release_id,
            "released_at": manifest.released_at.isoformat(timespec="seconds"),
            "pack": manifest.pack,
            "as_of": manifest.as_of,
            "reference_month": manifest.reference_month,
            "submissions": len(manifest.submissions),
            "check_failed": manifest.check_failed,
            "contains_simulated": manifest.contains_simulated,
        }
        for manifest in store.manifests()
    ]
    if as_json:
        say_json(rows)
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("", "发布 release", "发布时间", "数据至", "文件", "提示", "模拟"):
        table.add_column(heading)
    for row in rows:
        table.add_row(
            "→" if row["current"] else "",
            str(row["release_id"]),
            str(row["released_at"]),
            str(row["reference_month"])[:7],
            str(row["submissions"]),
            str(row["check_failed"]),
            "模拟数据" if row["contains_simulated"] else "",
        )
    out.print(table if rows else "还没有发布 / no release yet; jindu run makes the first")


@app.command()
def rollback(
    release_id: Annotated[str, typer.Argument(help="the release readers get again; jindu releases lists them")],
    home: HomeOption = Path(DEFAULT_HOME),
    pack: PackOption = DEFAULT_PACK,
) -> None:
    """Give readers an earlier (or later) release again, by the same atomic switch."""
    from ingest.home import Home
    from orchestration.releases.store import ReleaseStore, UnknownReleaseError

    del pack
    place = Home(home)
    store = ReleaseStore(place.releases)
    if not place.releases.is_dir():
        fail(Exit.USAGE, f"{home} 中还没有发布 / no release in {home} yet", "请检查 --home / check --home")
    with usage_errors(), place.run_lock(on_wait=lambda said: err.print(said, markup=False)):
        try:
            store.switch(release_id)
        except UnknownReleaseError:
            known = ", ".join(manifest.release_id for manifest in store.manifests()) or "—"
            fail(Exit.USAGE, f"没有发布 {release_id} / no release {release_id}", f"现有 / there are: {known}")
    out.print(f"当前发布 / current release: {release_id}", markup=False, highlight=False)


@app.command("check-pack")
def check_pack(
    home: HomeOption = Path(DEFAULT_HOME),
    pack: Annotated[
        str, typer.Option("--pack", envvar="JINDU_PACK", help="a shipped pack's name, or a folder")
    ] = DEFAULT_PACK,
    as_json: JsonOption = False,
) -> None:
    """Validate a pack: every error with file, line and what to do."""
    from ingest.pack import PackError, load_pack

    del home
    try:
        found = load_pack(pack)
    except PackError as error:
        if as_json:
            say_json([vars(problem) if hasattr(problem, "__dict__") else str(problem) for problem in error.errors])
            raise typer.Exit(int(Exit.USAGE)) from None
        fail(Exit.USAGE, str(error))
    counts = {
        "regions": len(found.regions),
        "rank_sets": len(found.rank_sets),
        "bureaus": len(found.bureaus),
        "indicators": len(found.indicators),
        "targets": len(found.targets),
        "sources": len(found.sources),
        "documents": len(found.documents),
    }
    if as_json:
        say_json({"pack": found.info.name, **counts})
        return
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    out.print(f"数据包 {found.info.name} 无误 / pack {found.info.name} is valid: {said}", highlight=False)


def current_release(home: Path) -> Path:
    """The folder of the current release, or the end of the command when there is none."""
    release = home.resolve() / "releases" / "current"
    if not (release / "marts.duckdb").is_file():
        fail(
            Exit.NO_SUCH_FIGURE,
            f"{home} 中还没有发布 / no release in {home} yet",
            "请先运行 jindu run / run jindu run first",
        )
    return release


class usage_errors:  # noqa: N801  (a context manager reads like a word)
    """Turn a wrong pack or home into a sentence and exit code 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from ingest.forms import FormError
        from ingest.home import HomeError
        from ingest.pack import PackError

        if isinstance(error, PackError | HomeError | FormError):
            fail(Exit.USAGE, str(error))


def main() -> None:
    """Entry point of the console command."""
    os.environ.setdefault("PYTHONUTF8", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
