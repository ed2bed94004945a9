"""What goes out comes back: into a new folder and out again it is the same bytes, whatever the texts are."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clientfolder.binder.toml import dossier_file
from clientfolder.dates.calendar import Month
from clientfolder.dossier.types import Dossier, Next, Person
from folders import Cf

HOSTILE = (
    "=1+1", "'=1", "''+1", " -20 %", "@x", "\t=1", "＝1", "'tis", "a, b; c: d", 'say "no"', "back\\slash", "\\n", "a\nb",
    "a\r\nb\rc", "END:VCARD", "a\nEND:VCARD\nBEGIN:VCARD", "x" * 200, "🦔" * 30, "👨‍👩‍👧", "\x1b[2J", "\u202eabc", "\ufeff",
    "\u2028", "=?utf-8?q?a?=", "null", "-", " blanks ", "a  b", "Łódź", "०१", "0", "true", "2026-07-05", "item1.X", "ä;ö",
)  # fmt: skip
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
NAMES = TEXTS.filter(lambda text: bool(text.strip()) and any(c.isalnum() for c in text))
KEYS = st.sampled_from(
    ["phone", "phone_mobile", "phone_dilna", "phone2", "email", "email_work", "address", "web", "role", "note", "fax",
     "fax_work", "birthday", "instagram", "shoe_size", "department", "uid", "nickname", "Own Key", "source", "vat"]
)  # fmt: skip
BIRTHDAYS = st.sampled_from(["--05-07", "1984-02-29", "7 may", "no day"])
PERSON = st.fixed_dictionaries({
    "name": st.none() | NAMES, "phone": st.none() | TEXTS, "email": st.none() | TEXTS,
    "more": st.dictionaries(st.sampled_from(["role", "note", "shoe_size"]), TEXTS, max_size=2),
}).map(lambda fields: Person(**fields))  # fmt: skip
PEOPLE = st.dictionaries(st.sampled_from(["marek", "petra", "x1"]), PERSON, max_size=2)
NEXT = st.none() | st.fixed_dictionaries({
    "on": st.sampled_from([date(2026, 7, 5), date(2027, 1, 1), Month(2026, 9)]),
    "time": st.sampled_from([None, time(9, 30)]), "kind": st.sampled_from(["call", "visit", "mail"]),
    "about": st.none() | TEXTS, "person": st.sampled_from([None, "marek"]),
    "how": st.sampled_from(["agreed", "planned", "rhythm"]),
}).map(lambda fields: Next(**fields))  # fmt: skip


def card(values: dict[str, str], birthday: str | None) -> dict[str, str]:
    return {**values, **({"birthday": birthday} if birthday else {})}


DOSSIERS = st.fixed_dictionaries({
    "client": st.just(""), "name": NAMES, "company": st.none() | TEXTS, "since": st.sampled_from([None, date(2025, 2, 3)]),
    "tags": st.lists(st.sampled_from(["vip", "b2c", "shop-1"]), max_size=2, unique=True).map(tuple),
    "rhythm": st.sampled_from([None, "6 weeks"]), "not_on": st.sampled_from([(), ("mon", "fri")]),
    "hours": st.sampled_from([None, "after 17"]), "next": NEXT, "people": PEOPLE,
    "card": st.builds(card, st.dictionaries(KEYS.filter(lambda key: key != "birthday"), TEXTS, max_size=5), st.none() | BIRTHDAYS),
}).map(lambda fields: Dossier(**fields))  # fmt: skip


def folder(root: Path) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").write_text("")
    return root


def check_comes_back(cf: Cf, line: str, dossiers: list[Dossier]) -> None:
    """Into the one folder, out, into the other, and out again."""
    first, second = Cf(folder(cf.root), cf.home), Cf(folder(cf.root.parent / "second"), cf.home)
    for number, dossier in enumerate(dossiers):
        first.path(f"client-{number}").write_text(dossier_file.fresh(dossier))
    format, *options = line.split()
    path = cf.root.parent / f"out.{format}"
    path.unlink(missing_ok=True)
    written = first.ok(["export", format, "--out", str(path), "--json", *options]).data["written"]
    content = path.read_bytes()
    answer = second(["import", str(path), "--yes", "--json"])
    assert answer.exit == 0, answer
    second.ok(["export", format, "--out", str(path), *options])
    assert path.read_bytes() == content
    assert written >= len(dossiers)


LINES = ("csv", "csv --excel", "vcf")
EVERY_KEY = (
    "phone", "phone_mobile", "phone_dilna", "phone2", "email", "email_work", "address", "web", "role", "note", "fax",
    "fax_work", "birthday", "instagram", "shoe_size", "department", "uid", "nickname", "Own Key",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_every_hostile_text_comes_back_from_every_place(cf: Cf, line: str) -> None:
    dossiers = []
    for number, text in enumerate(HOSTILE):
        unique = {key: f"{number} {text}" if key == "uid" else text for key in EVERY_KEY}
        people = {"marek": Person(text, text, text, {"role": text, "shoe_size": text, "uid": f"m{number}"})}
        contact = Next(date(2026, 7, 5), about=text)
        dossiers += [
            Dossier("", f"Client {number}", text, card=unique, people=people, next=contact),
            Dossier("", text if text.strip() else "x", card={"phone_mobile": text}),
        ]
    check_comes_back(cf, line, dossiers)


@pytest.mark.parametrize("line", LINES)
# Not made smaller where one fails: each is two folders and an import.
@settings(
    max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(dossiers=st.lists(DOSSIERS, min_size=1, max_size=3))
def test_out_in_and_out_again_is_the_same(cf: Cf, line: str, dossiers: list[Dossier]) -> None:
    check_comes_back(cf, line, dossiers)
