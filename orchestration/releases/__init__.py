"""Releases: an immutable folder each, and one atomic switch that says which one readers get.

``candidate`` writes a release aside, ``as_of`` gives it its time-travelling table macros, ``manifest`` says what it is
made of, ``store`` lists, switches, rolls back and retires. Nothing here computes a figure.
"""
