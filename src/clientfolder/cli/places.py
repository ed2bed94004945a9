"""What each place of a line offers to the Tab key: clients, slots, one-word dates and the like.

A client is offered by its short name, whether that, the name or a word of it begins as was typed. A dossier whose file
name has other characters is not offered; it is found by its name all the same. All of it is reduced to characters that
no shell runs. A declaration of a parameter names the function that offers for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from clientfolder import settings as settings_table
from clientfolder.binder.binder import Binder, stem_of
from clientfolder.cli.commands import table
from clientfolder.dossier.signals import DEALS
from clientfolder.dossier.types import KINDS, Rating, is_slip
from clientfolder.errors import Trouble
from clientfolder.settings.values import EXPORT_FORMATS
from clientfolder.text import comparable
from clientfolder.tickler import slots
from clientfolder.tickler.ahead import MONTHS
from clientfolder.tuples import NamedTuple
from clientfolder.workspace import Environment, Workspace

PHRASES = (
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "1d", "2d", "3d", "1w", "2w", "3w", "4w",
    "6w", "1m", "2m", "3m", "6m", "1y", "+1b", "+2b", "+3b", "+5b", "eow", "eom", "eoq", "eoy", "jan", "feb", "mar",
    "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
PERIODS = ("yesterday", "week", "month", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPANS = (
    "quarter",
    "year",
    "month",
    "week",
    "last quarter",
    "last year",
    "last month",
    "last week",
    "q1",
    "q2",
    "q3",
    "q4",
)
PRINTED = ("day", "week", "inserts", "dossier", "labels", "handover")
KEYS_OF_PEOPLE = ("name", "phone", "email", "role")
HEAD_BYTES = 4096
# Shorter words of a complaint are offered by nobody.
LEAST_LETTERS = 4

_HARMLESS = r"[^\W_][\w.-]*"
_HARMFUL = r"[^\w .,&-]"
_NAME = r"""name[ \t]*=[ \t]*(?:"([^"\\]*)"|'([^']*)')[ \t]*(?:\#.*)?"""
_RESTS = r"resting[ \t]*="


class Offer(NamedTuple):
    """A word for the cursor's place, and what it is, where a shell shows that."""

    word: str
    help: str = ""


class Cursor(NamedTuple):
    """Where the cursor stands: in which parameter of which command, behind which words of it, and what is typed there.

    `values`: those of all parameters on the line. `most_names`: how many clients are offered with their names.
    """

    environment: Environment
    folder: str | None
    command: str
    parameter: str
    before: Sequence[str]
    typed: str
    values: Mapping[str, Any]
    most_names: int

    def binder(self) -> Binder:
        """The binder of the folder that the line names. Raises Trouble where there is none."""
        return Workspace(self.environment, self.folder).binder

    def continuing(self, texts: Iterable[str]) -> list[Offer]:
        """Of each text that begins with the words before the cursor the next word, if that begins as was typed."""
        before = [word.casefold() for word in self.before]
        split = (text.split() for text in texts)
        following = (
            words[len(before)]
            for words in split
            if len(words) > len(before) and [word.casefold() for word in words[: len(before)]] == before
        )
        found = dict.fromkeys(word for word in following if re.fullmatch(_HARMLESS, word))
        return [Offer(word) for word in found if word.startswith(self.typed)]

    def beginning(self, words: Iterable[str]) -> list[Offer]:
        """Those of these words that begin as was typed, for a place that takes one word."""
        return [] if self.before else [Offer(word) for word in words if word.startswith(self.typed)]


def clients(at: Cursor) -> list[Offer]:
    """Short names, those of open slips too, each with the client's name where the shell shows it."""
    binder = at.binder()
    return _named(at, [*binder.clients(), *binder.slips()], binder)


def contacts(at: Cursor) -> list[Offer]:
    """Short names of clients alone, where a slip would be refused."""
    binder = at.binder()
    return _named(at, binder.clients(), binder)


def two_contacts(at: Cursor) -> list[Offer]:
    """Short names of two clients, who are one."""
    return contacts(at._replace(parameter="clients")) if len(at.before) < 2 else []


