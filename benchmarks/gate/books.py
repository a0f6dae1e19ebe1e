"""Files of bureaus as grids that can be edited and written again in their own format.

Belongs here: bytes → cells → bytes for xlsx, xls, CSV, HTML and the XML of the 70 cities. Does not belong here: what to
change (``kinds``). Addresses are those of ``raw.cell``: A1, with the line for text files.
"""

from __future__ import annotations

import csv
import html
import io
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

Content = str | int | float | None
Reword = Callable[[str], str]


class Book(ABC):
    """One file: sheets of cells, rows and columns counted from 1."""

    @property
    @abstractmethod
    def sheets(self) -> list[str]:
        """The names of the sheets, as the raw tables name them."""

    @abstractmethod
    def size(self, sheet: str) -> tuple[int, int]:
        """Number of rows and of columns."""

    @abstractmethod
    def get(self, sheet: str, row: int, column: int) -> Content:
        """What stands in a cell; None when nothing does."""

    @abstractmethod
    def put(self, sheet: str, row: int, column: int, content: Content) -> None:
        """Write into a cell; how it is shown stays as it is."""

    @abstractmethod
    def payload(self) -> bytes:
        """The file."""

    def reword(self, change: Reword) -> None:
        """Pass every text of the file, also what stands outside its tables, through a function."""
        for sheet in self.sheets:
            for row, column, text in list(self.texts(sheet)):
                if (changed := change(text)) != text:
                    self.put(sheet, row, column, changed)

    def texts(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """All cells that hold words."""
        height, width = self.size(sheet)
        for row in range(1, height + 1):
            for column in range(1, width + 1):
                content = self.get(sheet, row, column)
                if isinstance(content, str) and content.strip():
                    yield row, column, content


def open_book(name: str, payload: bytes) -> Book:
    """Open a file by the ending of its name."""
    kinds: dict[str, Callable[[bytes], Book]] = {
        ".xlsx": Workbook, ".xls": OldWorkbook, ".csv": TextTable, ".html": Page, ".xml": CityTables,
    }  # fmt: skip
    return kinds[PurePath(name).suffix.lower()](payload)


def plain(content: Content) -> str:
    """A number as a person types it; text as it is."""
    if content is None:
        return ""
    return f"{content:.12g}" if isinstance(content, float) else str(content)


class Workbook(Book):
    """An xlsx workbook through openpyxl: values and formats stay, charts do not."""

    def __init__(self, payload: bytes) -> None:
        import warnings

        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book = openpyxl.load_workbook(io.BytesIO(payload), data_only=True)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets."""
        return list(self._book.sheetnames)

    def size(self, sheet: str) -> tuple[int, int]:
        """Rows and columns."""
        page = self._book[sheet]
        return page.max_row, page.max_column

    def get(self, sheet: str, row: int, column: int) -> Content:
        """What stands in a cell."""
        content: Content = self._book[sheet].cell(row, column).value
        return content

    def put(self, sheet: str, row: int, column: int, content: Content) -> None:
        """Write into a cell."""
        self._book[sheet].cell(row, column).value = content

    def payload(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()


class _Grids(Book):
    """A file held as plain lists of rows."""

    def __init__(self, grids: dict[str, list[list[Content]]]) -> None:
        self._grids = grids

    @property
    def sheets(self) -> list[str]:
        return list(self._grids)

    def size(self, sheet: str) -> tuple[int, int]:
        rows = self._grids[sheet]
        return len(rows), max((len(row) for row in rows), default=0)

    def get(self, sheet: str, row: int, column: int) -> Content:
        rows = self._grids[sheet]
        if row > len(rows) or column > len(rows[row - 1]):
            return None
        content = rows[row - 1][column - 1]
        return None if content == "" else content

    def put(self, sheet: str, row: int, column: int, content: Content) -> None:
        rows = self._grids[sheet]
        while len(rows) < row:
            rows.append([None] * self.size(sheet)[1])
        line = rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = content


class TextTable(_Grids):
    """CSV in its own encoding and with its own line ends."""

    def __init__(self, payload: bytes) -> None:
        self._encoding = "utf-8-sig" if payload.startswith(b"\xef\xbb\xbf") else "utf-8"
        try:
            text = payload.decode(self._encoding)
        except UnicodeDecodeError:
            self._encoding = "gb18030"
            text = payload.decode(self._encoding)
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        super().__init__({"表1": [list(row) for row in csv.reader(io.StringIO(text, newline=""))]})

    def rows(self) -> list[list[Content]]:
        """The lines themselves, to be changed in place."""
        return self._grids["表1"]

    def payload(self) -> bytes:
        """The file."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator=self._line_end)
        writer.writerows([[plain(content) for content in row] for row in self._grids["表1"]])
        return buffer.getvalue().encode(self._encoding)


class Page(_Grids):
    """A web page with one table."""

    _ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
    _CELL = re.compile(r"<(t[hd])>(.*?)</\1>", re.DOTALL)

    def __init__(self, payload: bytes) -> None:
        text = payload.decode("utf-8")
        start, end = text.index("<table"), text.index("</table>")
        self._before, table, self._after = text[:start], text[start:end], text[end:]
        self._opening = table[: table.index(">") + 1]
        self._tags = [[tag for tag, _ in self._CELL.findall(row)] for row in self._ROW.findall(table)]
        rows: list[list[Content]] = [
            [html.unescape(said) for _, said in self._CELL.findall(row)] for row in self._ROW.findall(table)
        ]
        super().__init__({"表1": rows})

    def reword(self, change: Reword) -> None:
        """Also the headline and what stands below the table."""
        super().reword(change)
        self._before, self._after = change(self._before), change(self._after)

    def payload(self) -> bytes:
        """The file."""
        lines = [
            "<tr>" + "".join(f"<{tag}>{html.escape(plain(said))}</{tag}>" for tag, said in zip(tags, row, strict=False))
            + "</tr>"
            for tags, row in zip(self._tags, self._grids["表1"], strict=True)
        ]  # fmt: skip
        return (self._before + self._opening + "\n" + "\n".join(lines) + "\n" + self._after).encode()


class CityTables(_Grids):
    """The 70-city XML. Whoever collected it wrote each city twice; a slip of the office stands in both copies."""

    _TABLE = re.compile(r"<table .*?</table>", re.DOTALL)
    _ROW = re.compile(r"<row .*?</row>", re.DOTALL)
    _CELL = re.compile(r"(<cell [^>]*>)(.*?)(</cell>)", re.DOTALL)

    def __init__(self, payload: bytes) -> None:
        self._text = payload.decode("utf-8")
        self._titles: dict[str, str] = {}
        self._doubled: dict[str, bool] = {}
        grids: dict[str, list[list[Content]]] = {}
        for table in self._TABLE.findall(self._text):
            title = re.search(r'title="([^"]*)"', table)
            assert title is not None
            rows: list[list[Content]] = [
                [html.unescape(said) for _, said, _ in self._CELL.findall(row)] for row in self._ROW.findall(table)
            ]
            head, body = rows[:1], rows[1:]
            half = len(body) // 2
            name = title.group(1)
            self._doubled[name] = body[:half] == body[half:]
            grids[name] = head + (body[:half] if self._doubled[name] else body)
        super().__init__(grids)

    def reword(self, change: Reword) -> None:
        """Also the titles, which are the names of the sheets."""
        super().reword(change)
        self._text = re.sub(r'(title|name|description)="([^"]*)"', lambda m: f'{m[1]}="{change(m[2])}"', self._text)
        self._grids = {change(name): rows for name, rows in self._grids.items()}
        self._doubled = {change(name): is_so for name, is_so in self._doubled.items()}

    def payload(self) -> bytes:
        """The file."""
        grids = iter(self._grids.items())

        def table(match: re.Match[str]) -> str:
            name, rows = next(grids)
            lines = iter(rows + (rows[1:] if self._doubled[name] else []))
            return self._ROW.sub(lambda row: self._row(row.group(), next(lines)), match.group())

        return self._TABLE.sub(table, self._text).encode()

    def _row(self, text: str, contents: list[Any]) -> str:
        said = iter(contents)
        return self._CELL.sub(lambda m: m[1] + html.escape(plain(next(said)), quote=False) + m[3], text)


class OldWorkbook(_Grids):
    """An xls workbook (BIFF8): values, merged cells and number formats."""

    def __init__(self, payload: bytes) -> None:
        import xlrd

        book = xlrd.open_workbook(file_contents=payload, formatting_info=True)
        self._formats: dict[str, dict[tuple[int, int], str]] = {}
        self._merged: dict[str, list[tuple[int, int, int, int]]] = {}
        grids: dict[str, list[list[Content]]] = {}
        for page in book.sheets():
            grids[page.name] = [[value if value != "" else None for value in page.row_values(n)]
                                for n in range(page.nrows)]  # fmt: skip
            self._merged[page.name] = list(page.merged_cells)
            self._formats[page.name] = {
                (row, column): book.format_map[book.xf_list[page.cell_xf_index(row, column)].format_key].format_str
                for row in range(page.nrows)
                for column in range(page.ncols)
            }
        super().__init__(grids)

    def payload(self) -> bytes:
        """The file."""
        import xlwt

        book = xlwt.Workbook(encoding="utf-8")
        styles: dict[str, Any] = {}
        for name, rows in self._grids.items():
            page = book.add_sheet(name)
            for first_row, end_row, first_column, end_column in self._merged[name]:
                page.merge(first_row, end_row - 1, first_column, end_column - 1)
            for row, line in enumerate(rows):
                for column, content in enumerate(line):
                    if content is not None:
                        shown = self._formats[name].get((row, column), "General")
                        style = styles.setdefault(shown, xlwt.easyxf(num_format_str=shown))
                        page.write(row, column, content, style)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()
