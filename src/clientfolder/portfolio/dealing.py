"""A deal and one step of it: how the words of a line are read, and which lines of the dossier they change; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from clientfolder.dossier import schema
from clientfolder.dossier.amounts import Amount, begins_amount
from clientfolder.dossier.changes import Append, Drop, Edit, Put
from clientfolder.dossier.sales import LOST, WON, Deal
from clientfolder.portfolio.paying import same
from clientfolder.tuples import NamedTuple

LEAST_LETTERS = 3


class DealWords(NamedTuple):
    """What was typed of a deal: its name, the step, the words of an amount behind it, and why it was lost."""

    name: str | None = None
    step: str | None = None
    amount: tuple[str, ...] = ()
    why: str | None = None


class Unclear(Exception):
    """Behind a stage stands what is no amount; `name` are the words as they would be one name."""

    def __init__(self, name: str, step: str, rest: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.step = step
        self.rest = tuple(rest)


def read_words(words: Sequence[str], stages: Sequence[str], names: Sequence[str] = ()) -> DealWords:
    """The name ends at the first word that is a stage, `won`, `lost`, or that begins with a digit.

    One word that holds blanks was quoted, and is a name. A stage is written in full; the last word may be a beginning
    of three letters, where no deal is called so (`names`). Raises Unclear.
    """
    steps = {one.casefold(): one for one in (*stages, WON, LOST)}
    at = 0
    while at < len(words):
        word = words[at]
        step = steps.get(word.casefold()) or _begun(words, at, stages, names)
        if step is None and not begins_amount(word):
            at += 1
            continue
        name = " ".join(words[:at]) or None
        if step is None:
            return DealWords(name, None, tuple(words[at:]))
        rest = tuple(words[at + 1 :])
        if step == LOST:
            return DealWords(name, step, why=" ".join(rest) or None)
        if rest and not begins_amount(rest[0]):
            raise Unclear(" ".join(words), step, rest)
        return DealWords(name, step, rest)
    return DealWords(" ".join(words) or None)


def _begun(words: Sequence[str], at: int, stages: Sequence[str], names: Sequence[str]) -> str | None:
    """The only stage that the last word begins."""
    word = words[at].casefold()
    is_name = any(same(" ".join(words), name) for name in names)
    if at < len(words) - 1 or len(word) < LEAST_LETTERS or is_name or not re.fullmatch(r"[^\W\d_]+", word):
        return None
    found = [stage for stage in stages if stage.casefold().startswith(word)]
    return found[0] if len(found) == 1 else None


def free_name(name: str, deals: Sequence[Deal]) -> str:
    """The name, or with a number behind it where another deal has it already."""
    found, number = name, 2
    while any(same(found, deal.name) for deal in deals):
        found, number = f"{name}-{number}", number + 1
    return found


def opened(deal: Deal) -> tuple[Edit, ...]:
    """The lines of a new deal."""
    return (Append("deals", schema.record("deals", deal)),)


class DealStep(NamedTuple):
    """What becomes of a deal: the stage or the end that it has come to, on which day, and what else is said of it.

    `currency`: of the amount, where it is not that of the settings.
    """

    to: str | None
    on: date
    amount: Amount | None = None
    currency: str | None = None
    why: str | None = None
    product: str | None = None


def later_stages(deal: Deal, to: str, stages: Sequence[str]) -> list[str]:
    """The stages with a day that lie behind the one it goes to, as the file spells them."""
    numbers = {stage.casefold(): number for number, stage in enumerate(stages)}
    return [stage for stage in deal.steps if numbers.get(stage.casefold(), -1) > numbers[to.casefold()]]


def furthest(deal: Deal, stages: Sequence[str]) -> str | None:
    """The furthest stage that has a day, as the file spells it."""
    numbers = {stage.casefold(): number for number, stage in enumerate(stages)}
    known = [stage for stage in deal.steps if stage.casefold() in numbers]
    return max(known, key=lambda stage: numbers[stage.casefold()], default=None)


def stepped(
    deal: Deal, place: int, step: DealStep, stages: Sequence[str], *, has_day: bool
) -> tuple[Deal, tuple[Edit, ...]]:
    """The deal after the step, and the lines in its own block that this adds or changes.

    `has_day`: the day was named. Back to an earlier stage the later days go, and one that it has stays.
    """
    path = ("deals", place)
    edits: list[Edit] = []
    after = deal
    if step.to in (WON, LOST):
        edits.append(Put((*path, str(step.to)), step.on))
        after = after._replace(won=step.on) if step.to == WON else after._replace(lost=step.on)
    elif step.to is not None:
        spelt = next((stage for stage in deal.steps if same(stage, step.to)), step.to)
        gone = later_stages(deal, step.to, stages)
        edits += [Drop((*path, "steps", stage)) for stage in gone]
        kept = {stage: on for stage, on in deal.steps.items() if stage not in gone}
        if has_day or spelt not in kept:
            edits.append(Put((*path, "steps", spelt), step.on))
            kept[spelt] = step.on
        after = after._replace(steps=kept)
    said = {"product": step.product, "amount": step.amount, "currency": step.currency, "why": step.why}
    new: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    edits += [Put((*path, key), value.written if isinstance(value, Amount) else value) for key, value in new.items()]
    if step.amount is not None and step.currency is None and deal.currency is not None:
        edits.append(Drop((*path, "currency")))
        after = after._replace(currency=None)
    return after._replace(**new), tuple(edits)
