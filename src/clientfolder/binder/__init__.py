"""The ring binder on disk: dossiers taken out and put back without losing a line, and the daybook of it."""
