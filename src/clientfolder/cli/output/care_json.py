"""What scripts are told of complaints, questions, ratings and greetings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clientfolder.dossier.concerns import Clock, Complaint, Concerns, State, Tally
from clientfolder.dossier.forms import RATINGS
from clientfolder.dossier.types import Cover

if TYPE_CHECKING:
    from clientfolder.care.care import Care
    from clientfolder.care.checkup import Checkup
    from clientfolder.tickler.concerned import ComplaintOf, Greeting, InquiryOf
    from clientfolder.tickler.ratings import RatingDue


def minute(at: date | datetime) -> str:
    """When it was, to the minute and without an offset; a day without a time is its 00:00."""
    return f"{at:%Y-%m-%dT%H:%M}" if isinstance(at, datetime) else f"{at}T00:00"


def complaint_json(complaint: Complaint, day: date) -> dict[str, Any]:
    """One complaint, and what came of it."""
    entry = complaint.entry
    return {
        "at": minute(entry.at),
        "days": (day - entry.day).days,
        "rating": entry.rating,
        "text": entry.text,
        "cause": entry.cause,
        "remedied": None if entry.remedied is None else str(entry.remedied),
        "remedy": entry.remedy,
        "mended": entry.mended,
    }


def complaint_row(one: ComplaintOf, day: date) -> dict[str, Any]:
    return {**_whose(one.cover), **complaint_json(one.complaint, day), "late": one.is_late, "next": _next(one.cover)}


def inquiry_row(one: InquiryOf) -> dict[str, Any]:
    entry = one.inquiry.entry
    return {
        **_whose(one.cover),
        "at": minute(entry.at),
        "hours": _hours(one.waited),
        "late": one.is_late,
        "text": entry.text,
        "next": _next(one.cover),
    }


def greeting_row(one: Greeting) -> dict[str, Any]:
    return {**_whose(one.cover), "who": one.who, "what": one.what, "on": str(one.on), "years": one.years}


def rating_row(one: RatingDue) -> dict[str, Any]:
    last = None if one.last is None else {"on": str(one.last.day), "rating": one.last.rating}
    return {**_whose(one.cover), "due": str(one.due), "last": last, "next": _next(one.cover)}


def _hours(waited: timedelta) -> int:
    """The whole hours that have passed."""
    return int(waited.total_seconds() // 3600)


def _whose(cover: Cover) -> dict[str, Any]:
    return {"client": cover.client, "name": cover.name}


def _next(cover: Cover) -> str | None:
    return str(cover.next.on) if cover.next else None


def client_care_json(cover: Cover, said: Concerns, clock: Clock) -> dict[str, Any]:
    """What one client said that wants something, and all ratings, oldest first."""

    def rows(state: State) -> list[dict[str, Any]]:
        return [
            {**complaint_json(one, clock.day), "late": clock.is_neglected(one, cover.next)}
            for one in said.in_state(state, clock.day)
        ]

    return {
        "complaints": rows(State.OPEN),
        "to_mend": rows(State.TO_MEND),
        "waiting": [
            {
                "at": minute(one.entry.at),
                "hours": _hours(clock.waited(one.entry)),
                "late": clock.is_late(one),
                "text": one.entry.text,
            }
            for one in said.waiting(clock.day)
        ],
        "ratings": [{"on": str(one.day), "rating": one.rating} for one in said.ratings],
    }


def tally_json(said: Tally) -> dict[str, Any]:
    """What was said in some days, as `period` and `review` count it."""
    return {
        "ratings": {str(rating): said.ratings.get(rating, 0) for rating in RATINGS},
        "complaints": {"came": said.came, "open": said.open, "to_mend": said.to_mend},
        "answers": {"questions": said.questions, "in_time": said.in_time},
    }


def care_json(care: Care) -> dict[str, Any]:
    """All that `cf care` tells; the command may write too, and then it says what."""
    concerned = care.concerned
    return {
        "day": str(care.day),
        "changes": [],
        "complaints": [complaint_row(one, care.day) for one in concerned.complaints],
        "to_mend": [complaint_row(one, care.day) for one in concerned.to_mend],
        "waiting": [inquiry_row(one) for one in concerned.waiting],
        "ratings_due": [rating_row(one) for one in care.ratings_due],
        "greetings": [greeting_row(one) for one in concerned.greetings],
    }


def checkup_json(checkup: Checkup) -> dict[str, Any]:
    """How far the figures carry, a row for each line."""
    rows = [{"row": row.row, "good": row.good, "of": row.of, "mark": row.mark} for row in checkup.rows]
    return {"day": str(checkup.day), "from": str(checkup.first), "rows": rows}
