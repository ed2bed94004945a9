"""The folder on disk: reading dossiers, editing their files without losing a line, and a journal to undo it."""
