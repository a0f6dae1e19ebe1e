"""How well the gate does (``make bench-gate``): faults put into clean files, and clean files that must pass.

``books`` edits files as a clerk would, ``kinds`` are the slips, ``worlds`` the clean material, ``information`` says
whether a slip can be found at all, ``line`` sends the file through the real steps, ``score`` and ``report`` count.
Nothing here knows which checks exist; what belongs to them is in ``expectations``.
"""
