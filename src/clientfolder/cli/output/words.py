"""Days, dossiers and papers in words, as they stand in a line for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from clientfolder.cli.output.terminal import one_line
from clientfolder.dates.calendar import MONTHS, WEEKDAYS, Month
from clientfolder.dossier.concerns import Complaint, Tally
from clientfolder.dossier.types import DONE, TASK, Cover, Entry, Next, Proposal
from clientfolder.text import byte_size, comparable, counted
from clientfolder.tickler import slots

if TYPE_CHECKING:
    from clientfolder.binder.handed_over import HandedOver
    from clientfolder.dossier.sheet import PaperFile
    from clientfolder.tickler.confirmation import Held, Lighter

# A day that was named never slides off a weekend; the echo says that it is one.
WEEKEND = {5: "a Saturday", 6: "a Sunday"}

# Days --------------------------------------------------------------------------------------------------


def day_short(on: date | Month, today: date) -> str:
    """`Fri 24 Jul`, with the year where it is another one; a month as `July` or `July 2027`."""
    year = "" if on.year == today.year else f" {on.year}"
    if isinstance(on, Month):
        return on.name.capitalize() + year
    return f"{WEEKDAYS[on.weekday()][:3].capitalize()} {on.day} {MONTHS[on.month - 1][:3].capitalize()}{year}"


def day_of_log(day: date, today: date) -> str:
    """`12 Jun`, with the year where it is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:3].capitalize()}{year}"


def came(at: date | datetime, today: date) -> str:
    """When something came, in six columns at most: `8:15` of today, `Mon` of the last six days, `12 Jul` before."""
    day = at.date() if isinstance(at, datetime) else at
    if day == today and isinstance(at, datetime):
        return f"{at.hour}:{at:%M}"
    is_near = 0 <= (today - day).days < len(WEEKDAYS)
    return (
        WEEKDAYS[day.weekday()][:3].capitalize() if is_near else f"{day.day} {MONTHS[day.month - 1][:3].capitalize()}"
    )


def said_words(complaint: Complaint) -> str:
    """`3 of 5: The print is too small.`"""
    rating = f"{complaint.entry.rating} of 5" if complaint.entry.rating is not None else ""
    return ": ".join(filter(None, (rating, one_line(complaint.entry.text))))


def rated_words(ratings: Sequence[Entry], day: date) -> str:
    """How content a client was the last three times: `rated 4 of 5 on 30 Jun, 3 of 5 on 2 May`; nothing of none."""
    last = [f"{one.rating} of 5 on {day_of_log(one.day, day)}" for one in ratings[:-4:-1]]
    return f"rated {', '.join(last)}" if last else ""


def lent_words(over: HandedOver, day: date) -> str:
    """`lent to Pavel until 21 Aug`; from the day after, that it is not back."""
    if over.is_late(day):
        return f"not back from {over.who}"
    return f"lent to {over.who} until {day_of_log(over.last, day)}"


def shortened(path: str, home: str) -> str:
    """A path with `~` for the home directory."""
    return f"~{path[len(home) :]}" if home and path.startswith(f"{home}/") else path


def in_days(on: date, day: date) -> str:
    """How far a day is: `today`, `tomorrow`, `in 9 days`, `3 days late`."""
    count = (on - day).days
    if count in (0, 1):
        return ("today", "tomorrow")[count]
    return f"in {count} days" if count > 0 else f"{counted(-count, 'day')} late"


def in_months(on: Month, day: date) -> str:
    count = on.since(Month.of(day))
    if count == 0:
        return "this month, no day yet"
    return f"in {counted(count, 'month')}" if count > 0 else "past"


def named_off(name: str) -> str:
    """`day off`, and which public holiday it is."""
    return name if name == "day off" else f"day off: {name}"


def held_words(held: Held) -> str:
    """How many lie there; and what they weigh, where that is something else."""
    return f"{held.dossiers}" if held.weight == held.dossiers else f"{held.dossiers} (weighing {held.weight:g})"


def lighter_words(lighter: Lighter, day: date) -> str:
    """`lighter: Fri 17 Jul, 3 that day`."""
    return f"lighter: {day_short(lighter.on, day)}, {held_words(lighter.held)} that day"


def for_day(contact: Next, day: date) -> str:
    """`for Wed 15 Jul 14:30`."""
    clock = f" {contact.time:%H:%M}" if contact.time else ""
    return f"for {day_short(contact.on, day)}{clock}"


def proposal_words(proposal: Proposal, day: date) -> str:
    """`Fri 1 May -> Mon 4 May (day off)`; where there was a choice, `Mon 4 May (within 24 Apr to 8 May)`."""
    on = day_short(proposal.on, day)
    if proposal.first < proposal.last and proposal.first <= proposal.on <= proposal.last:
        choice = "lightest of" if proposal.is_lightest else "within"
        return f"{on} ({choice} {day_of_log(proposal.first, day)} to {day_of_log(proposal.last, day)})"
    return f"{day_short(proposal.last, day)} -> {on} ({proposal.why})" if proposal.why else on


def title(cover: Cover) -> str:
    """Name and company, the company only where it says more; a slip is shown with its client in that place."""
    if cover.company and comparable(cover.company) != comparable(cover.name):
        return f"{cover.name} · {cover.company}"
    return cover.name


def about_words(cover: Cover) -> str:
    """What the next contact is about, behind its kind where that is not the usual one; empty where nothing is said."""
    contact = cover.next
    if contact is None:
        return ""
    usual = TASK if cover.is_slip else "call"
    return ": ".join(filter(None, (contact.kind if contact.kind != usual else "", one_line(contact.about or ""))))


def where(cover: Cover, day: date) -> str:
    """Where a dossier lies, in words: a date, never a slot."""
    if cover.is_done:
        return DONE
    if cover.resting is not None:
        return f"resting: {cover.resting}" if cover.resting else "resting"
    if cover.next is None:
        return "no date"
    mark = "! " if cover.next.agreed else ""
    clock = f" {cover.next.time:%H:%M}" if cover.next.time else ""
    late = slots.days_late(cover.next.on, day)
    return f"{mark}{day_short(cover.next.on, day)}{clock}" + (f", {counted(late, 'day')} late" if late else "")


# Papers ------------------------------------------------------------------------------------------------


def modified(paper: PaperFile) -> datetime | None:
    """When it was changed last, by the clock of this place; None for a stamp that no calendar has."""
    try:
        return datetime.fromtimestamp(int(paper.modified)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def paper_words(paper: PaperFile, day: date) -> str:
    """`82 kB, 12 Jul`."""
    at = modified(paper)
    return ", ".join([byte_size(paper.bytes), *([day_of_log(at.date(), day)] if at else [])])


def tally_words(said: Tally) -> str:
    """`1 complaint, rated 2 and 5 (2x), 1 of 1 question answered in time`; nothing where nothing was said."""
    parts = [counted(said.came, "complaint")] if said.came else []
    if said.ratings:
        given = [f"{one} ({times}x)" if times > 1 else f"{one}" for one, times in sorted(said.ratings.items())]
        parts.append(f"rated {' and '.join(given)}")
    if said.questions:
        parts.append(f"{said.in_time} of {counted(said.questions, 'question')} answered in time")
    return ", ".join(parts)


def what_stays(covers: Iterable[Cover]) -> str:
    """What keeps these where they lie: a promise, or as good as that a complaint that is open."""
    are_promised = all(cover.next is not None and cover.next.agreed for cover in covers)
    return "Promised dates stay" if are_promised else "Promises and open complaints stay"
