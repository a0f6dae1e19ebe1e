"""From the files that bureaus send to one row per cell: archive, read, interpret, load.

Belongs here: everything that opens a bureau file or a pack. Does not belong here: any figure that is computed from
another one (dbt), any judgement whether a figure is plausible (``expectations``), any schedule (``orchestration``).
Importing this package must stay fast: heavy libraries are imported where they run.
"""
