"""The assets of the line, in flow order.

    raw.py       files received → cells read → the gate's word on each cell      (group raw)
    models.py    staging → intermediate → marts → audit, built by dbt            (groups of those names)
    audit.py     Great Expectations over the marts: what may not be released     (checks)
    release.py   the release readers get, and the month's brief                  (group release)

Each asset is thin: it opens what it needs from the ``Line`` and says what it did as metadata. Dagster reads the
annotations of these functions itself and knows no generic ones: hence no postponed annotations and some ignores here.
"""
