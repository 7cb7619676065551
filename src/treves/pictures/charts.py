"""Charts as Vega-Lite specifications, from plain rows. A negative width means: that much less than the page gives.

Parties and series are told apart by name and place, never by colour alone; what is uncertain is drawn lighter, with its 50
and 90 per cent bands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

Rows = Sequence[Mapping[str, Any]]
Spec = dict[str, Any]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LETTER, _MOST_ROOM, _MARGIN = 7, 230, 36
"""Width of a letter, the most room left of a picture for names, and what its edges take, in pixels."""
_CHANCE = {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}


def positions(rows: Rows, *, scale: str = "") -> Spec:
    """Return the strip chart of positions: a panel an issue, a line a party, bands, points, and red lines as shaded ground.

    Args:
        rows: each with `kind` and `issue`. Kind "position": party, point, low50, high50, low90, high90, salience. Kind
            "red line": party, low, high (ends of the refused part of the scale), firmness. Kind "option": party "", at,
            label.
        scale: title of the scale.
    """
    x = {"type": "quantitative", "scale": {"domain": [-4, 104], "nice": False}}
    axis = {"values": [0, 25, 50, 75, 100], "title": scale or None}
    y = _names(rows, "party")

    def layer(kind: str, mark: Mapping[str, Any], **encoding: Any) -> Spec:
        return {"transform": [{"filter": f"datum.kind === '{kind}'"}], "mark": mark, "encoding": {"y": y, **encoding}}

    def between(low: str, high: str) -> dict[str, Any]:
        return {"x": {"field": low, **x, "axis": axis}, "x2": {"field": high}}

    tip = [{"field": f, "type": "nominal"} for f in ("party", "told")]
    option = {"align": "center", "baseline": "top", "dy": 3, "fontSize": 11, "limit": 120}
    return _spec(
        rows,
        facet=_panels(rows, "issue"),
        spec={
            "width": _room(rows, "party"),
            "height": {"step": 22},
            "layer": [
                layer(
                    "red line",
                    {"type": "bar", "height": 18, "color": "#b3592d", "strokeDash": [3, 3], "stroke": "#b3592d"},
                    **between("low", "high"),
                    fillOpacity={
                        "field": "firmness",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"domain": [0, 1], "range": [0.03, 0.35]},
                    },
                    tooltip=tip,
                ),
                layer("position", {"type": "rule", "strokeWidth": 3, "opacity": 0.35}, **between("low90", "high90")),
                layer("position", {"type": "rule", "strokeWidth": 8, "opacity": 0.45}, **between("low50", "high50")),
                layer(
                    "position",
                    {"type": "point", "filled": True, "opacity": 1},
                    x={"field": "point", **x, "axis": axis},
                    size={
                        "field": "salience",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"domain": [0, 1], "range": [30, 260]},
                    },
                    tooltip=tip,
                ),
                layer(
                    "option",
                    {"type": "text", **option},
                    x={"field": "at", **x, "axis": axis},
                    text={"field": "label", "type": "nominal"},
                ),
            ],
        },
        resolve={"scale": {"y": "independent"}},
    )


def utilities(rows: Rows, *, axis: str) -> Spec:
    """Return the value of packages to each party: a panel a package, a dot a party, a tick at its reservation value.

    Args:
        rows: package, party, utility (0-1), reservation (0-1), accepts (bool).
        axis: title of the axis.
    """
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": axis, **_CHANCE, "format": ".2f"}}
    y = _names(rows, "party")
    return _spec(
        rows,
        facet=_panels(rows, "package"),
        spec={
            "width": _room(rows, "party"),
            "height": {"step": 20},
            "layer": [
                {
                    "mark": {"type": "tick", "thickness": 2, "color": "#b3592d"},
                    "encoding": {"y": y, "x": {"field": "reservation", **x}},
                },
                {
                    "mark": {"type": "point", "size": 90},
                    "encoding": {
                        "y": y,
                        "x": {"field": "utility", **x},
                        "fillOpacity": {"condition": {"test": "datum.accepts", "value": 1}, "value": 0},
                        "fill": {"value": "#5b84b1"},
                        "tooltip": [
                            {"field": f, "type": t} for f, t in (("party", "nominal"), ("utility", "quantitative"))
                        ],
                    },
                },
            ],
        },
    )


def frontier(rows: Rows, *, x: str, y: str) -> Spec:
    """Return packages in the plane of two values: what can pass is filled, what is blocked is hollow, fair points are named.

    Args:
        rows: x, y (0-1), passes (bool), name (empty but for a fair point), told (what hovering tells).
        x: title of the horizontal axis.
        y: title of the vertical axis.
    """
    encoding = {
        "x": {"field": "x", "type": "quantitative", "title": x, "scale": {"zero": False}},
        "y": {"field": "y", "type": "quantitative", "title": y, "scale": {"zero": False}},
    }
    named = [{"filter": "datum.name !== ''"}]
    return _spec(
        rows,
        width=-70,
        height=340,
        layer=[
            {
                "mark": {"type": "point", "size": 30},
                "encoding": {
                    **encoding,
                    "fillOpacity": {"condition": {"test": "datum.passes", "value": 0.8}, "value": 0},
                    "strokeOpacity": {"condition": {"test": "datum.passes", "value": 0.9}, "value": 0.35},
                    "fill": {"value": "#5b84b1"},
                    "tooltip": [{"field": "told", "type": "nominal"}],
                },
            },
            {
                "transform": named,
                "mark": {"type": "point", "size": 150, "strokeWidth": 2.5, "color": "#b3592d"},
                "encoding": encoding,
            },
            {
                "transform": named,
                "mark": {"type": "text", "align": "left", "dx": 11, "dy": -3, "fontWeight": "bold"},
                "encoding": {**encoding, "text": {"field": "name"}},
            },
        ],
    )


def chances(rows: Rows, *, axis: str) -> Spec:
    """Return the chances of outcomes as bars with their bands.

    Args:
        rows: outcome, chance, low50, high50, low90, high90, all 0-1.
        axis: title of the axis.
    """
    y = _names(rows, "outcome")
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": axis, **_CHANCE}}
    return _spec(
        rows,
        width=_room(rows, "outcome"),
        height={"step": 38},
        layer=[
            {
                "mark": {"type": "bar", "opacity": 0.45, "height": 24},
                "encoding": {"y": y, "x": {"field": "chance", **x}},
            },
            *_bands(y, x),
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "dy": -11, "fontWeight": "bold"},
                "encoding": {"y": y, "x": {"field": "chance", **x}, "text": {"field": "chance", "format": ".0%"}},
            },
        ],
    )


def landing(rows: Rows, *, axis: str) -> Spec:
    """Return where an agreement would land: a panel an issue, a bar an option, with the band of its chance.

    Args:
        rows: issue, option, chance, low50, high50, low90, high90, all 0-1.
        axis: title of the axis.
    """
    y = _names(rows, "option")
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"title": axis, **_CHANCE}}
    return _spec(
        rows,
        facet=_panels(rows, "issue"),
        spec={
            "width": _room(rows, "option"),
            "height": {"step": 24},
            "layer": [
                {
                    "mark": {"type": "bar", "opacity": 0.45, "height": 16},
                    "encoding": {"y": y, "x": {"field": "chance", **x}},
                },
                *_bands(y, x),
            ],
        },
        resolve={"scale": {"y": "independent"}},
    )


def tornado(rows: Rows, *, axis: str, base: float | None = None) -> Spec:
    """Return which inputs move a result most: a bar an input, from its result at the low end to that at the high end.

    Args:
        rows: input, low, high (the results), told.
        axis: title of the axis.
        base: the result with all inputs as they are, drawn as a line; None for none.
    """
    y = _names(rows, "input")
    x = {"type": "quantitative", "scale": {"zero": False}, "axis": {"title": axis}}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": 14, "opacity": 0.6},
            "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}, "tooltip": [{"field": "told"}]},
        }
    ]
    if base is not None:
        layers.append({"mark": {"type": "rule", "strokeDash": [4, 3]}, "encoding": {"x": {"datum": base, **x}}})
    return _spec(rows, width=_room(rows, "input"), height={"step": 22}, layer=layers)


def fan(rows: Rows, *, x: str, y: str, temporal: bool = False, share: bool = False, panels: bool = False) -> Spec:
    """Return how a quantity may go over time: its median with 50 and 90 per cent bands, one panel or colour a series.

    Args:
        rows: at (a number, or an ISO date), series, median, low50, high50, low90, high90.
        x: title of the horizontal axis.
        y: title of the vertical axis.
        temporal: whether `at` is a date.
        share: whether the values are parts of 1, told as percentages.
        panels: a panel a series below one another, with a vertical scale of their own; else all in one panel.
    """
    at = {"field": "at", "type": "temporal" if temporal else "quantitative", "title": x}
    value = {"type": "quantitative", "title": y, "axis": {"format": ".0%"} if share else {}}
    colour = {} if panels else {"color": {"field": "series", "type": "nominal", "title": None, "sort": None}}

    def band(edge: str, opacity: float) -> Spec:
        encoding = {"x": at, "y": {"field": f"low{edge}", **value}, "y2": {"field": f"high{edge}"}, **colour}
        return {"mark": {"type": "area", "opacity": opacity}, "encoding": encoding}

    layers = [
        band("90", 0.15),
        band("50", 0.3),
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {"x": at, "y": {"field": "median", **value}, **colour},
        },
    ]
    if not panels:
        return _spec(rows, width=-70, height=300, layer=layers)
    return _spec(
        rows,
        facet=_panels(rows, "series"),
        spec={"width": -70, "height": 150, "layer": layers},
        resolve={"scale": {"y": "independent"}},
    )


def calibration(rows: Rows, *, x: str, y: str) -> Spec:
    """Return how often forecasts came true, against how often they said they would, with the line where both agree.

    Args:
        rows: series, stated, observed, low, high (band of the observed part), all 0-1, and count.
        x: title of the horizontal axis.
        y: title of the vertical axis.
    """
    across = {"field": "stated", "type": "quantitative", "title": x, "scale": {"domain": [0, 1]}}
    up = {"type": "quantitative", "title": y, "scale": {"domain": [0, 1]}}
    colour = {"color": {"field": "series", "type": "nominal", "title": None}}
    line = {"values": [{"stated": 0, "observed": 0}, {"stated": 1, "observed": 1}]}
    return _spec(
        rows,
        width=-90,
        height=340,
        layer=[
            {
                "data": line,
                "mark": {"type": "line", "strokeDash": [4, 4], "opacity": 0.6, "strokeWidth": 1},
                "encoding": {"x": across, "y": {"field": "observed", **up}},
            },
            {
                "mark": {"type": "rule", "opacity": 0.6},
                "encoding": {"x": across, "y": {"field": "low", **up}, "y2": {"field": "high"}, **colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60},
                "encoding": {
                    "x": across,
                    "y": {"field": "observed", **up},
                    **colour,
                    "tooltip": [{"field": f} for f in ("series", "stated", "observed", "count")],
                },
            },
        ],
    )


def _bands(y: Mapping[str, Any], x: Mapping[str, Any]) -> list[Spec]:
    return [
        {
            "mark": {"type": "rule", "strokeWidth": width},
            "encoding": {"y": y, "x": {"field": f"low{edge}", **x}, "x2": {"field": f"high{edge}"}},
        }
        for edge, width in (("90", 1.5), ("50", 4))
    ]


def _in_order(rows: Rows, field: str) -> list[str]:
    return list(dict.fromkeys(str(r[field]) for r in rows if r.get(field)))


def _names(rows: Rows, field: str) -> dict[str, Any]:
    """A vertical axis of names, in the order of the rows."""
    return {
        "field": field,
        "type": "nominal",
        "sort": _in_order(rows, field),
        "title": None,
        "axis": {"labelLimit": _MOST_ROOM},
    }


def _room(rows: Rows, field: str) -> int:
    longest = max((len(name) for name in _in_order(rows, field)), default=0)
    return -min(longest * _LETTER, _MOST_ROOM) - _MARGIN


def _panels(rows: Rows, field: str) -> dict[str, Any]:
    """A panel for each value, below one another in the order of the rows."""
    header = {"labelOrient": "top", "labelAnchor": "start", "labelAngle": 0, "labelPadding": 4, "labelLimit": 600}
    return {"row": {"field": field, "type": "nominal", "sort": _in_order(rows, field), "title": None, "header": header}}


def _spec(rows: Rows, **fields: Any) -> Spec:
    return {"$schema": _SCHEMA, "data": {"values": [dict(r) for r in rows]}, **fields}


def flow(stages: Rows, ways: Rows) -> Spec:
    """Return a chain of stages as boxes in columns and rows, with the ways between them as lines that thicken at their end.

    Args:
        stages: x, y (column and row, from 0), label, and kind, told by the fill of the box.
        ways: x, y, x2, y2 (from a stage to a stage), label, told where the line is hovered.
    """
    across = {"type": "quantitative", "axis": None, "scale": {"domain": [-0.5, 3.5], "nice": False}}
    rows = max((s["y"] for s in stages), default=0)
    down = {"type": "quantitative", "axis": None, "scale": {"domain": [rows + 0.5, -0.5], "nice": False}}
    lines = [dict(s) | {"lines": wrap(str(s["label"]), 22)} for s in stages]
    words = [s | {"y": s["y"] - 0.115 * (len(s["lines"]) - 1)} for s in lines]
    box = [
        dict(s) | {"left": s["x"] - 0.36, "right": s["x"] + 0.36, "top": s["y"] - 0.33, "low": s["y"] + 0.33}
        for s in stages
    ]
    ends = [
        dict(w) | {"mx": w["x"] + 0.62 * (w["x2"] - w["x"]), "my": w["y"] + 0.62 * (w["y2"] - w["y"])} for w in ways
    ]
    line = {"x": {"field": "x", **across}, "y": {"field": "y", **down}, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    end = {"x": {"field": "mx", **across}, "y": {"field": "my", **down}, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    edges = {
        "x": {"field": "left", **across},
        "x2": {"field": "right"},
        "y": {"field": "top", **down},
        "y2": {"field": "low"},
    }
    told = [{"field": "label", "type": "nominal"}]
    fill = {"field": "kind", "type": "nominal", "title": None, "scale": {"range": ["#dfe8f3", "#f3e6df", "#e4efdf"]}}
    return {
        "$schema": _SCHEMA,
        "width": -20,
        "height": 66 * (rows + 1),
        "view": {"stroke": None},
        "layer": [
            {
                "data": {"values": ends},
                "mark": {"type": "rule", "opacity": 0.35},
                "encoding": {**line, "tooltip": told},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "rule", "strokeWidth": 3.5, "opacity": 0.45, "strokeCap": "round"},
                "encoding": {**end, "tooltip": told},
            },
            {
                "data": {"values": box},
                "mark": {"type": "rect", "cornerRadius": 4, "stroke": "#7c8088"},
                "encoding": {**edges, "fill": fill, "tooltip": told},
            },
            {
                "data": {"values": words},
                "mark": {"type": "text", "fontSize": 10.5, "lineBreak": "\n", "color": "#1a1a1a", "baseline": "middle"},
                "encoding": {
                    "x": {"field": "x", **across},
                    "y": {"field": "y", **down},
                    "text": {"field": "lines", "type": "nominal"},
                },
            },
        ],
    }