def client_and_key(at: Cursor) -> list[Offer]:
    """A client, and behind it the keys of what is known of them, of which the value alone can be shown."""
    from clientfolder.binder.index import lookup

    if not at.before:
        return clients(at)
    binder = at.binder()
    client = " ".join(at.before)
    if client not in binder.clients():
        client = lookup.find(binder.contents().covers, client).client
    card = binder.read(client).dossier.card
    return [Offer(key) for key in card if re.fullmatch(_HARMLESS, key) and key.startswith(at.typed)]


def _named(at: Cursor, all_: Sequence[str], binder: Binder) -> list[Offer]:
    if at.before and at.parameter != "clients":
        return []
    found = [name for name in _called(at.typed, all_, binder) if re.fullmatch(_HARMLESS, stem_of(name))]
    copies = binder.copies(found, set(all_))
    found = [name for name in found if name not in copies and not (is_slip(name) and _rests(binder, name))]
    return _with_names([name for name in found if name not in at.before], binder, at.most_names)


def _called(typed: str, all_: Sequence[str], binder: Binder) -> list[str]:
    """The short names that begin so; where none do, those of the clients whom the words find.

    So no dossier is read for a short name.
    """
    from clientfolder.binder.index import lookup
    from clientfolder.binder.names import short_name

    if found := [name for name in all_ if name.startswith(typed)]:
        return found
    beginnings = (comparable(typed), short_name(typed))
    if found := [name for name in all_ if name.startswith(beginnings)]:
        return found
    among = {*all_}
    found = [cover.client for cover in lookup.candidates(binder.contents().covers, typed)]
    return sorted(name for name in found if name in among)


def client_and_keys(at: Cursor) -> list[Offer]:
    """The client, and behind it the keys that `set` changes: those above the tables, the usual ones, and the card's."""
    from clientfolder.binder.index import lookup
    from clientfolder.cli.key_value import ROOT_KEYS, USUAL_KEYS, split

    client, assignments = split(at.before)
    if not client:
        return clients(at)
    if re.match(r"tags[+-]?=", at.typed):
        sign, _, typed = at.typed.partition("=")
        return [Offer(f"{sign}={offer.word}") for offer in tags(at._replace(before=(), typed=typed))]
    binder = at.binder()
    cover = lookup.find(binder.contents().covers, " ".join(client))
    keys = dict.fromkeys([*USUAL_KEYS, *ROOT_KEYS, *binder.read(cover.client).dossier.card])
    if at.typed.startswith("pe"):
        keys |= dict.fromkeys(f"people.{person}.{key}" for person in cover.people for key in KEYS_OF_PEOPLE)
    there = {assignment.key for assignment in assignments}
    found = (key for key in keys if key not in there and re.fullmatch(_HARMLESS, key))
    return [Offer(f"{key}=") for key in found if key.startswith(at.typed)]


def people(at: Cursor) -> list[Offer]:
    """The people of the client that the line names, by the short names that the dossier gives them."""
    from clientfolder.binder.index import lookup

    cover = lookup.find(at.binder().contents().covers, str(at.values.get("client") or ""))
    found = {key: person.name or "" for key, person in cover.people.items() if re.fullmatch(_HARMLESS, key)}
    plain = comparable(at.typed)
    begun = [key for key, name in found.items() if any(word.startswith(plain) for word in _words(f"{key} {name}"))]
    return [Offer(key, harmless(found[key])) for key in begun] if not at.before else []


def _words(text: str) -> list[str]:
    return comparable(text).split(" ")


def tags(at: Cursor) -> list[Offer]:
    """Every tag that a client has."""
    found = {tag for cover in at.binder().contents().covers for tag in cover.tags}
    return at.beginning(sorted(tag for tag in found if re.fullmatch(_HARMLESS, tag)))


def is_words(at: Cursor) -> list[Offer]:
    """The words of `list --is`, those that stand there already left out, each with what it means."""
    from clientfolder.cli.commands.selection_words import explained

    rows = explained(Workspace(at.environment, at.folder).settings)
    found = {word: harmless(row.means) for row in rows for word in row.words if re.fullmatch(_HARMLESS, word)}
    return [Offer(word, means) for word, means in found.items() if word.startswith(at.typed) and word not in at.before]


