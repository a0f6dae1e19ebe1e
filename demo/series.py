"""All simulated figures of the demonstration years, from one seed."""

from __future__ import annotations

from demo.county import add_county_figures
from demo.figures import Figures
from demo.tasks import add_task_figures

SEED = 410503


def simulate(seed: int = SEED) -> Figures:
    """The figures of January 2021 – December 2023; the same seed gives the same figures."""
    figures = Figures()
    add_county_figures(figures, seed)
    add_task_figures(figures, seed)
    return figures
