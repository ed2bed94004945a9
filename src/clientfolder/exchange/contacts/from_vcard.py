"""What becomes of the lines of a vCard: which key of a contact each of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from clientfolder.binder.names import key_of_label
from clientfolder.exchange import columns, days
from clientfolder.exchange.contacts.contact import Contact, Gathering, block, one_line
from clientfolder.exchange.contacts.own import read_own_card
from clientfolder.exchange.vcard import Card, Property, parts, unescaped

# Read with others, or of use to nobody but the program that wrote it.
_READ_APART = (
    "VERSION PRODID REV SOURCE N LABEL FN KIND PROFILE NAME BEGIN END CLIENTPIDMAP XML X-ABLABEL X-ABADR X-ABUID "
    "X-ABSHOWAS SORT-STRING"
)
_SILENT = frozenset(_READ_APART.split())
_INTERNAL = re.compile(
    r"X-(?:AB(?!DATE|RELATEDNAMES)|MS-|EVOLUTION-|ANDROID-|APPLE-|IMAGE|PHONETIC-|ADDRESSBOOKSERVER-|MOZILLA-|RADICALE|"
    r"OC-|NC-|DAVDROID|SYNC|FUNAMBOL|ACCOUNT|IRMC|WAB-|MAILER|SHARED-|SONY|SAMSUNG|HTC-|HUAWEI|MIUI|GROUP-MEMBERSHIP|"
    r"CRYPTO|KADDRESSBOOK-(?:CRYPTO|OPENPGP|MAILPREF)|TINE|LOTUS|CALIN|PALM-|RIM-|WP-|GOOGLE-|SOGO|TBIRD|PRODID|CLASS|"
    r"UNIQUE-ID|CREATED|LAST-)"
)
# Of these programs' own lines, what says something of somebody.
_ALIASES = {
    "X-MS-ANNIVERSARY": "anniversary", "X-MS-SPOUSE": "spouse", "X-MS-MANAGER": "manager",
    "X-MS-ASSISTANT": "assistant", "X-MS-CHILD": "child", "X-MS-IMADDRESS": "im",
    "X-EVOLUTION-ANNIVERSARY": "anniversary", "X-EVOLUTION-SPOUSE": "spouse", "X-EVOLUTION-MANAGER": "manager",
    "X-EVOLUTION-ASSISTANT": "assistant", "X-KADDRESSBOOK-X-ANNIVERSARY": "anniversary",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse", "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant", "X-KADDRESSBOOK-X-PROFESSION": "profession",
    "X-KADDRESSBOOK-X-DEPARTMENT": "department", "X-KADDRESSBOOK-X-OFFICE": "office", "X-ANNIVERSARY": "anniversary",
    "X-SPOUSE": "spouse", "X-ASSISTANT": "assistant", "X-MANAGER": "manager", "X-SKYPE-USERNAME": "skype",
    "X-GENDER": "gender", "X-WAB-GENDER": "gender",
}  # fmt: skip
_DATES = frozenset({"birthday", "anniversary"})
# Of a number: what is no label of it.
_KINDS_OF_LINE = (
    "VOICE INTERNET PREF MSG TEXT VIDEO TEXTPHONE PCS ISDN BBS MODEM DOM INTL POSTAL PARCEL X400 FAX PAGER TLX "
    "PERSONAL URI UNKNOWN"
)
_NO_LABELS = frozenset(_KINDS_OF_LINE.split())
_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_LABELS = {
    "mobile": "mobile", "iphone": "mobile", "cell": "mobile", "work": "work", "home": "home", "other": "other",
    "main": "main", "homepage": "", "school": "school",
}  # fmt: skip
_OF_COMPANIES = {("X-ABSHOWAS", "company"), ("KIND", "org"), ("KIND", "organization")}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:(?://)?", re.IGNORECASE)


def contact(card: Card) -> Contact:
    """The contact of a card. Raises NoName where nothing tells whose it is."""
    if any(line.name == "PRODID" and line.value.strip() == columns.PRODID for line in card.properties):
        return read_own_card(card)
    found = Gathering(card.line)
    for name in card.dropped:
        found.report(name)
    labels = {line.group: unescaped(line.value) for line in card.properties if line.name == "X-ABLABEL" and line.group}
    _read_name(card, found)
    for line in card.properties:
        if line.value.strip():
            _take(found, line, labels.get(line.group, ""))
    if "address" not in found.several:
        for line in card.properties:
            if line.name == "LABEL":
                _take_address_in_words(found, line)
    return found.contact()


def is_group(card: Card) -> bool:
    """Whether the card is no contact, but the name of a group of them."""
    kinds = {"KIND", "X-ADDRESSBOOKSERVER-KIND"}
    return any(line.name in kinds and line.value.strip().lower() == "group" for line in card.properties)


def _read_name(card: Card, found: Gathering) -> None:
    named = [line for line in card.properties if line.name == "FN" and line.value.strip()]
    if named:
        found.full_name = unescaped(min(named, key=lambda line: line.preference).value)
    for line in card.properties:
        if line.name == "N" and not any(found.name_parts):
            said = [one_line(part.replace(",", " ")) for part in (*parts(line.value), "", "", "", "", "")[:5]]
            family, given, middle, prefix, suffix = said
            found.name_parts = (prefix, given, middle, family, suffix)
        elif (line.name, line.value.strip().lower()) in _OF_COMPANIES:
            found.is_company = True


def _take(found: Gathering, line: Property, custom: str) -> None:
    """One line of a card, in the place that it has."""
    if line.name in _SILENT:
        return
    family, label = _family_and_label(line, custom)
    if taker := _TAKERS.get(line.name):
        taker(found, line, label)
    elif line.name in ("TEL", "EMAIL", "URL", "X-MS-TEL", "X-EVOLUTION-BLOG-URL"):
        key = family or {"TEL": "phone", "X-MS-TEL": "phone", "EMAIL": "email"}.get(line.name, "web")
        found.add(key, _number(unescaped(line.value)), label, preference=line.preference)
    elif alias := _ALIASES.get(line.name):
        _keep(found, alias, unescaped(line.value))
    elif not _INTERNAL.match(line.name):
        key = columns.PROPERTIES.get(line.name) or columns.key_of(line.name)
        value = unescaped(line.value)
        if line.name in ("X-SIP", "X-SKYPE", "X-JABBER", "X-XMPP"):
            value = _SCHEME.sub("", value, count=1)
        _keep(found, key, value)


def _keep(found: Gathering, key: str, value: str) -> None:
    """A text, or a day where the key is for one; a half one is reported."""
    if key not in _DATES:
        found.keep(key, value)
    elif day := days.read(value):
        found.keep(key, day)
    elif not days.is_empty(value):
        found.report(key, one_line(value))


# Labels -----------------------------------------------------------------------------------------------


def _family_and_label(line: Property, custom: str) -> tuple[str, str]:
    """`fax` or `pager` where it is one, and the label: the custom one, else what TYPE says."""
    label = custom or line.label
    if not label and not line.parameters:
        return "", ""
    types = line.types
    family = "fax" if "FAX" in types else "pager" if "PAGER" in types else ""
    if found := _APPLE.fullmatch(label.strip()):
        label = found[1]
    if label.strip():
        plain = key_of_label(label)
        if plain in ("fax", "homefax", "workfax", "otherfax", "home_fax", "work_fax", "pager") and line.name == "TEL":
            return ("pager" if plain == "pager" else "fax"), {"homefax": "home", "home_fax": "home"}.get(plain, "")
        return family, _LABELS.get(plain, plain)
    for type_, name in columns.TYPES.items():
        if type_ in types:
            return family, "" if family and name == "work" else name
    if "IPHONE" in types:
        return family, "mobile"
    others = [kind for kind in types if kind not in _NO_LABELS]
    return family, key_of_label(others[0].removeprefix("X-")) if others else ""


def _number(text: str) -> str:
    """Without the scheme of an address: `tel:+1-555;ext=12` -> `+1-555 ext. 12`."""
    text = text.strip()
    if text[:4].lower() == "tel:":
        return re.sub(r";ext=([\d-]+)", r" ext. \1", text[4:], flags=re.IGNORECASE).split(";")[0]
    return text[7:] if text[:7].lower() == "mailto:" else text


# The kinds of lines -----------------------------------------------------------------------------------


def _take_company(found: Gathering, line: Property, label: str) -> None:
    company, *rest = (one_line(part) for part in parts(line.value))
    if found.company:
        found.keep("company2" if company else "", company, is_block=False)
    else:
        found.company = company
    found.keep("department", ", ".join(filter(None, rest)), is_block=False)


def _take_role(found: Gathering, line: Property, label: str) -> None:
    # What somebody is called at work stands before what they do there.
    preference = line.preference + (200 if line.name == "ROLE" else 0)
    found.add("role", unescaped(line.value), "", preference=preference)


def _take_address(found: Gathering, line: Property, label: str) -> None:
    said = [", ".join(filter(None, map(one_line, part.split("\n")))) for part in parts(line.value)]
    box, extended, street, city, region, code, country = (*said, *[""] * 7)[:7]
    text = address(street, extended, box, city=city, code=code, region=region, country=country)
    if not text and (words := line.parameters.get("LABEL")):
        text = _on_one_line(words[0].replace("^n", "\n").replace("\\n", "\n"))
    found.add("address", text, label, preference=line.preference)


def address(*street: str, city: str = "", code: str = "", region: str = "", country: str = "") -> str:
    """An address on one line: `Pod Hrází 7, 379 01 Jindřichova Ves, Česko`."""
    place = " ".join(filter(None, (code, city)))
    return ", ".join(filter(None, (*street, place, region, country)))


def _take_address_in_words(found: Gathering, line: Property) -> None:
    found.add("address", _on_one_line(unescaped(line.value)), _family_and_label(line, "")[1])


def _on_one_line(text: str) -> str:
    return ", ".join(filter(None, map(one_line, re.split(r"[\r\n]+", text))))


def _take_tags(found: Gathering, line: Property, label: str) -> None:
    found.categorise(*parts(line.value, ",;"))


def _take_list(found: Gathering, line: Property, label: str) -> None:
    key = columns.PROPERTIES.get(line.name, columns.key_of(line.name))
    found.keep(key, ", ".join(filter(None, map(one_line, parts(line.value, ",")))), is_block=False)


def _take_gender(found: Gathering, line: Property, label: str) -> None:
    found.keep("gender", " ".join(filter(None, map(one_line, parts(line.value)))), is_block=False)


def _take_uid(found: Gathering, line: Property, label: str) -> None:
    found.keep("uid", line.value, is_block=False)


def _take_date(found: Gathering, line: Property, label: str) -> None:
    """BDAY, and the day of a label of one's own."""
    key = columns.PROPERTIES.get(line.name) or (label if label else "date")
    value = unescaped(line.value).strip()
    omitted = line.parameters.get("X-APPLE-OMIT-YEAR", ())
    years = {*days.NO_YEAR, *(int(year) for year in omitted if year.isascii() and year.isdigit())}
    if day := days.read(value, no_year=years):
        found.keep(key, day, is_block=False)
    elif not days.is_empty(value):
        found.report(key, one_line(value))


