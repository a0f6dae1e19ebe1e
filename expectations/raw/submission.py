"""What a file must be before its cells are looked at. A row without a cell stands for the whole file."""

from expectations.rule import CELL_KEY, Entry, Suite
from expectations.vocabulary import coverage, files

SUITE = Suite(
    table="submission",
    frame="judged_submission",
    key=CELL_KEY,
    entries=(
        Entry(files.BureauIsKnown(), "critical", "pack: bureaus"),
        Entry(files.FileHoldsFigures(), "critical", "DESIGN: every cell is read or said why not"),
        Entry(files.FileIsItsBytes(), "critical", "DESIGN: content-addressed archive"),
        Entry(files.RefusalHasReason(), "warning", "CONTRACT: nothing in the inbox is lost"),
        Entry(files.PublishedBeforeReceived(), "warning", "RULES 11"),
        Entry(coverage.UsualFigureIsThere(), "warning", "learnt: the last three reports"),
        Entry(coverage.UsualRegionIsThere(), "warning", "learnt: the last three reports"),
        Entry(coverage.UsualColumnIsThere(), "warning", "learnt: the last three reports"),
        Entry(coverage.HeadingHasFigures(), "warning", "by the heading; pack: frequency, first_month"),
        Entry(coverage.TableHasFigures(), "warning", "by the other tables of the file"),
        Entry(coverage.RegionSetIsWhole(), "warning", "pack: rank_sets, regions"),
        Entry(coverage.TableHasNoGap(), "warning", "by the figures around it; pack: frequency, first_month"),
        Entry(coverage.FigureToldBeforeIsThere(), "warning", "by the report before; pack: frequency, first_month"),
        Entry(coverage.RegionIsInEveryTable(), "warning", "by the other tables of the file"),
    ),
)
