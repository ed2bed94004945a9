"""Every row becomes exactly one thing, and the same table a second time becomes nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.sales import Deal, Payment
from clientfolder.dossier.types import Dossier
from clientfolder.exchange.statements.payers import Payers
from clientfolder.exchange.statements.plan import BAD, MAYBE, NOBODY, OUT, SAME, TAKEN, PlanGround, StatementPlan, plan
from clientfolder.exchange.statements.statement import BankStatement, StatementRow
from clientfolder.portfolio.money import Prices

DAY = date(2026, 6, 30)
WON = Deal("spring", "shop", Amount(100), won=DAY)


def planned(rows: list[StatementRow], dossiers: dict[str, Dossier]) -> StatementPlan:
    payers = Payers([dossier.cover for dossier in dossiers.values()], [])
    statement = BankStatement("a.csv", "table", "UTF-8", tuple(rows), 0, 0, (), {})
    return plan(statement, PlanGround(payers, dossiers.__getitem__, Prices("EUR"), {}))


def written(made: StatementPlan, dossiers: dict[str, Dossier]) -> dict[str, Dossier]:
    """The dossiers as the plan would leave them."""
    found = dict(dossiers)
    for row in made.being(TAKEN):
        assert row.client
        assert row.payment
        now = found[row.client]
        payment = row.payment._replace(more={"note": row.note} if row.note else {})
        found[row.client] = now._replace(records={**now.records, "payments": (*now.payments, payment)})
    return found


def test_payments_fill_a_deal_in_the_order_of_their_days() -> None:
    dossiers = {"anna": Dossier("anna", "Anna", records={"deals": (WON,)})}
    rows = [StatementRow(line, DAY + timedelta(9 - line), Amount(60), None, ("anna",), "shop") for line in (1, 2, 3)]
    made = planned(rows, dossiers)
    assert [(row.line, row.payment and row.payment.deal) for row in made.rows] == [
        (3, "spring"), (2, "spring"), (1, None),
    ]  # fmt: skip


ROWS = st.builds(
    StatementRow, st.integers(1, 99), st.sampled_from([DAY, DAY + timedelta(1)]),
    st.sampled_from([Amount(50), Amount(60), Amount(-50)]), st.sampled_from([None, "EUR", "PLN"]),
    st.sampled_from([("anna",), ("ANNA KOWALSKA",), ("kowalska a",), ("bob",), ("shop",), ()]),
    st.sampled_from([None, "shop", "care"]), st.none(), st.sampled_from([None, "Invoice 7", "Invoice 8"]),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=6), st.lists(st.sampled_from([Amount(50), Amount(60)]), max_size=2))
def test_once_taken_it_stands_there(rows: list[StatementRow], before: list[Amount]) -> None:
    payments = tuple(Payment(DAY, amount) for amount in before)
    dossiers = {
        "anna": Dossier("anna", "Anna Kowalska", records={"payments": payments, "deals": (WON,)}),
        "bob": Dossier("bob", "Bob"),
    }
    first = planned(rows, dossiers)
    assert sum(len(first.being(what)) for what in (TAKEN, SAME, MAYBE, NOBODY, OUT, BAD)) == len(rows)
    assert len(first.being(SAME)) <= len(payments)
    after = written(first, dossiers)
    assert sum(len(one.payments) for one in after.values()) == len(payments) + len(first.being(TAKEN))
    second = planned(rows, after)
    assert not second.being(TAKEN)
    assert not second.clients


def test_a_payment_that_says_more_is_left_for_the_row_that_says_it() -> None:
    standing = (Payment(DAY, Amount(50), product="shop"), Payment(DAY, Amount(50), product="care"))
    dossiers = {"anna": Dossier("anna", "Anna", records={"payments": standing})}
    rows = [StatementRow(1, DAY, Amount(50), None, ("anna",), product) for product in (None, "shop")]
    assert len(planned(rows, dossiers).being(SAME)) == 2
    assert len(planned(rows[::-1], dossiers).being(SAME)) == 2


def test_thousands_of_equal_rows_are_found_again_in_no_time() -> None:
    row = StatementRow(1, DAY, Amount(50), None, ("anna",))
    dossiers = {"anna": Dossier("anna", "Anna", records={"payments": (Payment(DAY, Amount(50)),) * 5000})}
    assert len(planned([row] * 5001, dossiers).being(SAME)) == 5000
