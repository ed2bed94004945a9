"""A slip as it is told to people: beside its own text stands the client whose it is."""

from __future__ import annotations

from clientfolder.dossier.covers import Covers
from clientfolder.dossier.types import Cover


def owner(cover: Cover, covers: Covers) -> Cover | None:
    """The client whose slip it is, among all covers of the folder, if there is one."""
    return covers.of_client(cover.belongs_to) if cover.belongs_to is not None else None


def with_owner(cover: Cover, covers: Covers) -> Cover:
    """The cover as a page tells it: a slip with its client's name as the company, and with the client's number."""
    if cover.belongs_to is None:
        return cover
    client = owner(cover, covers)
    if client is None:
        return cover._replace(company=cover.company or cover.belongs_to)
    return cover._replace(company=cover.company or client.name, phone=cover.phone or client.phone)
