"""What the reader is known to get right and to miss, as printed at the foot of every brief.

A test compares the figures with a fresh evaluation, so they cannot go stale.
"""

MEASURED = {
    "en": "",
    "nl": "",
}
"""By language of the interface."""
