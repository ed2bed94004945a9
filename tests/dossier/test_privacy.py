"""What is private leaves the folder on no road but the one that names it."""

from __future__ import annotations

from datetime import date

from clientfolder.binder.toml.dossier_file import read
from clientfolder.dossier.privacy import public, public_data, unrated
from clientfolder.dossier.types import Dossier, Entry


def test_neither_the_table_nor_an_entry_is_public() -> None:
    log = (Entry(date(2026, 1, 1), "call", "heard"), Entry(date(2026, 1, 2), "call", "secret", private=True))
    dossier = Dossier("anna", "Anna", log=log, more={"private": {"wife": "Ida"}, "other": 1})
    assert public(dossier) == dossier._replace(log=log[:1], more={"other": 1})


def test_no_kind_of_entry_is_in_what_a_file_says() -> None:
    data = {"name": "Anna", "private": {"wife": "Ida"}, "log": [{"at": 1}, {"at": 2, "private": True}],
            "visits": [{"private": True}], "tags": ["private"]}  # fmt: skip
    assert public_data(data) == {"name": "Anna", "log": [{"at": 1}], "visits": [], "tags": ["private"]}


SECRETS = """name = "Anna"
[card]
phone = "1"
[card.private]
x = "SECRET"
[people.petra]
name = "Petra"
[people.petra.private]
x = "SECRET"
[people.marek]
name = "SECRET"
private = true
[other]
private = true
x = "SECRET"
[[log]]
at = 2026-07-01
private = "yes, please"
text = "SECRET"
[[log]]
at = 2026-07-02
private = false
text = "said"
[[payments]]
on = 2026-07-01
amount = 1
product = "SECRET"
private = true
[[deals]]
name = "SECRET"
private = 1
[[gifts]]
what = ["SECRET"]
private = true
"""


def test_it_is_private_wherever_it_stands() -> None:
    sheet = read("anna", "clients/anna.toml", SECRETS.encode())
    assert str(sheet.dossier).count("SECRET") >= SECRETS.count("SECRET")
    for left in (public(sheet.dossier)._replace(odd=(), kept={}), public_data(sheet.data)):
        assert "SECRET" not in str(left)
        for stays in ("Anna", "Petra", "phone", "said"):
            assert stays in str(left)


def test_what_was_rated_goes_and_what_was_said_stays() -> None:
    said = Entry(
        date(2026, 1, 1), "call", "fine", answers={"result": 4, "jobs": 30, "like": "4", "again": True}, rating=4
    )
    other = Entry(date(2026, 1, 2), "call", answers={"result": 4})
    dossier = Dossier("anna", "Anna", log=(said, other))
    left = said._replace(rating=None, answers={"jobs": 30, "like": "4", "again": True})
    assert unrated(dossier).log == (left, other)
    assert unrated(dossier._replace(log=(other,))).log == (other,)
