"""The page an official reads: the briefs of a release as one file that needs no server and no network.

The sentences come from the marts; here is only the paper they are printed on (``page.html.j2``).
"""

from __future__ import annotations

from pathlib import Path

from ingest.formulas import harmless
from orchestration.brief import ENGLISH, render_all
from orchestration.releases.manifest import Manifest

FILE_NAME = "index.html"


def write_page(release: Path, manifest: Manifest) -> None:
    """Write the page of a release beside its database.

    Raises:
        FileNotFoundError: the folder holds no released database.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    paper = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=harmless,  # people open the page, or paste its table, in a spreadsheet
    )
    page = paper.get_template("page.html.j2").render(briefs=render_all(release), english=ENGLISH, manifest=manifest)
    (release / FILE_NAME).write_text(page, encoding="utf-8")
