"""What scripts are told of what is brought in: contacts, and the payments of a bank's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientfolder.exchange.contacts.plan import ImportPlan, PlannedCard
    from clientfolder.exchange.statements.plan import StatementPlan


def import_json(plan: ImportPlan) -> dict[str, Any]:
    """The plan of an import: its files, what becomes of each contact, and what is not taken."""
    return {
        "files": [
            {
                "file": one.file,
                "shape": one.shape,
                "encoding": one.encoding,
                "read": one.read,
                "bad": one.bad,
                "empty": one.empty,
            }
            for one in plan.files
        ],
        "cards": [_card_json(card) for card in plan.cards],
        "not_taken": plan.not_taken,
        "columns_not_taken": plan.columns,
    }


def _card_json(card: PlannedCard) -> dict[str, Any]:
    # Each of the two is imported by the command that makes such a plan, and by no other.
    from clientfolder.exchange.contacts.plan import told

    return {
        "file": card.file,
        "line": card.line,
        "name": card.name,
        "what": card.what,
        "client": card.client,
        "person": card.person,
        "why": card.why or None,
        "sets": dict(card.sets),
        "adds": dict(card.adds),
        "kept": [{"key": one.key, "ours": one.ours, "theirs": one.theirs} for one in card.kept],
        "not_taken": told(card.not_taken),
        "candidates": list(card.candidates),
    }


def statement_json(plan: StatementPlan) -> dict[str, Any]:
    """A table of payments: the records that are written, how many stand already, and what is left out and why."""
    from clientfolder.cli.output.money_json import payment_json
    from clientfolder.exchange.statements.plan import BAD, MAYBE, NOBODY, OUT, SAME, TAKEN

    taken = [row for row in plan.being(TAKEN) if row.client and row.payment]
    counts = {what: len(plan.being(what)) for what in (NOBODY, OUT, MAYBE, BAD)}
    return {
        "file": plan.statement.file,
        "shape": plan.statement.shape,
        "encoding": plan.statement.encoding,
        "read": len(plan.rows),
        "records": [payment_json(row.client or "", row.payment, row.currency) for row in taken if row.payment],
        "skipped": len(plan.being(SAME)),
        "left": {**counts, "pending": plan.statement.pending},
    }
