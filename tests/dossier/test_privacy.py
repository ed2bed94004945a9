"""What is private leaves the folder on no road but the one that names it."""

from __future__ import annotations

from datetime import date

from clientfolder.dossier.privacy import public, public_data
from clientfolder.dossier.types import Dossier, Entry


def test_neither_the_table_nor_an_entry_is_public() -> None:
    log = (Entry(date(2026, 1, 1), "call", "heard"), Entry(date(2026, 1, 2), "call", "secret", private=True))
    dossier = Dossier("anna", "Anna", log=log, more={"private": {"wife": "Ida"}, "other": 1})
    assert public(dossier) == dossier._replace(log=log[:1], more={"other": 1})


def test_no_kind_of_entry_is_in_what_a_file_says() -> None:
    data = {"name": "Anna", "private": {"wife": "Ida"}, "log": [{"at": 1}, {"at": 2, "private": True}],
            "visits": [{"private": True}], "tags": ["private"]}  # fmt: skip
    assert public_data(data) == {"name": "Anna", "log": [{"at": 1}], "visits": [], "tags": ["private"]}
