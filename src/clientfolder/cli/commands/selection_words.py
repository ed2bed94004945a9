"""Whom the words of `list --is` and the product of `list --lacks` mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from clientfolder.cli.prompts.portfolio import Read, read_portfolio, rhythm_in_force, warn_of_no_rate
from clientfolder.cli.session import Session
from clientfolder.dossier.covers import Covers
from clientfolder.dossier.sales import GROUPS
from clientfolder.errors import Misused, Warned
from clientfolder.portfolio.classes import LEAST_CLIENTS
from clientfolder.portfolio.paying import same
from clientfolder.portfolio.standing import LETTERS, STATUSES, UNPAID, Standings
from clientfolder.settings import Settings
from clientfolder.text import finger_slips
from clientfolder.tickler import desk, slots
from clientfolder.tickler.inserts import lying_in
from clientfolder.tuples import NamedTuple

if TYPE_CHECKING:
    from clientfolder.care.care import Care

COMPLAINT, WAITING, UNRATED = "complaint", "waiting", "unrated"
CARE = (COMPLAINT, WAITING, UNRATED)
# What one could list before there were words for it: inserts, and what has an option of its own.
INSERTS = ("late", "promised", slots.RESTING)
FILTERS = ("first", "dodged", "drifting")


class Explained(NamedTuple):
    """Words that mean clients, and whom."""

    words: tuple[str, ...]
    means: str


def explained(settings: Settings) -> list[Explained]:
    """All words in the order in which one is read, each with what it says."""
    period = settings.period
    return [
        Explained(("potential",), "never paid"),
        Explained(("new",), f"paid within {period}, and never before"),
        Explained(("permanent",), f"paid within {period}, and in those before"),
        Explained(("restored",), f"paid within {period}, not in those before, and earlier"),
        Explained(("lost",), f"paid once, and not within {period}"),
        Explained(("A", "B", "C"), "brings the first half, up to four fifths, or the rest"),
        Explained(("X", "Y", "Z"), "pays steadily, in waves, by fits and starts"),
        Explained(LETTERS[6:], "both letters"),
        Explained(("beginner",), "new, with one order"),
        Explained(("one-off",), f"one order, and nothing within {period}"),
        Explained(("growing",), "comes again, and is no vip yet"),
        Explained(("vip",), "an order in each period, and an A"),
        Explained(("lapsed",), f"several orders, and nothing within {period}"),
        Explained(settings.stages, "a deal is open at that stage"),
        Explained((UNPAID,), "a deal is won, and not all of it paid"),
        Explained(("late",), "the day has passed"),
        Explained(("promised",), "the day is promised"),
        Explained(("first",), "nobody was ever reached"),
        Explained(("dodged",), "put off three times or more"),
        Explained(("drifting",), "silent for longer than is usual with them"),
        Explained(("resting",), "put to rest"),
        Explained((COMPLAINT,), "a complaint is open"),
        Explained((WAITING,), "a question waits for an answer"),
        Explained((UNRATED,), "is to be asked how content they are"),
    ]


def all_words(settings: Settings) -> list[str]:
    """Every word that `--is` knows."""
    return list(dict.fromkeys(word for row in explained(settings) for word in row.words))


class WhoIs:
    """Narrows covers down to those whom words mean; what the words ask for is read once, and nothing else."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._read: Read | None = None
        self._standings: Standings | None = None
        self._care: Care | None = None
        # Whether money was left out of what letters or groups are told by.
        self.is_short = False

    def is_(self, covers: Covers, words: Sequence[str]) -> Covers:
        """Those whom each of the words means. Raises Misused for an unknown word."""
        meanings = [self._meaning(word) for word in words]
        for among in meanings:
            covers = among(covers)
        return covers

    def lacks(self, covers: Covers, product: str) -> Covers:
        """Those whose segment means the product and who lack it. Raises Misused for one that nobody sells."""
        from clientfolder.cli.prompts.money import known_products
        from clientfolder.portfolio.portraits import products

        typed = product.strip()
        known = known_products(self.session)
        if not any(same(typed, one) for one in known):
            raise Misused(f"There is no product {typed}. {_instead(self.session, product, known)}")
        found = products(self._portfolio().portfolio, self.session.day)
        lacking = {one.account.client for one in found.clients if any(same(typed, lacks) for lacks in one.lacks)}
        return covers.called(lacking.__contains__)

    def _meaning(self, typed: str) -> Callable[[Covers], Covers]:
        """How covers are narrowed down by one word."""
        word, settings = typed.strip().casefold(), self.session.workspace.settings
        stages = [stage.casefold() for stage in settings.stages]
        if word in (*STATUSES, *GROUPS, *stages, UNPAID) or word.upper() in LETTERS:
            return lambda covers: covers.called(self._with_standing(word).__contains__)
        if word in CARE:
            return lambda covers: covers.called(self._cared_for(word).__contains__)
        if word in INSERTS and (inserts := slots.parse(word)):
            return lambda covers: lying_in(covers, inserts, self.session.day)
        if word in FILTERS:
            day = self.session.day
            is_so = {"first": desk.is_first_call, "dodged": desk.is_dodged}.get(word)
            return lambda covers: covers.where(is_so or (lambda cover: desk.is_drifting(cover, day)))
        known = all_words(settings)
        raise Misused(
            f"{typed} is no word of --is. {_instead(self.session, typed, known)}; what each means: cf list --is"
        )

    def _portfolio(self) -> Read:
        if self._read is None:
            self._read = read_portfolio(self.session)
        return self._read

    def _with_standing(self, word: str) -> Collection[str]:
        if self._standings is None:
            portfolio = self._portfolio().portfolio
            self._standings = Standings(portfolio, self.session.day, rhythm_in_force(self.session))
        if word.upper() in LETTERS or word in GROUPS:
            self._tell_what_is_short(self._standings, is_letter=word.upper() in LETTERS)
        return self._standings.meant_by(word)

    def _tell_what_is_short(self, found: Standings, *, is_letter: bool) -> None:
        """Warn where letters are told by less than all the money, or by too few clients to be told at all."""
        warn_of_no_rate(self.session, found.worth.unpriced)
        self.is_short = bool(found.worth.unpriced or self._portfolio().odd)
        if is_letter and "abc" in found.worth.too_little:
            told = f"No letters yet: {found.worth.paying} of the {LEAST_CLIENTS} clients that it takes have paid"
            warned = Warned("too_little", told)
            self.session.warnings += [warned] if warned not in self.session.warnings else []

    def _cared_for(self, word: str) -> Collection[str]:
        from clientfolder.cli import facts

        self._care = self._care or facts.care(self.session)
        if word == UNRATED:
            return {one.cover.client for one in self._care.ratings_due}
        concerned = self._care.concerned
        return {one.cover.client for one in (concerned.complaints if word == COMPLAINT else concerned.waiting)}


def _instead(session: Session, typed: str, known: Collection[str]) -> str:
    """The line with the nearest of the known words, or else all of them."""
    near = sorted(known, key=lambda one: finger_slips(typed.casefold(), one.casefold()))
    if near and finger_slips(typed.casefold(), near[0].casefold()) <= max(1, len(typed) // 3):
        return f"Did you mean: {session.line.with_word(typed, near[0])}"
    return f"There are: {', '.join(known)}" if known else "None is kept yet"
