"""The tables of banks are read with day, amount, sign, currency and who paid; what cannot be told is said."""

from __future__ import annotations

from datetime import date

import pytest

from clientfolder.dossier.amounts import Amount
from clientfolder.errors import Misused, Refused
from clientfolder.exchange.statements import statement
from clientfolder.exchange.statements.statement import BankStatement, StatementRow
from clientfolder.exchange.table_reader import BadRow
from statements_of_banks import BANKS, OfBank


def read(text: str, *pairs: str, day_first: bool | None = None, kept: dict[str, str] | None = None) -> BankStatement:
    return statement.read("a.csv", text.encode(), pairs, lambda _: kept or {}, None, day_first)


def rows(found: BankStatement) -> list[StatementRow]:
    assert not [row for row in found.rows if isinstance(row, BadRow)]
    return [row for row in found.rows if isinstance(row, StatementRow)]


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.name)
def test_a_bank(bank: OfBank) -> None:
    said = bank.encoding if bank.encoding != "utf-8-sig" else None
    found = statement.read("a.csv", bank.text.encode(bank.encoding), (), lambda _: {}, said, None)
    assert (found.shape, len(found.rows), found.pending) == (bank.name, bank.rows, bank.pending)
    [paid] = [row for row in rows(found) if "Anna Kowalska" in row.names]
    assert (paid.on, paid.amount, paid.currency) == (date(2026, 6, 30), Amount(2500), bank.currency)
    assert paid.product is None
    assert "Invoice 7" in paid.told or "Anna Kowalska" in paid.told
    [out] = [row for row in rows(found) if row.amount.digits < 0]
    assert (out.amount, out.currency) == (Amount(-499, 1), bank.currency)
    assert "vera lindt" not in str([row.names for row in rows(found)]).casefold()


def test_a_list_of_ones_own() -> None:
    found = read("Kunde;Datum;Betrag;Produkt;Auftrag;Notiz\nAnna;30.06.2026;2.500,00 PLN;shop;spring;first half\n")
    [row] = rows(found)
    assert row == (
        2, date(2026, 6, 30), Amount(2500), "PLN", ("Anna",), "shop", "spring", "first half", "first half",
    )  # fmt: skip


def test_columns_of_unknown_words_are_named() -> None:
    text = "Fecha;Importe;Ordenante\n30.06.2026;2500;Anna\n"
    with pytest.raises(Refused, match='--map "Fecha=on" "Importe=amount" "Ordenante=client"'):
        read(text)
    pairs = ("Fecha=on", "Importe=amount", "Ordenante=client")
    assert rows(read(text, *pairs))[0].names == ("Anna",)
    # Kept of the same columns; what is said now goes before that.
    kept = {"Fecha": "on", "Importe": "amount", "Ordenante": "note"}
    assert rows(read(text, kept=kept))[0].note == "Anna"
    assert rows(read(text, "Ordenante=client", kept=kept))[0].names == ("Anna",)
    for pair in ("Importe=money", "Fechas=on"):
        with pytest.raises(Misused):
            read(text, pair)


def test_a_table_without_a_header() -> None:
    text = "30.06.2026;Anna;2500\n29.06.2026;Bob;100\n"
    with pytest.raises(Refused, match='--map "1=on" "2=client" "3=amount"'):
        read(text)
    assert [row.names for row in rows(read(text, "1=on", "2=client", "3=amount"))] == [("Anna",), ("Bob",)]


def test_debit_and_credit_may_be_named() -> None:
    text = "Tag,Kdo,Plus,Minus\n2026-06-30,Anna,2500,\n2026-06-29,Bob,,100\n"
    found = rows(read(text, "Kdo=client", "Plus=credit", "Minus=debit"))
    assert [row.amount for row in found] == [Amount(2500), Amount(-100)]


def test_a_day_that_may_be_two_is_told_by_its_column_or_the_setting_or_not_at_all() -> None:
    text = "date,client,amount\n05/06/2026,Anna,10\n"
    [bad] = read(text).rows
    assert isinstance(bad, BadRow)
    assert "may be two days: cf settings day_first=true" in bad.why
    assert rows(read(text, day_first=True))[0].on == date(2026, 6, 5)
    assert rows(read(text, day_first=False))[0].on == date(2026, 5, 6)
    assert rows(read(text + "30/06/2026,Bob,20\n"))[0].on == date(2026, 6, 5)


def test_what_cannot_be_read_is_said_with_its_line() -> None:
    found = read("date,client,amount\n2026-06-30,Anna,1.200\n,Bob,5\nsoon,Cyd,5\n2026-06-30,Dan,\n2026-06-30,Eve,x\n")
    assert [(row.line, row.why) for row in found.rows if isinstance(row, BadRow)] == [
        (2, "1.200 may be 1200 or 1.200, and no other amount here tells which"),
        (3, "no day stands there"),
        (4, "soon is no day"),
        (5, "no amount stands there"),
        (6, "x is no amount"),
    ]


def test_totals_and_nothings_are_no_payments() -> None:
    found = read("date,client,amount\n2026-06-30,Anna,5\n2026-06-30,Bob,0.00\n,,5\n\n,,\nTotal,,\n")
    assert (len(rows(found)), found.empty) == (1, 4)


def test_a_table_of_no_payments_is_refused() -> None:
    for text in ("name,phone\nAnna,1\n", "date,client,amount\n", "", "hello"):
        with pytest.raises(Refused):
            read(text)
