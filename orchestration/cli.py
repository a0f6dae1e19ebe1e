"""The ``jindu`` command. Each command is thin: parse, call, print, choose the exit code that CONTRACT.md promises.

Heavy libraries are imported inside the commands that need them, so that ``--help`` and a run without news are quick.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.settings import DEFAULT_HOME, DEFAULT_PACK, Settings
from orchestration.terminal import Exit, HomeOption, JsonOption, PackOption, err, fail, out, say_json, usage_errors

app = typer.Typer(
    name="jindu",
    help="进度 Jindu: where a district stands, every month, against its annual plan and its neighbours.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


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
    from ingest.clock import Clock
    from ingest.pack import PackError, load_pack

    del home
    try:
        found = load_pack(pack, Clock().today)
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


@app.command()
def probe(
    file: Annotated[Path, typer.Argument(help="a file that nobody has described yet")],
    home: HomeOption = Path(DEFAULT_HOME),
    pack: PackOption = DEFAULT_PACK,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="write the proposed spec to this file")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a file holds and propose a source spec that already reads it."""
    from orchestration import probing

    del home
    if file.is_dir():
        fail(
            Exit.USAGE,
            f"{file} 是文件夹 / {file} is a folder",
            "请逐个查看其中的文件 / probe its files one by one",
        )
    if not file.is_file():
        fail(Exit.USAGE, f"没有文件 {file} / no file {file}")
    with usage_errors():
        try:
            found = probing.probe(file.resolve(), pack)
        except probing.UnreadableFileError as error:
            fail(Exit.FAILED, *str(error).splitlines())
    if output is not None and not output.parent.is_dir():
        fail(Exit.USAGE, f"没有文件夹 {output.parent} / no folder {output.parent}")
    written = probing.write(found, output) if output is not None and found["spec"] else []
    if as_json:
        say_json(found)
        return
    probing.show(found, out, with_spec=output is None)
    for path in written:
        out.print(f"已写入 written: {path}", markup=False, highlight=False)


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


def main() -> None:
    """Entry point of the console command."""
    os.environ.setdefault("PYTHONUTF8", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
