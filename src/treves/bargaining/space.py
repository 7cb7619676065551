"""The packages of a table as numbers: the form that all methods over packages share.

:func:`space_of` makes it; :mod:`~treves.bargaining.utilities` says what packages are worth,
:mod:`~treves.bargaining.refusals` which of them are open, :mod:`~treves.bargaining.grid` how they are numbered.
"""

from treves.bargaining.grid import (
    MOST_PACKAGES,
    Flags,
    Floats,
    Space,
    TooManyPackages,
    UnknownChoice,
    UnusableNumber,
    index_of,
    package_at,
    require_listable,
    term_mask,
    terms_mask,
)
from treves.bargaining.refusals import FIRM, allowed, red_line_mask, refusals
from treves.bargaining.utilities import all_utilities, reservations, reversion_values, space_of, utility_of

__all__ = [
    "FIRM",
    "MOST_PACKAGES",
    "Flags",
    "Floats",
    "Space",
    "TooManyPackages",
    "UnknownChoice",
    "UnusableNumber",
    "all_utilities",
    "allowed",
    "index_of",
    "package_at",
    "red_line_mask",
    "refusals",
    "require_listable",
    "reservations",
    "reversion_values",
    "space_of",
    "term_mask",
    "terms_mask",
    "utility_of",
]