def products(at: Cursor) -> list[Offer]:
    """Every product that the settings name, that was paid for, or that a deal sells, word by word."""
    from clientfolder.dossier.purchases import known_products

    workspace = Workspace(at.environment, at.folder)
    return at.continuing(sorted(known_products(workspace.settings.segments, workspace.binder.contents().covers)))


def paid_words(at: Cursor) -> list[Offer]:
    """Behind the amount, and the currency if one is named, the products."""
    behind = [word for word in at.before if not re.match(r"[-+]?\d", word)]
    if len(behind) == len(at.before):
        return []
    return products(at._replace(before=behind[1:] if behind and re.fullmatch("[A-Z]{3}", behind[0]) else behind))


def open_deals(at: Cursor) -> list[Offer]:
    """The names of the client's open deals, word by word."""
    return at.continuing(_open_deals(at))


def deal_words(at: Cursor) -> list[Offer]:
    """The client's open deals, products, stages, `won` and `lost`; behind a deal the stages, behind `lost` reasons."""
    from clientfolder.dossier.purchases import deals_of_cover
    from clientfolder.dossier.sales import LOST, WON

    workspace = Workspace(at.environment, at.folder)
    steps = (*workspace.settings.stages, WON, LOST)
    said = [word.casefold() for word in at.before]
    if LOST in said:
        covers = workspace.binder.contents().covers.signalling(DEALS)
        reasons = sorted({deal.why for cover in covers for deal in deals_of_cover(cover) if deal.why})
        return at._replace(before=at.before[said.index(LOST) + 1 :]).continuing(reasons)
    if any(step.casefold() in said for step in steps):
        return []
    names = _open_deals(at)
    if not at.before:
        return list(dict.fromkeys([*at.continuing(names), *at.continuing(steps), *products(at)]))
    return [*at.continuing(names), *at._replace(before=()).beginning(steps)]


def _open_deals(at: Cursor) -> list[str]:
    from clientfolder.binder.index import lookup
    from clientfolder.dossier.purchases import deals_of_cover

    workspace = Workspace(at.environment, at.folder)
    cover = lookup.find(workspace.binder.contents().covers, str(at.values.get("client") or ""))
    return [deal.name for deal in deals_of_cover(cover) if deal.is_open_on(workspace.day)]


def segments(at: Cursor) -> list[Offer]:
    """The segments that the settings name."""
    names = Workspace(at.environment, at.folder).settings.segments
    return at.beginning(name for name in names if re.fullmatch(_HARMLESS, name))


def spans(at: Cursor) -> list[Offer]:
    """The periods that `period` knows by name."""
    return at.continuing(SPANS)


def papers(at: Cursor) -> list[Offer]:
    """Names of the client's papers, for the first word behind the client."""
    from clientfolder.binder import papers as all_papers
    from clientfolder.binder.index import lookup

    client = at.values.get("client")
    if at.before or not client:
        return []
    binder = at.binder()
    if client not in binder.clients():
        client = lookup.find(binder.contents().covers, client).client
    there = [paper.name for paper in all_papers.listed(binder.root, client)]
    return at.beginning(name for name in there if re.fullmatch(_HARMLESS, name))


def phrases(at: Cursor) -> list[Offer]:
    """WHENs of one word; nothing for the second word of a longer one."""
    return at.beginning(PHRASES)


def places(at: Cursor) -> list[Offer]:
    """Slots, and for `list` and `spread`, which take a WHEN too, the days nearest at hand."""
    never = (slots.LATER, slots.RESTING) if at.command == "spread" else ()
    days = ("today", "tomorrow") if at.command in ("list", "spread") else ()
    words = (*slots.NAMES, *slots.WORDS)
    return at.beginning([*(name for name in words if name not in never), *days])


def printed(at: Cursor) -> list[Offer]:
    """What can be printed, and behind it the days, slots or clients that it may be of."""
    if not at.before:
        return at.beginning(PRINTED)
    what, behind = at.before[0], at._replace(before=at.before[1:])
    if what in ("day", "week"):
        return phrases(behind)
    if what == "inserts":
        return [Offer(name) for name in slots.NAMES if name.startswith(at.typed) and name not in behind.before]
    if what == "dossier":
        return [*contacts(behind._replace(parameter="clients")), *places(behind)]
    return places(behind) if what == "labels" else []


