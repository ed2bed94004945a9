"""The tickler file: the inserts, and how often a client wants to hear from me. Pure; the day is handed in."""
