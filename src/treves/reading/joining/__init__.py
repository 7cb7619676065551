"""Across reports: wire copies, joined actors, shared utterances, one timeline, accounts that differ."""
