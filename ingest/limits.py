"""How much one file may ask of this machine: every limit on what is read, with the reason for its size.

Belongs here: numbers. Does not belong here: who counts (the readers, ``containers.py``, ``guard.py``), or what a clerk
is told. ``docs/operations.md`` lists them. The largest legitimate file known is a workbook of 2.4 MB, 17 MB unpacked,
with 340 000 filled cells on one sheet; monthly reports stay below 200 kB and 20 000 cells.
"""

from __future__ import annotations

MEBIBYTE = 1 << 20

FILE_BYTES = 64 * MEBIBYTE
"""A file longer than this is archived and refused unopened: more than twenty times the largest legitimate one."""
UNPACKED_BYTES = 256 * MEBIBYTE
"""All parts of one zip-based document together; XML of this size is parsed within the memory that follows."""
ARCHIVE_BYTES = 512 * MEBIBYTE
"""All members of one zip archive together, those of the archives inside it included."""
RATIO = 200
"""Unpacked to packed bytes of one part; sheets full of equal rows reach 60, a bomb 1 000."""
RATIO_FREE_BYTES = 4 * MEBIBYTE
"""Below this size a part may be packed as tightly as it likes."""
MEMBERS = 2_000
"""Entries of one zip archive (all levels together); a year of every county's reports has a few hundred."""
NESTING = 3
"""Zip archives within zip archives: the year's archive holds the months', these hold the bureaus'."""
DIRECTORY_BYTES = 4 * MEBIBYTE
"""The table of contents of a zip: 2 000 names of the longest kind. A longer one is not even parsed."""
NAME_BYTES = 200
"""Each part of a member's name; leaves room for ``.reason.json`` within the 255 that file systems take."""
PATH_BYTES = 1_000
"""A member's whole name."""

FILLED_CELLS = 500_000
"""Half as many again as the largest legitimate file; one reading of it takes half a minute."""
AREA_CELLS = 8_000_000
"""Width times height of a sheet, empty cells included: each costs some bytes even when nothing stands there."""
ROWS = 1_048_576
COLUMNS = 16_384
"""What Excel allows."""
SPAN = 500
"""Rows or columns that one cell of a page or a text document may cover."""
MERGES = 100_000
"""Merged ranges of one sheet."""
MERGED_CELLS = 2_000_000
"""Cells that the merged ranges of one sheet cover together."""
TEXT_CHARACTERS = 32_767
"""Characters in one cell: what Excel allows."""
PDF_PAGES = 200
"""Pages of one PDF; a monthly report has some thirty."""

OPEN_SECONDS = 10
"""Processor time for a file until its cells are there (and for everything, when it has few)."""
CELLS_A_SECOND = 10_000
"""Each second more is granted for so many filled cells, on a machine half as fast as ours."""
CLOCK_SECONDS = 300.0
"""By the clock, for a busy machine and a slow disk: then a file is given up whatever it does."""
START_SECONDS = 60.0
"""By the clock, until a fresh reading process is ready; not the file's fault, so not counted against it."""
MEMORY_BYTES = 1_000 * MEBIBYTE
"""Address space of a reading process, so its resident memory stays below 1 GiB; at rest it takes 50 MiB."""
