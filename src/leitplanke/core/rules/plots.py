"""Pictures of a simulation: amounts by decile and group, winners and losers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from leitplanke.core.rules.summary import Summary

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.axes import Axes

# Two tones that differ in lightness too, and hatching: nothing is said by colour alone.
_PLAIN, _LESS = "#2f5f8f", "#c98f3c"
# The same picture for the same figures: no date, no random ids.
_SAME: Any = {"svg.hashsalt": "leitplanke", "svg.fonttype": "none"}


def picture(summary: Summary, title: str, kind: str, *, group: str = "Gruppe") -> bytes:
    """Return a picture of a summary as `kind` png or svg; `group` is what people call the groups."""
    tables = [
        (t, label)
        for t, label in ((summary.by_decile, "Zehntel nach Einkommen"), (summary.by_group, group))
        if t is not None
    ]
    with rc_context(_SAME):
        figure = Figure(figsize=(8, 1 + 3.2 * max(len(tables), 1)), layout="constrained")
        FigureCanvasAgg(figure)
        figure.suptitle(title, x=0.01, horizontalalignment="left")
        for place, (table, label) in enumerate(tables, 1):
            axes = figure.add_subplot(len(tables), 1, place)
            _bars(axes, table, label, compared=summary.against is not None)
        buffer = BytesIO()
        metadata: dict[str, str | None] = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(buffer, format=kind, dpi=120, metadata=metadata)
    return buffer.getvalue()


def _bars(axes: Axes, table: pl.DataFrame, label: str, *, compared: bool) -> None:
    labels = [str(value) for value in table[table.columns[0]]]
    if compared:
        axes.bar(labels, table["gewinner"].to_list(), color=_PLAIN, label="bekommen mehr")
        fewer = [-value for value in table["verlierer"].to_list()]
        axes.bar(labels, fewer, color=_LESS, hatch="//", label="bekommen weniger")
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set_ylabel("Fälle")
        axes.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
    else:
        axes.bar(labels, table["summe"].to_list(), color=_PLAIN)
        axes.set_ylabel("EUR zusammen")
    axes.set_xlabel(label)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}".replace(",", ".")))
    axes.margins(y=0.1)
    axes.spines[["top", "right"]].set_visible(False)
