"""A dossier's file: read, checked, and edited in place without touching another line."""
