"""A self-contained page of charts: Vega and Vega-Lite lie in it, and nothing is loaded from a network.

Vega 6.4.0, Vega-Lite 6.4.3 and vega-interpreter 2.3.2 (University of Washington Interactive Data Lab, BSD-3-Clause) stand
in ``static/`` as published. Expressions run in the interpreter, so that the page's policy can forbid evaluated code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import attrs

import treves
from treves.pictures.wording import wording

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@attrs.frozen
class Figure:
    """One picture with its numbers.

    Attributes:
        key: short name, unique on the page.
        title: what it shows.
        lead: a sentence or two that say how to read it.
        spec: Vega-Lite specification (see :mod:`treves.pictures.charts`); None for a table alone.
        columns: headings of the table of numbers.
        rows: its cells, ready to print; a number stands right.
        note: what it rests on and what it does not tell.
    """

    key: str
    title: str
    lead: str = ""
    spec: Mapping[str, Any] | None = None
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str | float | int]] = ()
    note: str = ""


@attrs.frozen
class Page:
    """What a page of charts says.

    Attributes:
        title: name of the table or model.
        sentences: where it stands, in a few sentences.
        figures: the pictures, in order.
        made: (label, value) of how it was made: hash, seed, draws, versions.
        record: the audit record, as JSON; empty if there is none.
        command: the command that makes this page again; empty when it was not a command.
    """

    title: str
    sentences: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    made: Sequence[tuple[str, str]] = ()
    record: str = ""
    command: str = ""


def render(page: Page, *, language: str = "en") -> str:
    """Return the page as HTML that needs nothing but itself; about 0.8 MB, nearly all of it Vega.

    Args:
        page: what it says; all texts are escaped.
        language: "en" or "nl", of the page's own words.
    """
    from markupsafe import Markup

    style = _asset("page.css")
    engine = _engine() if any(f.spec for f in page.figures) else ""
    script = _asset("page.js") if engine else ""
    specs = {f.key: f.spec for f in page.figures if f.spec}
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            w=wording(language),
            language=language,
            version=treves.__version__,
            policy=_policy(style, engine, script),
            style=Markup(style),  # noqa: S704 - our own file
            engine=Markup(engine),  # noqa: S704 - published files
            script=Markup(script),  # noqa: S704 - our own file
            data=_json(specs),
        )
    )
    return _UNPRINTABLE.sub("\ufffd", text)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("treves.pictures", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.tests["numeric"] = lambda cell: isinstance(cell, int | float)
    found.filters["cell"] = _cell
    return found


def _cell(cell: str | float) -> str:
    """Numbers as short as they can be told without loss that matters: three decimals."""
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".") if abs(cell) < 1e6 else f"{cell:.4g}"
    return str(cell)


@cache
def _asset(name: str) -> str:
    return (files("treves.pictures") / "static" / name).read_text(encoding="utf-8")


@cache
def _engine() -> str:
    """Vega, Vega-Lite and the interpreter as one script; the interpreter is published as a module only."""
    interpreter = re.sub(
        r"^import \{([^}]*)\} from 'vega-util';", r"const {\1} = vega;", _asset("vega-interpreter.js"), count=1
    )
    interpreter = re.sub(
        r"export \{ expression as expressionInterpreter \};", "vega.expressionInterpreter = expression;", interpreter
    )
    joined = "\n".join([_asset("vega.min.js"), _asset("vega-lite.min.js"), f"(function () {{\n{interpreter}\n}})();"])
    return joined.replace("</script", "<\\/script")


def _policy(*parts: str) -> str:
    """A content security policy that lets this page's own style and scripts run, and nothing else load."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(p.encode()).digest()).decode()}'" for p in parts]
    # Vega sets styles on the elements that it draws, which no hash can foresee
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src {' '.join(hashes[1:])}; base-uri 'none'; form-action 'none'"
    )


def _json(data: object) -> Markup:
    """Return `data` as JSON that cannot leave its script element, whatever it holds."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped above
