"""Laying what is too much over other days: `spread`, and `away`, which takes days off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from clientfolder.cli import options
from clientfolder.cli.commands.confirmed_plan import ConfirmedPlan, PlanInputs
from clientfolder.cli.output.terminal import Line, Result, Span
from clientfolder.cli.output.words import day_short, what_stays
from clientfolder.cli.pages.plan import until
from clientfolder.cli.parameters import Argument, Call, Option
from clientfolder.cli.session import Session
from clientfolder.dates import phrases, ranges, retry
from clientfolder.dates.calendar import is_after_months
from clientfolder.dates.ranges import DateRange
from clientfolder.dates.vocabulary import shown
from clientfolder.dossier.covers import USUAL, Covers
from clientfolder.dossier.types import Cover
from clientfolder.errors import Misused, PhraseRefused, Refused, Warned
from clientfolder.settings.values import Capacity
from clientfolder.tickler import absence, slots, spreading
from clientfolder.tickler.inserts import lying_at, lying_in
from clientfolder.tickler.load import Room
from clientfolder.tickler.plan_view import TimeAway, time_away
from clientfolder.tickler.spreading import Plan, Terms, Why

# Commands ---------------------------------------------------------------------------------------------


def spread(
    ctx: Call,
    words: Annotated[
        list[str] | None,
        Argument(metavar="SLOT|overdue|undated", show_default=False, completes="places"),
    ] = None,
    over: Annotated[str | None, Option(metavar="COUNT", help="How far ahead to look: 10b if nothing is said.")] = None,
    cap: Annotated[
        int | None, Option(metavar="N", min=1, max=999, help="How many a day may hold, if not as set.")
    ] = None,
    yes: options.WithoutAsking = False,
) -> Result:
    """Lay a day that is too full, what is late, or what has no day yet over the working days that follow.

    It shows the plan with its reasons and asks once. The least important moves first and least far; promised dates
    stay.
    """
    session: Session = ctx.obj
    if not words:
        raise Misused("What? A day or an insert, overdue, undated or unfiled, such as: cf spread overdue")
    return _Spread(session, " ".join(words), over, cap).carried_out(yes)


def away(
    ctx: Call,
    words: Annotated[list[str] | None, Argument(metavar="DAY..DAY", show_default=False, completes="phrases")] = None,
    yes: options.WithoutAsking = False,
) -> Result:
    """Take days off: they are entered in the settings, and what lies there is moved; whom to tell is listed.

    It shows the plan and asks once. Promised dates stay, for those are to be told; all else goes to days after the
    absence, or before it where the rhythm leaves a choice.
    """
    session: Session = ctx.obj
    if not words:
        raise Misused("From when to when? Such as: cf away 10..21 aug, or for a flu: cf away today..fri")
    said = " ".join(words)
    return _Away(session, ranges.read(said, session.workspace.ground())).carried_out(yes)


# What they propose ------------------------------------------------------------------------------------


NO_ROOM = "Their tolerance or the days looked at leave none; --over looks further, --cap allows more a day"


class _Spread(ConfirmedPlan):
    """What lies in a slot, laid over the following days."""

    def __init__(self, session: Session, said: str, over: str | None, cap: int | None) -> None:
        super().__init__(session, f"Spread {said}")
        self.said, self.cap = said, cap
        self.over = None if over is None else _rung(over, session.day)

    def inputs(self) -> PlanInputs:
        terms = _terms(self.session)
        if self.cap is not None:
            terms = terms._replace(room=terms.room._replace(capacity=Capacity((self.cap,) * 7)))
        return PlanInputs(
            tuple(_chosen(self.session, self.said)), terms._replace(over=self.over), self.session.workspace.settings
        )

    def plan(self, inputs: PlanInputs) -> Plan:
        return spreading.spread(inputs.covers, inputs.terms)

    def left(self, plan: Plan) -> tuple[Refused, ...]:
        no_room, promised = plan.staying(Why.NO_ROOM), plan.staying(Why.PROMISED)
        if no_room:
            return (_refused(no_room, "No room for", NO_ROOM),)
        if not (plan.too_full and promised):
            return ()
        then = ("snooze", promised[0].client, "--yes")
        return (_refused(promised, f"{self._too_full(plan)}. {what_stays(promised)}", "To move one of them", then),)

    def _too_full(self, plan: Plan) -> str:
        """`Wed 15 Jul holds 9 even so, room for 8`."""
        on = plan.too_full[0]
        holds = f"{day_short(on, self.session.day)} holds {plan.after.load[on]} even so"
        return f"{holds}, room for {plan.after.capacity(on)}"


class _Away(ConfirmedPlan):
    """Days off, and what lies in them laid elsewhere."""

    def __init__(self, session: Session, days: DateRange) -> None:
        super().__init__(session, f"Away {until(days, session.day)}")
        self.days = days
        self.days_off = absence.new_days_off(days, session.workspace.working)

    def inputs(self) -> PlanInputs:
        terms = _terms(self.session)
        working = terms.room.working
        working = working._replace(off=working.off | {*self.days_off})
        terms = terms._replace(room=terms.room._replace(working=working))
        # Who is out with a colleague is looked after.
        here = (cover for cover in _lying_in(self.session, self.days) if cover.client not in self.session.lent)
        return PlanInputs(tuple(here), terms, self.session.workspace.settings)

    def closing(self) -> tuple[Line, ...]:
        days = f"{self.days.first}..{self.days.last}"
        return ((Span(" To hand over: ", "dim"), Span(f"cf handover DIR {days}")),)

    def plan(self, inputs: PlanInputs) -> Plan:
        return absence.away(inputs.covers, self.days, inputs.terms)

    def away(self, plan: Plan) -> TimeAway:
        session = self.session
        return time_away(plan, self.days, self.days_off, session.day, session.load, session.shown)

    def left(self, plan: Plan) -> tuple[Refused, ...]:
        promised = plan.staying(Why.PROMISED)
        if not promised:
            return ()
        return (_refused(promised, what_stays(promised), "To tell and to move", ("log", promised[0].client)),)

    def warnings(self, plan: Plan) -> Iterable[Warned]:
        for on in plan.too_full:
            if on not in self.days:
                holds = f"{day_short(on, self.session.day)} holds {plan.after.load[on]}"
                yield Warned("over_capacity", f"{holds}, room for {plan.after.capacity(on)}")


def _refused(covers: list[Cover], head: str, what_next: str, then: tuple[str, ...] = ()) -> Refused:
    names = ", ".join(cover.name for cover in covers)
    said = f"{head}: {names}" if covers else head
    return Refused(f"{said}. {what_next}", candidates=tuple(cover.client for cover in covers), then=then)


def _rung(over: str, day: date) -> retry.RetryStep:
    found = retry.parse(over)
    if found is None:
        raise PhraseRefused(f'"{shown(over)}" is no count of days, such as --over 10b')
    if is_after_months(found.after(day, Room().on_or_after), day, 12 * phrases.YEARS_AHEAD):
        raise PhraseRefused(f'"{over}" is more than {phrases.YEARS_AHEAD} years')
    return found


def _terms(session: Session) -> Terms:
    def weight(cover: Cover) -> float:
        return session.weight(cover.next.kind if cover.next else USUAL)

    return Terms(session.day, session.room, session.load, session.every, weight)


def _chosen(session: Session, said: str) -> Covers:
    """What lies there; whoever names today or what is late means all that is to be done today."""
    day, covers = session.day, session.contents.covers
    inserts = slots.parse(said)
    if inserts is None:
        found = phrases.read(said, session.workspace.ground())
        if found.agreed:
            raise PhraseRefused(f'"{said}" says more than a day or a month, and all that lies there is spread')
        return session.desk.pile if found.on == day else lying_at(covers, found.on)
    if {slots.LATER, slots.RESTING} & {*inserts.names}:
        raise PhraseRefused(f"What is {inserts.names[0]} has no day that could be too full")
    lying = lying_in(covers, inserts, day)
    if not {slots.OVERDUE, str(day.day)} & {*inserts.names}:
        return lying
    known = {*lying.clients}
    return lying + session.desk.pile.called(lambda client: client not in known)


def _lying_in(session: Session, days: DateRange) -> list[Cover]:
    """What lies in these days; only what may is looked at."""
    soon = session.contents.covers.where_due(
        lambda due: isinstance(due.on, date) and session.day <= due.on <= days.last
    )
    return absence.touched(soon + session.desk.overdue, days, session.day)
