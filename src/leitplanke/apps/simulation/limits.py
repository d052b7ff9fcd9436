"""What a table may be: apart from its reader, which brings polars with it."""

from __future__ import annotations

MOST_ROWS = 1_000_000
MOST_ITEMS = 5_000_000
ENDINGS = (".csv", ".parquet")
