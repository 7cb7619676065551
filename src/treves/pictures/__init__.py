"""Pictures: charts as Vega-Lite specifications, and the self-contained HTML page that shows them with their numbers."""
