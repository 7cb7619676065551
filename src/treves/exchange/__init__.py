"""Formats in and out: reports, feeds, sidecar tables, rosters and gold in; rows, annotations and reports out."""
