"""How a result is printed: lines for a terminal or a pipe, JSON for scripts."""
