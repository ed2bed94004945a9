"""How typed words find a client, in their order: a whole field, a whole word, a beginning."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import thorough
from clientfolder.binder.index.lookup import candidates, find, fit, letters_that_suffice, person_key
from clientfolder.dossier.types import Cover, Dossier, Person
from clientfolder.errors import Ambiguous, NoClient, Refused
from clientfolder.text import comparable, words_of

COVERS = [
    Cover(
        "anna-kowalska",
        "Anna Kowalska",
        company="Kowalska Keramik",
        phone="+48 22 555 01 07",
        email="anna@kowalska.example",
    ),
    Cover(
        "novak-tisk",
        "Novák Tisk",
        people={"petra": Person("Petra Dvořáková", "+420 555 010 188"), "jan": Person("Jan Novák")},
    ),
    Cover("jan", "Jan"),
    Cover("jean-luc-picard", "Jean-Luc Picard"),
    Cover("o-brien", "O'Brien & Söhne, Ltd."),
    Cover("st-pauli", "St. Pauli"),
    Cover("brandt", "Brandt"),
    Cover("brandt-architekten", "Brandt Architekten"),
    Cover("tiskarna", "Tiskárna Brno"),
]

FOUND = {
    "anna": "anna-kowalska", "an": "anna-kowalska", "KOW": "anna-kowalska", "kowalska keramik": "anna-kowalska",
    "anna@kowalska.example": "anna-kowalska", "0107": None, "550107": None, "5550107": "anna-kowalska", "<anna@kowalska.example>": "anna-kowalska", "Anna <ANNA@kowalska.example>": "anna-kowalska", "0048 22 555 01 07": "anna-kowalska",
    "555010188": "novak-tisk", "petra": "novak-tisk", "dvorakova": "novak-tisk", "Dvořák": "novak-tisk", "novak tisk": "novak-tisk",
    "nov": "novak-tisk", "jean-l": "jean-luc-picard", "jean-luc pic": "jean-luc-picard", "jean l": "jean-luc-picard", "pic": "jean-luc-picard",
    "st.": "st-pauli", "st. p": "st-pauli", "o'brien & s": "o-brien", "ltd.": "o-brien", "brandt": "brandt", "brandt a": "brandt-architekten",
    "brandt-arch": "brandt-architekten", "x": None, "": None, "   ": None, "jan": "two", "tis": "tiskarna", "bra": "two",
    "o’brien": "o-brien", "o‘brien & s": "o-brien", "jean‑luc": "jean-luc-picard", "022 555 01 07": "anna-kowalska", "+48 (0)22 5550107 ext. 3": "anna-kowalska",
    "+48 22 555 01 07 / +48 601 555 019": None,
}  # fmt: skip


@pytest.mark.parametrize("typed", FOUND)
def test_words_find_a_client(typed: str) -> None:
    if FOUND[typed] is None:
        with pytest.raises(NoClient):
            find(COVERS, typed)
    elif FOUND[typed] == "two":
        with pytest.raises(Ambiguous):
            find(COVERS, typed)
    else:
        for spelling in (typed, typed.upper(), unicodedata.normalize("NFD", typed)):
            assert find(COVERS, spelling).client == FOUND[typed]


def test_todays_desk_comes_first_in_a_choice() -> None:
    with pytest.raises(Ambiguous) as several:
        find(COVERS, "bra", desk_first=lambda: ["brandt-architekten"])
    assert several.value.candidates == ("brandt-architekten", "brandt")


def test_the_nearest_are_offered() -> None:
    with pytest.raises(NoClient) as nobody:
        find(COVERS, "kowalski")
    assert nobody.value.candidates == ("anna-kowalska",)


NAMES = st.text(st.sampled_from("aábB'\"(- .&é"), min_size=1, max_size=8).filter(str.strip)


LONG = st.text(st.sampled_from("aábBcß'\"(- .&é\u0301o1"), min_size=1, max_size=9).filter(str.strip)
WHOLE = st.none() | LONG
BINDER = st.lists(
    st.tuples(LONG, WHOLE, st.sampled_from([None, "", "555 111 111"]), WHOLE, st.sampled_from("  cso")), min_size=1, max_size=7
)  # fmt: skip


def _by_brute_force(covers: list[Cover], cover: Cover, unreadable: list[str]) -> int | None:
    """The least number of letters of the first word for which the look-up has this dossier as its only answer."""
    if cover.is_slip and cover.resting is not None:
        return None
    for length in range(2, len(cover.name) + 1):
        typed = comparable(cover.name[:length])
        if " " in typed or sum(letter.isdigit() for letter in typed) >= 6:
            return None
        if len("".join(words_of(typed))) < 2 or typed in map(comparable, unreadable):
            continue
        if candidates(covers, cover.name[:length]) == [cover]:
            return length
    return None


@settings(max_examples=thorough.sweep(500, 150))
@given(BINDER, st.lists(LONG, max_size=2))
@example([("1", None, None, None, " "), ("1", None, None, None, " "), (".ß1.ß", None, None, None, " ")], [])
@example([("1", None, None, None, " "), ("1", None, None, "ß", "c"), (".ß1", None, None, None, " ")], [])
def test_the_letters_that_suffice_are_the_fewest_that_find_it_alone(
    said: list[tuple[str, str | None, str | None, str | None, str]], unreadable: list[str]
) -> None:
    """Names that begin alike, that are whole words or fields of others, equal ones; slips open and done."""
    covers = [
        Cover(
            f"slips/{number}" if kind in "so" else f"c-{number}", name, company=company, phone=phone,
            people={person: Person(name)} if person and kind == "c" else {}, resting="done" if kind == "o" else None,
        )
        for number, (name, company, phone, person, kind) in enumerate(said)
    ]  # fmt: skip
    expected = {cover.client: _by_brute_force(covers, cover, unreadable) for cover in covers}
    found = letters_that_suffice(covers, covers, unreadable)
    assert found == {client: length for client, length in expected.items() if length}
    for cover in covers:
        assert letters_that_suffice(covers, [cover], unreadable).get(cover.client) == expected[cover.client]
    for client, count in found.items():
        assert find(covers, next(cover.name for cover in covers if cover.client == client)[:count]).client == client


def test_two_files_that_differ_in_case_alone_are_found_by_no_letters() -> None:
    twins = [Cover("anna", "Anna"), Cover("ANNA", "Anna"), Cover("petra", "Petra")]
    assert letters_that_suffice(twins, twins) == {"petra": 2}


@settings(max_examples=thorough.sweep(500, 100))
@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(NAMES, max_size=4), NAMES)
def test_no_slip_changes_what_a_clients_words_mean(names: list[str], texts: list[str], typed: str) -> None:
    clients = [Cover(f"client-{number}", name) for number, name in enumerate(names)]
    slips = [Cover(f"slips/{number}", text) for number, text in enumerate(texts)]
    alone = candidates(clients, typed)
    assert not alone or candidates([*clients, *slips], typed) == alone


def test_a_person_is_named_by_key_or_name() -> None:
    novak = COVERS[1]
    assert [person_key(novak, typed) for typed in ("petra", "dvo", "JAN", "novak")] == ["petra", "petra", "jan", "jan"]
    with pytest.raises(Refused):
        person_key(novak, "zoe")


TYPED = st.text(st.sampled_from("aábBß'\"(- .&é01@"), max_size=9)
SOME = st.none() | TYPED
EVERYONE = st.lists(
    st.tuples(NAMES, SOME, SOME | st.sampled_from(["+48 22 555 01 07", "0048225550107"]), SOME, st.dictionaries(TYPED, st.builds(Person, SOME, SOME, SOME, st.just({})), max_size=2)),
    max_size=5,
)  # fmt: skip


@settings(max_examples=thorough.sweep(500, 100))
@given(EVERYONE, TYPED | st.sampled_from(["555 01 07", "225550107", "99225550107", "anna"]))
def test_the_letters_leave_nobody_out(
    everyone: list[tuple[str, str | None, str | None, str | None, dict[str, Person]]], typed: str
) -> None:
    """Looked at one by one, the same dossiers fit."""
    covers = [
        Cover(f"anna-{number}", name, company=company, phone=phone, email=email, people=people)
        for number, (name, company, phone, email, people) in enumerate(everyone)
    ]
    fits = {cover.client: fit(cover, comparable(typed)) for cover in covers if comparable(typed)}
    best = min((found for found in fits.values() if found), default=None)
    expected = [client for client, found in fits.items() if found and found == best]
    assert [cover.client for cover in candidates(covers, typed)] == expected


def cover_of(card: dict[str, object], **people: Person) -> Cover:
    return Dossier("cor", "Cor Cap", card=card, people=people).cover


REACHED = [
    ({"phone": "+49 89 5550 7731"}, "089 5550 7731"),
    ({"phone": "+44 (0)20 5550 1234"}, "+44 20 5550 1234"),
    ({"phone": "+48 22 555 01 07 ext. 12"}, "+48 22 555 01 07"),
    ({"phone": "555 010 777 / 555 010 888"}, "555 010 888"),
    ({"phone": ["555 010 777", "555 010 888"]}, "555 010 888"),
    ({"phone": "03-5555-0123"}, "０３－５５５５－０１２３"),
    ({"phone_mobile": "+49 170 5550190"}, "0170 5550190"),
    ({"phone2": ["+49 170 5550190"]}, "tel:+491705550190"),
    ({"fax": "+49 89 5550 7739"}, "089/5550 7739"),
    ({"phone": 48225550107}, "22 555 01 07"),
    ({"email": "Cor Cap <cor@cap.example>"}, "cor@cap.example"),
    ({"email": "cor@cap.example"}, "<Cor@Cap.example>"),
    ({"email": ["cor@cap.example", "office@cap.example"]}, "office@cap.example"),
    ({"email_work": "cor@work.example"}, "cor@work.example"),
]


@pytest.mark.parametrize(("card", "typed"), REACHED)
def test_a_number_or_an_address_under_any_such_key_finds_the_client(card: dict[str, object], typed: str) -> None:
    whoever = [cover_of(card), Cover("zoe", "Zoe", phone="+48 601 555 019", email="zoe@zoe.example")]
    assert find(whoever, typed).client == "cor"


@pytest.mark.parametrize(
    "person",
    [
        Person("Eva", "+48 601 555 777"),
        Person("Eva", more={"phone_mobile": "+48 601 555 777"}),
        Person("Eva", more={"phone": ["+48 601 555 777"]}),
    ],
)
def test_so_does_one_of_a_person(person: Person) -> None:
    assert find([cover_of({}, eva=person)], "601 555 777").client == "cor"


def test_an_own_key_that_is_called_otherwise_is_no_number() -> None:
    with pytest.raises(NoClient):
        find([cover_of({"customer": "555 010 777"})], "555 010 777")


def test_a_letter_alone_is_told_to_be_too_few() -> None:
    with pytest.raises(NoClient, match="It takes 2 letters of a name"):
        find(COVERS, "k")
