"""One module per command or family of commands: from its arguments to a result."""
