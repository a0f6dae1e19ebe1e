"""The folder of releases: which there are, which one is current, the switch, rollback and retention.

The switch is one ``rename`` of a symbolic link, so a reader meets the old release or the new one and nothing between.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from orchestration.releases.manifest import FILE_NAME, Manifest

BUILDING_PREFIX = ".building-"
DEFAULT_KEEP = 12


class UnknownReleaseError(LookupError):
    """No release has that id."""


class ReleaseStore:
    """The releases under ``<home>/releases``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.link = folder / "current"

    def manifests(self) -> list[Manifest]:
        """Every whole release, oldest first. A folder without a manifest is not one."""
        found = [Manifest.read(path) for path in self.folder.glob("*") if self._is_release(path)]
        return sorted(found, key=lambda manifest: (manifest.released_at, manifest.release_id))

    def _is_release(self, path: Path) -> bool:
        return not path.is_symlink() and not path.name.startswith(".") and (path / FILE_NAME).is_file()

    def current(self) -> Manifest | None:
        """The release that readers get, or None before the first."""
        try:
            return Manifest.read(self.link)
        except FileNotFoundError:
            return None

    def newest_database(self) -> Path | None:
        """The database of the release made last, whether or not readers were sent back behind it."""
        made = self.manifests()
        return self.path(made[-1].release_id) / "marts.duckdb" if made else None

    def path(self, release_id: str) -> Path:
        """The folder of a release.

        Raises:
            UnknownReleaseError: there is no such release.
        """
        path = self.folder / release_id
        if Path(release_id).name != release_id or not self._is_release(path):
            raise UnknownReleaseError(release_id)
        return path

    def building(self, release_id: str) -> Path:
        """A fresh folder in which a release is written aside."""
        path = self.folder / f"{BUILDING_PREFIX}{release_id}"
        path.mkdir(parents=True)
        return path

    def sweep(self) -> None:
        """Remove what a killed run left half written; only ever called by the run that holds the home's lock."""
        for path in self.folder.glob(f"{BUILDING_PREFIX}*"):
            shutil.rmtree(path)
        self._new_link().unlink(missing_ok=True)

    def admit(self, building: Path, release_id: str) -> Path:
        """Make a written release durable and read-only, under its own name. It is not current yet."""
        for path in sorted(building.rglob("*")):
            if path.is_file():
                path.chmod(0o444)
                _sync(path)
        for path in [*[p for p in building.rglob("*") if p.is_dir()], building]:
            _sync(path)
        release = self.folder / release_id
        building.rename(release)
        _sync(self.folder)
        return release

    def switch(self, release_id: str) -> None:
        """Give readers this release, in one atomic step.

        Raises:
            UnknownReleaseError: there is no such release.
        """
        self.path(release_id)
        link = self._new_link()
        link.unlink(missing_ok=True)
        link.symlink_to(release_id)
        link.replace(self.link)
        _sync(self.folder)

    def retire(self, keep: int = DEFAULT_KEEP) -> list[str]:
        """Remove old releases: the newest ``keep``, every month's last and the current one stay."""
        manifests = self.manifests()
        staying = {manifest.release_id for manifest in manifests[-keep:]}
        staying |= set({manifest.released_at.strftime("%Y-%m"): manifest.release_id for manifest in manifests}.values())
        current = self.current()
        if current:
            staying.add(current.release_id)
        going = [manifest.release_id for manifest in manifests if manifest.release_id not in staying]
        for release_id in going:
            shutil.rmtree(self.folder / release_id)
        return going

    def _new_link(self) -> Path:
        return self.folder / ".current-new"


def _sync(path: Path) -> None:
    """Force a file or folder to disk, so that a power cut cannot leave a name without its bytes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
