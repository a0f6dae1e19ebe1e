"""From the inbox to the archive and the quarantine: what happens to bytes before anybody reads them, and after.

Belongs here: finding files, unpacking archives, keeping bytes and records, moving what was read or refused. Does not
belong here: opening a file to understand it (``ingest/grids``, ``ingest/interpret``). Nothing is imported here, so
that the quick look for news costs no more than it needs: ``from ingest.intake.take_in import take_in``.
"""
