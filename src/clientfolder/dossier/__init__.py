"""What a dossier says: its types, and the edits that change it. No disk, no screen."""
