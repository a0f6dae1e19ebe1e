"""What a statistician asks of a figure, a file and a table: named rules, one module per subject.

A rule says what must hold, in English (docstring) and Chinese (``zh``). How bad a breach is and where a bound comes
from stand in the suites, not here.
"""
