"""The stock-flow picture of the chain as an SVG, drawn from its stages and ways."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from treves.policy.asylum.stages import STAGES, STRANDS, WAYS, Stage

_WIDE, _HIGH, _ACROSS, _DOWN, _EDGE = 190, 46, 262, 68, 30
"""Width and height of a stage, distance of columns and rows, and margin, in pixels."""
_ROUND = {"queue": 2, "pool": 12, "out": 23}
_FILL = {"queue": "#dce8f4", "pool": "#f4ead8", "out": "#e6e6e6"}
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1b1b1b;text-anchor:middle}"
    ".strand{font-weight:bold;font-size:15px;text-anchor:start}"
    "rect{stroke:#44546a}path{fill:none;stroke:#44546a;stroke-width:1.2;marker-end:url(#tip)}"
    ".kin{stroke-dasharray:5 4}"
)
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0L8 4L0 8z" style="fill:#44546a;stroke:none;marker-end:none"/></marker></defs>'
)


def stock_flow_svg(language: str = "en") -> str:
    """Return the picture, "en" or "nl": queues have sharp corners, pools round ones, ends are pills; hovering tells a way.

    It has a title and a description, and needs nothing from elsewhere.
    """
    dutch = language == "nl"
    columns, rows = (max(stage.at[axis] for stage in STAGES) + 1 for axis in (0, 1))
    width, height = 3 * _EDGE + (columns - 1) * _ACROSS + _WIDE, 2 * _EDGE + (rows - 1) * _DOWN + _HIGH
    title = "De keten van asiel en nareis" if dutch else "The chain of asylum and family reunification"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        _TIP,
    ]
    by_key = {stage.key: stage for stage in STAGES}
    parts += [_strand(strand, titles[dutch]) for strand, titles in STRANDS.items()]
    for way in WAYS:
        if way.source:
            parts.append(_way(by_key[way.source], by_key[way.target], way.told(language)))
    parts.append(_kin(by_key["holders"], by_key["abroad"]))
    parts += [_box(stage, stage.told(language)) for stage in STAGES]
    return "".join((*parts, "</svg>"))


def _corner(stage: Stage) -> tuple[int, int]:
    return _EDGE + stage.at[0] * _ACROSS, _EDGE + stage.at[1] * _DOWN


def _strand(strand: str, title: str) -> str:
    top = min(_corner(stage)[1] for stage in STAGES if stage.strand == strand)
    return f'<text class="strand" x="{_EDGE}" y="{top + 14}">{escape(title)}</text>'


def _box(stage: Stage, label: str) -> str:
    x, y = _corner(stage)
    lines = wrap(label, 30)
    first = y + _HIGH / 2 + 4 - 7 * (len(lines) - 1)
    words = "".join(
        f'<text x="{x + _WIDE / 2}" y="{first + 14 * number}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    shape = (
        f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="{_ROUND[stage.kind]}" fill="{_FILL[stage.kind]}"/>'
    )
    return shape + words


def _way(source: Stage, target: Stage, label: str) -> str:
    """An arrow: to another column from side to side, within one column along its left or right edge."""
    (x, y), (to_x, to_y) = _corner(source), _corner(target)
    middle, to_middle = y + _HIGH / 2, to_y + _HIGH / 2
    if to_x > x:
        start, bend = x + _WIDE, (to_x - x - _WIDE) / 2
        path = f"M{start} {middle}C{start + bend} {middle} {to_x - bend} {to_middle} {to_x} {to_middle}"
    elif abs(target.at[1] - source.at[1]) == 1:
        shift = _WIDE / 2 + (18 if to_y > y else -18)
        edge, to_edge = (y + _HIGH, to_y) if to_y > y else (y, to_y + _HIGH)
        path = f"M{x + shift} {edge}L{to_x + shift} {to_edge}"
    else:
        path = f"M{x + _WIDE} {middle}C{x + _WIDE + 40} {middle} {to_x + _WIDE + 40} {to_middle} {to_x + _WIDE} {to_middle}"
    return f'<path d="{path}"><title>{escape(label)}</title></path>'


def _kin(source: Stage, target: Stage) -> str:
    """The dashed line from those granted to their relatives."""
    (x, y), (to_x, to_y) = _corner(source), _corner(target)
    x, to_x, bottom = x + 20, to_x + _WIDE // 2, y + _HIGH
    return f'<path class="kin" d="M{x} {bottom}C{x} {bottom + 150} {to_x} {to_y - 150} {to_x} {to_y}"/>'
