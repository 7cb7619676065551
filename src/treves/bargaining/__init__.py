"""Bargaining: utilities, packages, fair and stable points, models of collective decisions, power, and the outlook."""
