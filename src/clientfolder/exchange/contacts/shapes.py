"""The tables of other programs, each known by a few of its columns, and what their columns mean.

A meaning is a key of a card (`role`), or a word with what it needs behind colons: `phone:mobile`, `address:work:city`,
`day:anniversary`. `-` goes without a word, for the program fills it by itself; a column without a meaning is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from clientfolder.binder.names import key_of_label
from clientfolder.exchange.columns import CLIENT, COLUMNS, SEVERAL, as_it_stood
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple

OWN, TABLE = "own", "table"
SILENT = "-"


class TableShape(NamedTuple):
    """A kind of table. `meaning` of a column in small letters; None for one that is unknown there."""

    name: str
    fits: Callable[[frozenset[str]], bool]
    meaning: Callable[[str], str | None]

    def of(self, column: str) -> str | None:
        """What a column means, as it is written."""
        if self.name == OWN:
            return self.meaning(as_it_stood(column))
        return self.meaning(column.strip() if self.name == TABLE else column.strip().lower())


def plain(column: str) -> str:
    """A column as it is compared: small letters without accents and signs, single blanks."""
    return " ".join(re.sub(r"[^\w]+", " ", comparable(column).replace("'", "")).split())


def _addresses(label: str, **columns: str) -> dict[str, str]:
    return {column: f"address:{label}:{part}" for part, many in columns.items() for column in many.split("|")}


# Google -----------------------------------------------------------------------------------------------

_GOOGLE_PAIR = re.compile(
    r"(e-mail|phone|address|organization|website|relation|event|custom field|im|jot) (\d+) - (.*)"
)
_GOOGLE = {
    "first name": "given", "given name": "given", "middle name": "middle", "additional name": "middle",
    "last name": "family", "family name": "family", "name prefix": "prefix", "name suffix": "suffix", "name": "name",
    "nickname": "nickname", "organization name": "company", "organization title": "role",
    "organization department": "department", "birthday": "birthday", "notes": "note", "photo": "photo",
    "labels": "tags", "group membership": "tags", "occupation": "occupation", "gender": "gender",
    "maiden name": "maiden_name", "hobby": "hobby", "language": "language", "location": "location",
    "initials": SILENT, "short name": SILENT, "sensitivity": SILENT, "priority": SILENT, "file as": SILENT,
}  # fmt: skip


def _google(column: str) -> str | None:
    if "yomi" in column or "phonetic" in column:
        return SILENT
    if found := _GOOGLE_PAIR.fullmatch(column):
        return f"google:{found[1]}:{found[2]}:{found[3]}"
    return _GOOGLE.get(column)


def _fits_google(columns: frozenset[str]) -> bool:
    pairs = sum(_GOOGLE_PAIR.fullmatch(column) is not None for column in columns)
    return pairs >= 2 or (pairs >= 1 and not columns.isdisjoint(("labels", "group membership", "file as")))


# Outlook ----------------------------------------------------------------------------------------------

_OUTLOOK = {
    "title": "prefix", "first name": "given", "middle name": "middle", "last name": "family", "suffix": "suffix",
    "company": "company", "department": "department", "job title": "role", "nickname": "nickname",
    "e-mail address": "email", "e-mail 2 address": "email", "e-mail 3 address": "email",
    "business phone": "phone:work", "business phone 2": "phone:work", "home phone": "phone:home",
    "home phone 2": "phone:home", "mobile phone": "phone:mobile", "other phone": "phone:other",
    "primary phone": "phone:main", "company main phone": "phone:company", "car phone": "phone:car",
    "radio phone": "phone:radio", "isdn": "phone:isdn", "tty/tdd phone": "phone:tty", "callback": "late:callback",
    "assistant's phone": "late:assistant", "telex": "telex", "pager": "pager", "business fax": "fax",
    "home fax": "fax:home", "other fax": "fax:other", "web page": "web", "personal web page": "web:home",
    "birthday": "birthday", "anniversary": "day:anniversary", "categories": "tags", "notes": "note",
    "manager's name": "manager", "assistant's name": "assistant", "spouse": "spouse", "children": "children",
    "hobby": "hobby", "profession": "profession", "office location": "office", "location": "location",
    "im address": "im", "imaddress": "im", "language": "language", "referred by": "referred_by", "schools": "schools",
    "account": "account", "billing information": "billing", "government id number": "government_id",
    "organizational id number": "organizational_id", "keywords": "keywords", "user 1": "user_1", "user 2": "user_2",
    "user 3": "user_3", "user 4": "user_4", "given yomi": SILENT, "surname yomi": SILENT, "company yomi": SILENT,
    "gender": SILENT, "priority": SILENT, "private": SILENT, "sensitivity": SILENT, "initials": SILENT,
    "mileage": SILENT, "directory server": SILENT, "internet free busy": SILENT, "e-mail type": SILENT,
    "e-mail 2 type": SILENT, "e-mail 3 type": SILENT, "e-mail display name": SILENT,
    "e-mail 2 display name": SILENT, "e-mail 3 display name": SILENT,
    **_addresses("work", street="business street|business street 2|business street 3", city="business city",
                 region="business state", code="business postal code",
                 country="business country/region|business country",
                 box="business address po box"),
    **_addresses("home", street="home street|home street 2|home street 3", city="home city", region="home state",
                 code="home postal code", country="home country/region|home country", box="home address po box"),
    **_addresses("other", street="other street|other street 2|other street 3", city="other city", region="other state",
                 code="other postal code", country="other country/region|other country", box="other address po box"),
}  # fmt: skip
_OUTLOOK_DE = {
    "anrede": "prefix", "titel": "prefix", "vorname": "given", "weitere vornamen": "middle", "nachname": "family",
    "suffix": "suffix", "firma": "company", "abteilung": "department", "position": "role", "spitzname": "nickname",
    "e-mail-adresse": "email", "e-mail 2: adresse": "email", "e-mail 3: adresse": "email", "e-mail-adresse 2": "email",
    "e-mail-adresse 3": "email", "telefon geschäftlich": "phone:work", "telefon geschäftlich 2": "phone:work",
    "telefon (geschäftlich)": "phone:work", "telefon privat": "phone:home", "telefon privat 2": "phone:home",
    "telefon (privat)": "phone:home", "telefon (privat 2)": "phone:home", "mobiltelefon": "phone:mobile",
    "mobiltelefon 2": "phone:mobile", "weiteres telefon": "phone:other", "haupttelefon": "phone:main",
    "telefon firma": "phone:company", "autotelefon": "phone:car", "isdn": "phone:isdn",
    "telefon für hörbehinderte": "phone:tty", "rückmeldung": "late:callback", "telefon assistent": "late:assistant",
    "telex": "telex", "pager": "pager", "fax geschäftlich": "fax", "fax privat": "fax:home",
    "weiteres fax": "fax:other",
    "webseite": "web", "private webseite": "web:home", "geburtstag": "birthday", "jahrestag": "day:anniversary",
    "kategorien": "tags", "notizen": "note", "name des/der vorgesetzten": "manager", "name assistent": "assistant",
    "partner": "spouse", "partner/in": "spouse", "kinder": "children", "hobby": "hobby", "beruf": "profession",
    "büro": "office", "sprache": "language", "empfohlen von": "referred_by", "konto": "account",
    "abrechnungsinformation": "billing", "regierungs-nr.": "government_id", "organisations-nr.": "organizational_id",
    "stichwörter": "keywords", "benutzer 1": "user_1", "benutzer 2": "user_2", "benutzer 3": "user_3",
    "benutzer 4": "user_4", "ort": "location", "geschlecht": SILENT, "priorität": SILENT, "privat": SILENT,
    "vertraulichkeit": SILENT, "initialen": SILENT, "reisekilometer": SILENT, "verzeichnisserver": SILENT,
    "internet frei/gebucht": SILENT, "internet-frei/gebucht": SILENT,
    "e-mail-typ": SILENT, "e-mail 2: typ": SILENT, "e-mail 3: typ": SILENT,
    "e-mail: angezeigter name": SILENT, "e-mail 2: angezeigter name": SILENT, "e-mail 3: angezeigter name": SILENT,
    **_addresses("work", street="straße geschäftlich|straße geschäftlich 2|straße geschäftlich 3",
                 city="ort geschäftlich", region="region geschäftlich|bundesland/kanton geschäftlich",
                 code="postleitzahl geschäftlich", country="land/region geschäftlich|land geschäftlich",
                 box="postfach geschäftlich"),
    **_addresses("home", street="straße privat|straße privat 2|straße privat 3", city="ort privat",
                 region="region privat|bundesland/kanton privat", code="postleitzahl privat",
                 country="land/region privat|land privat", box="postfach privat"),
    **_addresses("other", street="weitere straße|weitere straße 2|weitere straße 3", city="weiterer ort",
                 region="weitere region|weiteres/r bundesland/kanton", code="weitere postleitzahl",
                 country="weiteres/e land/region|weiteres land", box="weiteres postfach"),
}  # fmt: skip


_MARKS = frozenset(
    ("business phone", "home phone", "mobile phone", "business street", "home street", "e-mail type", "e-mail 2 type")
)
_MARKS_DE = frozenset(("e-mail-typ", "e-mail: angezeigter name"))


def _fits_outlook(columns: frozenset[str]) -> bool:
    named = not columns.isdisjoint(("first name", "last name"))
    return named and "e-mail address" in columns and not columns.isdisjoint(_MARKS)


def _fits_outlook_de(columns: frozenset[str]) -> bool:
    is_marked = not columns.isdisjoint(_MARKS_DE) or any("geschäftlich" in column for column in columns)
    return is_marked and not columns.isdisjoint(("nachname", "vorname", "e-mail-adresse"))


# Thunderbird ------------------------------------------------------------------------------------------

_THUNDERBIRD = {
    "first name": "given", "last name": "family", "display name": "display", "nickname": "nickname",
    "primary email": "email", "secondary email": "email", "screen name": "im", "work phone": "phone:work",
    "home phone": "phone:home", "fax number": "fax", "pager number": "pager", "mobile number": "phone:mobile",
    "job title": "role", "department": "department", "organization": "company", "web page 1": "web",
    "web page 2": "web:home", "birth year": "birth:year", "birth month": "birth:month", "birth day": "birth:day",
    "custom 1": "custom_1", "custom 2": "custom_2", "custom 3": "custom_3", "custom 4": "custom_4", "notes": "note",
    **_addresses("home", street="home address|home address 2", city="home city", region="home state",
                 code="home zipcode", country="home country"),
    **_addresses("work", street="work address|work address 2", city="work city", region="work state",
                 code="work zipcode", country="work country"),
}  # fmt: skip
_THUNDERBIRD_DE = {
    "vorname": "given", "nachname": "family", "anzeigename": "display", "spitzname": "nickname",
    "primäre e-mail-adresse": "email", "sekundäre e-mail-adresse": "email", "messenger-name": "im",
    "tel. dienstlich": "phone:work", "tel. privat": "phone:home", "fax-nummer": "fax", "pager-nummer": "pager",
    "mobil-tel.-nr.": "phone:mobile", "arbeitstitel": "role", "abteilung": "department", "organisation": "company",
    "webseite 1": "web", "webseite 2": "web:home", "geburtsjahr": "birth:year", "geburtsmonat": "birth:month",
    "geburtstag": "birth:day", "benutzerdef. 1": "custom_1", "benutzerdef. 2": "custom_2",
    "benutzerdef. 3": "custom_3", "benutzerdef. 4": "custom_4", "notizen": "note",
    **_addresses("home", street="privat: adresse|privat: adresse 2", city="privat: ort", region="privat: bundesland",
                 code="privat: plz", country="privat: land"),
    **_addresses("work", street="dienstlich: adresse|dienstlich: adresse 2", city="dienstlich: ort",
                 region="dienstlich: bundesland", code="dienstlich: plz", country="dienstlich: land"),
}  # fmt: skip

# LinkedIn, HubSpot, Pipedrive ---------------------------------------------------------------------------

_LINKEDIN = {
    "first name": "given", "last name": "family", "url": "linkedin", "email address": "email", "company": "company",
    "position": "role", "connected on": "day:connected",
}  # fmt: skip
_HUBSPOT = {
    "record id": "uid:hubspot", "contact id": "uid:hubspot", "record id - contact": "uid:hubspot",
    "first name": "given", "last name": "family", "salutation": "prefix", "email": "email", "work email": "email:work",
    "additional email addresses": "email", "phone number": "phone", "mobile phone number": "phone:mobile",
    "mobile phone": "phone:mobile", "fax number": "fax", "company name": "company", "company": "company",
    "associated company": "company", "associated company (primary)": "company", "primary company": "company",
    "job title": "role", "website url": "web", "website": "web", "date of birth": "birthday", "birthday": "birthday",
    "notes": "note", "message": "note", "linkedin url": "linkedin", "linkedin bio": "linkedin",
    "twitter username": "twitter", "industry": "industry", "preferred language": "language",
    **_addresses("", street="street address|street address 2", city="city", region="state/region",
                 code="postal code", country="country/region|country"),
}  # fmt: skip
_IDS_OF_HUBSPOT = frozenset(("record id", "contact id", "record id - contact"))
_MARKS_OF_HUBSPOT = frozenset(
    ("first name", "last name", "email", "lifecycle stage", "lead status", "contact owner", "associated company")
)
_PIPEDRIVE = {
    "id": "uid:pipedrive", "name": "name", "first name": "given", "last name": "family", "organization": "company",
    "phone": "phone", "email": "email", "label": "tags", "labels": "tags", "notes": "note", "job title": "role",
    "birthday": "birthday", "postal address": "address", "instant messenger": "im",
}  # fmt: skip
_OF_PERSON = re.compile(r"person - (?:(phone|email|im) - (.*)|(.*))")


def _pipedrive(column: str) -> str | None:
    if column == "organization - name":
        return "company"
    if column == "organization - address":
        return "address"
    found = _OF_PERSON.fullmatch(column)
    if found is None:
        return None
    if found[1]:
        return "im" if found[1] == "im" else f"{found[1]}:{key_of_label(found[2])}"
    return _PIPEDRIVE.get(found[3])


# Lists of one's own -----------------------------------------------------------------------------------

# English, German and Czech, as `plain` has them.
_WORDS: Mapping[str, str] = {
    "name": "name|full name|client name|customer name|contact name|kunde|kundenname|vollstandiger name|"
            "jmeno a prijmeni|klient|zakaznik|nazev|jmeno klienta|client|customer|display name",
    "person": "contact|contact person|ansprechpartner|ansprechpartnerin|kontaktperson|kontakt|kontaktni osoba|"
              "ansprechperson",
    "given": "first name|firstname|given name|vorname|jmeno|krestni jmeno|forename",
    "middle": "middle name|zweiter vorname|prostredni jmeno",
    "family": "last name|lastname|surname|family name|nachname|familienname|prijmeni",
    "prefix": "salutation|anrede|title|titel|titul|osloveni|name prefix",
    "suffix": "suffix|name suffix|namenszusatz",
    "company": "company|company name|organisation|organization|firm|business|firma|firmenname|unternehmen|"
               "spolecnost|organizace|nazev firmy|employer|account|account name",
    "department": "department|abteilung|oddeleni",
    "role": "role|position|job title|jobtitle|job|funktion|pozice|funkce|beruf|stelle",
    "phone": "phone|phone number|phone no|phone nr|telephone|telephone number|tel|tel nr|tel no|telefon|telefonnummer|"
             "telefonnr|rufnummer|telefonni cislo|telefon 1|phone 1|cislo",
    "phone:mobile": "mobile|mobile phone|mobile number|cell|cell phone|cellphone|mobil|mobiltelefon|mobilnummer|handy|"
                    "handynummer|mobilni telefon|mobil cislo|tel mobil|telefon mobil|mobile phone number",
    "phone:work": "work phone|business phone|office phone|telefon geschaftlich|telefon dienstlich|telefon buro|"
                  "telefon do prace|telefon prace|tel geschaftlich|tel dienstlich",
    "phone:home": "home phone|private phone|telefon privat|tel privat|telefon domu|festnetz|pevna linka",
    "phone:": "phone 2|telefon 2|phone2|telefon2|other phone|second phone|weiteres telefon|dalsi telefon",
    "fax": "fax|fax number|faxnummer|telefax|telefaxnummer|fax nr",
    "email": "email|e mail|mail|email address|e mail address|mail address|emailadresse|e mail adresse|mailadresse|"
             "email adresse|email adresa|e mailova adresa|emailova adresa|primary email|email 1|e mail 1",
    "email:": "email 2|e mail 2|email2|second email|secondary email|weitere e mail|dalsi e mail|dalsi email",
    "email:work": "work email|business email|e mail geschaftlich|email dienstlich",
    "email:home": "home email|private email|personal email|e mail privat|email privat",
    "web": "web|website|web site|webseite|homepage|url|internet|web page|webova stranka|www|internetseite",
    "address": "address|adresse|anschrift|adresa|postal address|full address|postanschrift",
    "address::street": "street|street address|strasse|strase|ulice|address 1|address line 1|strasse und hausnummer|"
                       "strasse nr|ulice a cislo|address 2|address line 2|strasse hausnummer|hausnummer|cislo popisne|"
                       "strae|str",
    "address::code": "zip|zip code|zipcode|postal code|postcode|post code|plz|postleitzahl|psc",
    "address::city": "city|town|ort|stadt|wohnort|mesto|obec",
    "address::region": "state|region|county|province|bundesland|kanton|kraj|okres|state region",
    "address::country": "country|land|zeme|stat|country region",
    "address::box": "po box|postfach",
    "birthday": "birthday|birth date|birthdate|date of birth|dob|born|geburtstag|geburtsdatum|narozeniny|"
                "datum narozeni|narozen|geboren|geb|geb datum",
    "day:anniversary": "anniversary|jahrestag|vyroci",
    "note": "note|notes|comment|comments|remark|remarks|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|"
            "kommentar|poznamka|poznamky|memo",
    "tags": "tags|tag|category|categories|label|labels|group|groups|kategorie|kategorien|gruppe|gruppen|stichworte|"
            "stitky|stitek|skupina|schlagworte|segment",
    "since": "since|client since|customer since|kunde seit|seit|zakaznik od|klient od",
    "rhythm": "rhythm|rhythmus|rytmus|interval|intervall",
    "not_on": "not on",
    "hours": "hours|zeiten|erreichbar|business hours|office hours",
    "resting": "resting|ruht",
    "next": "next|next contact|next call|next date|follow up|followup|next follow up|follow up date|"
            "nachster kontakt|nachster anruf|nachster termin|naechster kontakt|wiedervorlage|pristi kontakt|"
            "dalsi kontakt|pristi hovor|dalsi hovor|termin|zavolat|call on|recall",
    "time": "time|uhrzeit|cas",
    "about": "about|topic|thema|betreff|tema|worum|subject",
    "for": "for|kind",
    "how": "how",
    "with": "with",
    "uid": "uid",
    "nickname": "nickname|spitzname|prezdivka",
}  # fmt: skip
_MEANING = {word: meaning for meaning, words in _WORDS.items() for word in words.split("|")}
# A key that somebody has written as a key.
_IS_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*|(?:card\.|people\.[\w-]+\.)[\w-]+")


def word(column: str) -> str | None:
    """What a column of a list of one's own means, by a known word; None where it is a key of one's own."""
    return _MEANING.get(plain(column))


def _in_list(column: str) -> str | None:
    """The same, and of any other column the key that it is kept under."""
    if known := word(column):
        return known
    key = column if _IS_KEY.fullmatch(column) else key_of_label(column)
    return of_key(key) if key else None


def of_key(key: str) -> str:
    """The meaning of a key as `--map` names it."""
    if key == SILENT or key.startswith("people.") or key in ("next", *COLUMNS[2:]):
        return {"email": "email", "phone": "phone"}.get(key, key)
    key = key.removeprefix("card.")
    if key in ("anniversary",):
        return f"day:{key}"
    family, _, label = key.partition("_")
    return f"{family}:{label}" if family in SEVERAL and label else key


# In the order in which they are tried: the first that fits.
SHAPES = (
    TableShape(OWN, lambda columns: {CLIENT, "name"} <= columns, lambda column: f"own:{column}"),
    TableShape("google", _fits_google, _google),
    TableShape("pipedrive", lambda columns: sum(column.startswith("person - ") for column in columns) >= 2, _pipedrive),
    TableShape("linkedin", lambda columns: {"connected on", "first name"} <= columns, _LINKEDIN.get),
    TableShape("thunderbird", lambda columns: {"display name", "primary email"} <= columns, _THUNDERBIRD.get),
    TableShape(
        "thunderbird", lambda columns: {"anzeigename", "primäre e-mail-adresse"} <= columns, _THUNDERBIRD_DE.get
    ),
    TableShape(
        "hubspot",
        lambda columns: not columns.isdisjoint(_IDS_OF_HUBSPOT) and not columns.isdisjoint(_MARKS_OF_HUBSPOT),
        _HUBSPOT.get,
    ),
    TableShape("outlook", _fits_outlook, _OUTLOOK.get),
    TableShape("outlook", _fits_outlook_de, _OUTLOOK_DE.get),
)
LIST = TableShape(TABLE, lambda columns: any(map(word, columns)), _in_list)


def own() -> TableShape:
    """The shape of cf's own table."""
    return SHAPES[0]


def shape_of(header: Sequence[str]) -> TableShape | None:
    """The shape of a table with this header; None where no column is known."""
    columns = frozenset(column.strip().lower() for column in header)
    return next((shape for shape in (*SHAPES, LIST) if shape.fits(columns)), None)


def fits(header: Sequence[str]) -> int:
    """How well a line fits as a header of contacts: 2 for a shape, 1 for a known word."""
    shape = shape_of(header)
    if shape is None:
        return 0
    if shape is not LIST:
        return 2
    # A line of one word may be a title above the table.
    named = [name for name in header if name]
    return int(len(named) > 1 or plain(named[0]) in ("name", "email"))
