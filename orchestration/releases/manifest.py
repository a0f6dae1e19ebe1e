"""What a release is made of, as ``manifest.json`` beside it.

Belongs here: the shape of the manifest. Who fills it: ``candidate.py``.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE_NAME = "manifest.json"
SIMULATED_NOTICE = "模拟数据，非统计数据"


class SubmissionEntry(BaseModel):
    """One file that the release rests on, or that was refused."""

    submission_id: str
    sha256: str
    file_name: str
    received_at: datetime
    published_at: datetime | None
    outcome: str
    is_simulated: bool


class CheckEntry(BaseModel):
    """One failed check that the release carries all the same (a warning)."""

    table: str
    check: str
    severity: str
    observed: str | None
    unexpected_count: int


class Manifest(BaseModel):
    """The passport of a release.

    ``inputs`` is the digest that says whether a new run would change anything; ``stale_on`` is the next day on which
    the calendar alone would change something (a figure falls due, a month ends), None when the plan years are over.
    """

    model_config = ConfigDict(extra="ignore")

    release_id: str
    released_at: datetime
    inputs: str
    git_revision: str | None
    pack: str
    pack_digest: str
    as_of: date
    fixed_as_of: bool
    stale_on: date | None
    reference_month: date | None
    contains_simulated: bool
    notice: str | None
    submissions: list[SubmissionEntry]
    row_counts: dict[str, int]
    check_passed: int
    check_failed: int
    warnings: list[CheckEntry]
    tool_versions: dict[str, str]
    data_docs: str = "data_docs/index.html"
    """Where the results of every check stand, in the release's own folder."""

    @classmethod
    def read(cls, release: Path) -> Manifest:
        """The manifest of a release folder.

        Raises:
            FileNotFoundError: the folder holds none, so it is not a release.
        """
        return cls.model_validate_json((release / FILE_NAME).read_text(encoding="utf-8"))

    def write(self, release: Path) -> None:
        """Write the manifest, readable by a person."""
        (release / FILE_NAME).write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