def exported(at: Cursor) -> list[Offer]:
    """The formats of an export, and behind one the slots that it may be of."""
    if not at.before:
        return at.beginning(EXPORT_FORMATS)
    return places(at._replace(before=at.before[1:]))


def settings(at: Cursor) -> list[Offer]:
    """The names of settings, those that stand there already left out."""
    there = {word.partition("=")[0] for word in at.before}
    names = (setting.name for setting in settings_table.TABLE if setting.name not in there)
    return [Offer(f"{name}=") for name in names if name.startswith(at.typed)]


def periods(at: Cursor) -> list[Offer]:
    """Days and times of one word that can be looked back at."""
    return at.beginning(PERIODS)


def months(at: Cursor) -> list[Offer]:
    """How many months the binder can look ahead."""
    return at.beginning(MONTHS)


def kinds(at: Cursor) -> list[Offer]:
    """The usual kinds of contact."""
    return at.beginning(KINDS)


def ratings(at: Cursor) -> list[Offer]:
    """How content a client can be."""
    return at.beginning(str(rating) for rating in get_args(Rating))


def complaint_words(at: Cursor) -> list[Offer]:
    """Words of what the client complained of, which tell several complaints apart; short ones are left out."""
    from clientfolder.binder.index import lookup
    from clientfolder.dossier.concerns import of_cover

    cover = lookup.find(at.binder().contents().covers, str(at.values.get("client") or ""))
    said = " ".join(one.entry.text for one in of_cover(cover, date.max).complaints)
    words = dict.fromkeys(word.casefold() for word in re.findall(_HARMLESS, said) if len(word) >= LEAST_LETTERS)
    plain = comparable(at.typed)
    return [Offer(word) for word in words if comparable(word).startswith(plain) and word not in at.before]


def forms(at: Cursor) -> list[Offer]:
    """The forms by name."""
    return at.beginning(_form_names(at))


def form_words(at: Cursor) -> list[Offer]:
    """What `form` does, and behind it the form that it is done with."""
    from clientfolder.cli.commands.forms import WORDS

    if len(at.before) == 1 and at.before != ["list"]:
        return at._replace(before=()).beginning(_form_names(at))
    return at.beginning(WORDS)


def _form_names(at: Cursor) -> list[str]:
    from clientfolder.binder.forms import listed

    return [place.name for place in listed(at.binder()) if re.fullmatch(_HARMLESS, place.name)]


def topics(at: Cursor) -> list[Offer]:
    """The topics of the manual, and the commands."""
    from clientfolder import manual

    return at.beginning([*(topic.name for topic in manual.topics()), "all", *table.names()])


# Names as help --------------------------------------------------------------------------------------------


def harmless(text: str) -> str:
    """Letters, digits, blanks and `.,&-` alone: zsh would run code from anything else."""
    return " ".join(re.sub(_HARMFUL, " ", text).replace("_", " ").split())


def _with_names(found: list[str], binder: Binder, most: int) -> list[Offer]:
    return [Offer(name, _name(binder, name) if len(found) <= most else "") for name in found]


def _rests(binder: Binder, slip: str) -> bool:
    return any(re.match(_RESTS, line) for line in _lines_above_tables(_head(binder, slip)))


def _head(binder: Binder, client: str) -> str:
    try:
        return binder.raw(client)[:HEAD_BYTES].decode("utf-8-sig", "replace")
    except Trouble:
        return ""


def _name(binder: Binder, client: str) -> str:
    """The client's name if it stands on a plain line above the first table, else nothing: Tab parses no dossier."""
    for line in _lines_above_tables(_head(binder, client)):
        if found := re.fullmatch(_NAME, line):
            return harmless(found[1] or found[2] or "")
    return ""


def _lines_above_tables(text: str) -> Iterator[str]:
    for line in map(str.strip, text.split("\n")):
        if line.startswith("[") or '"""' in line or "'''" in line:
            return
        yield line
