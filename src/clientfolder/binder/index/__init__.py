"""What lists and look-up need of every dossier, kept in a disposable file."""