def _take_related(found: Gathering, line: Property, label: str) -> None:
    found.keep(label or "related", unescaped(line.value), is_block=False)


def _take_service(found: Gathering, line: Property, label: str) -> None:
    """A messenger or a network: its name, from wherever the program has written that, and the address there."""
    value = unescaped(line.value).strip()
    said = next(
        (line.parameters[name][0] for name in ("X-SERVICE-TYPE", "SERVICE-TYPE") if name in line.parameters), ""
    )
    named = [kind for kind in line.types if kind not in ("WORK", "HOME", "PREF", "OTHER", "PERSONAL", "MOBILE")]
    scheme = _SCHEME.match(value)
    is_web = scheme is not None and scheme[0].lower() in ("http://", "https://")
    name = key_of_label(said or (named[0] if named else ""))
    if scheme and not is_web:
        name = name or key_of_label(scheme[0].rstrip(":/"))
        value = value[scheme.end() :]
    elif is_web and not name and (host := re.match(r"https?://(?:www\.)?([^/.]+)\.", value, re.IGNORECASE)):
        name = key_of_label(host[1])
    value = value or next(iter(line.parameters.get("X-USER", ())), "")
    if name in ("", "x_apple", "im", "x"):
        name = label if label not in ("", "work", "home", "other") else "im"
    found.keep(name, value, is_block=False)


