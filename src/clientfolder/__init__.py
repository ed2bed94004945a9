"""A freelancer's client folder: one TOML dossier per client, each behind the insert of its next contact."""

__version__ = "0.1.0"
