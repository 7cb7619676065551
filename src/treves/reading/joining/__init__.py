"""Across reports: wire copies, joined actors, shared utterances, one timeline, accounts that differ."""

from treves.reading.joining.apply import orphaned
from treves.reading.joining.assemble import join
from treves.reading.joining.copies import sketch

__all__ = ["join", "orphaned", "sketch"]
