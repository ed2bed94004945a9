"""Dossiers for a colleague: a folder of their own for some days, and what comes back of it."""
