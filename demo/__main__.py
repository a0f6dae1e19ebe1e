"""``python -m demo --out DIR``: write the demonstration files into a folder that can serve as an inbox."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from demo import SIMULATED
from demo.months import Month
from demo.send import letters
from demo.series import SEED


def main(arguments: list[str] | None = None) -> int:
    """Write the files and say how many."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", dest="first", type=Month.parse, default=Month(2021, 1), help="first month, 2021-01")
    parser.add_argument("--to", dest="last", type=Month.parse, default=Month(2023, 12), help="last month, 2023-12")
    options = parser.parse_args(arguments)
    count = 0
    for letter in letters(options.seed, options.first, options.last):
        letter.write(options.out)
        count += 1
    sys.stdout.write(f"{count} demonstration files ({SIMULATED}) in {options.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
