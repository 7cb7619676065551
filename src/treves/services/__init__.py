"""The use cases, one function each: the command line, Python and the web call these and nothing below them."""
