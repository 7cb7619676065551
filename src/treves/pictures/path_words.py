"""What the cells of a table are called: "redline.cu.limit.firmness" is the firmness of CU's red line on the limit."""

from __future__ import annotations

from treves.model.table import Table
from treves.pictures.wording import Wording

_OF_PARTY = ("reservation", "reversion", "concession", "give_way", "bluff", "walk_out", "seats")


def path_words(table: Table, path: str, words: Wording) -> str:
    """Return in words what a path of a what-if edit names; the path itself where it names nothing that is known here.

    Args:
        table: whose parties and issues are named.
        path: as in :mod:`treves.bargaining.edits`, without a value.
        words: the language.
    """
    kind, _, rest = path.partition(".")
    if kind in ("party", "position", "redline", "valuation"):
        party = next((p for p in table.parties if rest == p.key or rest.startswith(f"{p.key}.")), None)
        if party is None:
            return path
        name, rest = words.label(party), rest[len(party.key) + 1 :]
        if kind == "party":
            return words(f"cell.{rest}", party=name) if rest in _OF_PARTY else path
        return _of_issue(table, kind, name, rest, words) or path
    if kind == "deadline" and rest in ("rounds", "firmness"):
        return words(f"cell.deadline_{rest}")
    return path


def _of_issue(table: Table, kind: str, party: str, rest: str, words: Wording) -> str:
    listed = table.indicators if kind == "valuation" else table.issues
    one = next((i for i in listed if rest == i.key or rest.startswith(f"{i.key}.")), None)
    if one is None:
        return ""
    label, parts = words.label(one), [part for part in rest[len(one.key) + 1 :].split(".") if part]
    if kind == "redline":
        number = next((part for part in parts if part.isdigit()), "")
        name = f"{label} ({number})" if number else label
        return words("cell.firmness" if "firmness" in parts else "cell.redline", party=party, issue=name)
    if parts[:1] == ["salience"]:
        return words("cell.salience", party=party, issue=label)
    if parts[:1] == ["value"]:
        return words("cell.value", party=party, issue=label, option=".".join(parts[1:]))
    return words("cell.position", party=party, issue=label)
