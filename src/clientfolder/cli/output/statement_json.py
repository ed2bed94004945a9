"""What scripts are told of a table of payments."""

from __future__ import annotations

from typing import Any

from clientfolder.cli.output.money_json import payment_json
from clientfolder.exchange.statements.plan import BAD, MAYBE, NOBODY, OUT, SAME, TAKEN, StatementPlan


def statement_json(plan: StatementPlan) -> dict[str, Any]:
    """A table of payments: the records that are written, how many stand already, and what is left out and why."""
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
