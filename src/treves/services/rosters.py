"""The roster that a dossier keeps, so that reading again and fetching feeds know the same persons as adding did."""

from __future__ import annotations

from treves.errors import DossierError
from treves.model.actors import Roster
from treves.store import Store

SETTING = "roster"
"""The dossier's setting that holds its roster, as JSON."""


class RosterUnreadable(DossierError):
    """The roster that a dossier keeps cannot be understood."""

    code = "T216"


def keep_roster(store: Store, roster: Roster) -> None:
    """Keep `roster` in the dossier, in the place of an earlier one; an empty one is dropped.

    Raises:
        DossierError: the dossier cannot be written.
    """
    from cattrs.preconf.json import make_converter

    store.put_setting(SETTING, make_converter().dumps(roster) if roster.entries else None)


def roster_of(store: Store) -> Roster | None:
    """Return the roster that the dossier keeps; None if it keeps none.

    Raises:
        RosterUnreadable: another program, or a much newer version, has written it.
    """
    kept = store.setting(SETTING)
    if not kept:
        return None
    from cattrs.errors import BaseValidationError
    from cattrs.preconf.json import make_converter

    try:
        found: Roster = make_converter().loads(kept, Roster)
    except (BaseValidationError, ValueError, TypeError, KeyError) as error:
        raise RosterUnreadable(
            "The roster in the dossier cannot be understood ({error}).",
            hint="Give the roster again with: treves reread --roster FILE",
            error=type(error).__name__,
        ) from error
    return found
