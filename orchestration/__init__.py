"""The line: the only package that knows Dagster, and the only one that calls both ``ingest`` and ``expectations``.

A newcomer starts at ``definitions.py``. Reading a file belongs in ``ingest``, judging a table in ``expectations``,
computing a figure in ``dbt_project``; what is left here is order, the release and the commands.
"""
