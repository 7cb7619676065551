"""Random bits by key, compiled.

SplitMix: G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014. What calls these
functions is compiled and kept with a copy of them, so they do not change: another generator gets another name.
"""

from __future__ import annotations

import numpy as np
from numba import njit

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S11, _S27, _S30, _S31 = np.uint64(11), np.uint64(27), np.uint64(30), np.uint64(31)


@njit(cache=True)
def mixed(word: np.uint64) -> np.uint64:
    """Scramble 64 bits: the finaliser of SplitMix."""
    word = (word ^ (word >> _S30)) * _MIX_1
    word = (word ^ (word >> _S27)) * _MIX_2
    return word ^ (word >> _S31)


@njit(cache=True)
def keyed(key: np.uint64, draw: int, negotiation: int) -> np.uint64:
    """Return 64 random bits for one thing to be decided in one negotiation."""
    return mixed(mixed(key + GOLDEN * np.uint64(draw + 1)) + GOLDEN * np.uint64(negotiation + 1))


@njit(cache=True)
def unit(bits: np.uint64) -> float:
    """Return 64 random bits as a number from 0 to below 1."""
    return np.float64(bits >> _S11) * (1.0 / 9007199254740992.0)
