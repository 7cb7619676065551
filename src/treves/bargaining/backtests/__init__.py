"""Backtests: what the models would have said before the outcome was known, and how far off they were."""