def _take_android(found: Gathering, line: Property, label: str) -> None:
    """A line of Android's own: a nickname, a day, a relation."""
    kind, value, form, custom = (*map(one_line, parts(line.value)), "", "", "", "")[:4]
    name = kind.rpartition("/")[2]
    if name == "nickname":
        found.keep("nickname", value, is_block=False)
    elif name == "contact_event":
        key = key_of_label(custom) or {"1": "anniversary", "3": "birthday"}.get(form, "date")
        if day := days.read(value):
            found.keep(key, day)
        elif value and not days.is_empty(value):
            found.report(key, value)
    elif name == "relation":
        found.keep(key_of_label(custom) or "related", value, is_block=False)


def _take_note(found: Gathering, line: Property, label: str) -> None:
    text = block(unescaped(line.value))
    there = found.card.get("note")
    if there and text and text != there:
        found.card.pop("note")
        text = f"{there}\n\n{text}"
    found.keep("note", text)


_TAKERS: Mapping[str, Callable[[Gathering, Property, str], None]] = {
    "ORG": _take_company, "TITLE": _take_role, "ROLE": _take_role, "ADR": _take_address, "CATEGORIES": _take_tags,
    "NICKNAME": _take_list, "GENDER": _take_gender, "UID": _take_uid, "BDAY": _take_date, "X-ABDATE": _take_date,
    "X-ABRELATEDNAMES": _take_related, "RELATED": _take_related, "AGENT": _take_related, "IMPP": _take_service,
    "X-SOCIALPROFILE": _take_service, "SOCIALPROFILE": _take_service, "X-ANDROID-CUSTOM": _take_android,
    "NOTE": _take_note,
}  # fmt: skip
