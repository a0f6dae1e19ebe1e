"""A form as data: its blocks, labels, cells to fill, and the key of each.

Belongs here: what writer and reader share, because it travels inside the workbook. Does not belong here: how a form
looks, or what is due. Rows and columns count from zero; texts stand as printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from ingest.formulas import harmless

VERSION = 1
"""Raise it when a form that is out in the offices can no longer be read by the same rules."""

Printed = Annotated[str, AfterValidator(harmless)]
"""A text that the form prints; a name that begins like a formula is plain text also when the form is saved as CSV."""
Role = Literal["label", "unit", "last", "month", "value", "status", "note"]


class FormError(ValueError):
    """A form cannot be made; two sentences: what is wrong, and what to do."""

    def __init__(self, said: str, advice: str) -> None:
        super().__init__(f"{said}\n{advice}")


@dataclass(frozen=True)
class LastValue:
    """The last accepted figure of one key, to be shown beside the cell to fill."""

    region_code: str
    indicator_code: str
    measure: str
    growth_basis: str
    reference_month: date
    value: float
    is_simulated: bool = False


class Part(BaseModel):
    """Base of what travels inside the workbook."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Part):
    """One column of a block: its header, where it was issued, what its cells are."""

    column: int
    header: Printed
    role: Role


class Row(Part):
    """One row of a block: where it was issued, and the texts of its label columns."""

    row: int
    labels: tuple[Printed, ...]


class Field(Part):
    """One cell to fill: its key, and which row and columns of the block belong to it (positions in their lists)."""

    row: int
    value: int
    status: int
    unit: int
    unit_row: int
    note: int | None = None
    last: int
    month: int
    region: str
    indicator: str
    measure: str
    growth_basis: str
    unit_code: str
    period_label: str
    last_value: float | None = None
    last_month: str = ""


class Block(Part):
    """One table of the form."""

    sheet: str
    title: Printed
    title_row: int
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    fields: tuple[Field, ...]

    def header_of(self, field: Field) -> str:
        """What the value column of a field is called."""
        return self.columns[field.value].header


class Text(Part):
    """A printed text outside the blocks; ``is_free`` when the clerk may write there."""

    sheet: str
    row: int
    column: int
    text: Printed
    is_free: bool = False


class Form(Part):
    """One bureau's form of one month."""

    version: int = VERSION
    pack: str
    bureau: str
    month: date
    blocks: tuple[Block, ...]
    texts: tuple[Text, ...] = ()

    @property
    def checksum(self) -> str:
        """sha256 over everything that the form prints and asks."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def fields(self) -> Iterator[tuple[Block, Field]]:
        """Every cell to fill, with its block."""
        for block in self.blocks:
            for field in block.fields:
                yield block, field

    def printed(self) -> Iterator[str]:
        """Every text that the form was issued with."""
        for text in self.texts:
            yield text.text
        for block in self.blocks:
            yield block.title
            yield from (column.header for column in block.columns)
            yield from (label for row in block.rows for label in row.labels)
