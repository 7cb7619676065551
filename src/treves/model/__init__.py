"""The domain: frozen classes that do no input or output."""
