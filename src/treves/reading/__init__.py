"""From one report to its actors, statements and events; and, in ``joining``, from many reports to one view."""
