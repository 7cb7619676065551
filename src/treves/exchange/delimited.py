"""Delimited tables as people make them: comma, semicolon or tab; with or without a byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

_DELIMITERS = ",;\t"


def read_table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a delimited table with the number of the line on which each begins, empty rows left out.

    The delimiter is the one of comma, semicolon and tab that the first line has most of.

    Args:
        text: the table, decoded.

    Raises:
        csv.Error: a field is larger than 128 KiB, or quotation marks are misplaced.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1
