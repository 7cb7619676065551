"""Tables in files: the format of Trêves itself in YAML and JSON, and those of other programs, in and out."""
