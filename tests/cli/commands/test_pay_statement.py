"""A bank's table as a person brings it: shown, asked once, one step; nothing twice, and nobody's money guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from folders import FILED, Answer, Cf
from statements_of_banks import BANKS, MBANK, REVOLUT, OfBank

NOVAK = 'name = "Novák Tisk"\ncompany = "Novák s.r.o."\n'
HEAD = "on,client,amount,currency,product,note\n"


@pytest.fixture
def bank(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nrates = { PLN = 0.23 }\n')
    cf.write("anna", FILED)
    cf.write("novak", NOVAK)
    return cf


def pay(cf: Cf, text: str | bytes, *words: str, **how: Any) -> Answer:
    return cf(["pay", "-", *words], piped=text, **how)


def yes(cf: Cf, text: str | bytes, *words: str) -> dict[str, Any]:
    answer = pay(cf, text, "--yes", "--json", *words)
    return {"exit": answer.exit, **json.loads(answer.out)}


def added(cf: Cf, client: str, before: str) -> str:
    text = cf.text(client)
    assert text.startswith(before)
    return text[len(before) :]


@pytest.mark.parametrize("of", [of for of in BANKS if of.encoding.startswith("utf-8")], ids=lambda of: of.name)
def test_a_banks_table_is_one_payment_of_anna(bank: Cf, of: OfBank) -> None:
    answer = yes(bank, of.text)
    assert answer["exit"] == 0, answer
    [record] = answer["data"]["records"]
    assert record == {
        "client": "anna", "on": "2026-06-30", "amount": 2500, "currency": of.currency, "product": None, "deal": None,
    }  # fmt: skip
    assert [change["client"] for change in answer["data"]["changes"]] == ["anna"]
    assert answer["data"]["left"]["out"] == 1
    assert bank.text("anna").count("[[payments]]") == 1
    # What was taken once stands there.
    again = yes(bank, of.text)
    assert (again["exit"], again["data"]["records"], again["data"]["skipped"]) == (0, [], 1)
    assert bank.text("anna").count("[[payments]]") == 1


def test_the_plan_is_shown_and_asked_for_once_and_is_one_step(bank: Cf) -> None:
    before = bank.tree()
    text = HEAD + (
        "2026-06-30,Novák Tisk,1000,PLN,shop,\n2026-06-01,Anna Kowalska,2500,EUR,,Invoice 7\n"
        "2026-06-05,anna,-300,EUR,shop,\n2026-06-02,Finanzamt,80,EUR,,\n2026-06-03,Energa,-80,EUR,,\n"
    )
    no = pay(bank, text, typed="n\n")
    assert (no.exit, bank.tree()) == (2, before)
    told = pay(bank, text, typed="y\n")
    assert told.exit == 0
    assert "3 payments of 2 clients; cf undo takes all of it back." in told.out
    for part in ("5 rows read, 3 to write", "TO WRITE DOWN 3", "refund, shop", "Invoice 7", "OF NOBODY HERE 1",
                 'cf set CLIENT bank="Finanzamt"', "WENT OUT 1"):  # fmt: skip
        assert part in told.out
    assert added(bank, "anna", FILED) == (
        '\n[[payments]]\non = 2026-06-01\namount = 2500\nnote = "Invoice 7"\n'
        '\n[[payments]]\non = 2026-06-05\namount = -300\nproduct = "shop"\n'
    )
    bank.ok("undo")
    assert bank.tree() == before


def test_without_a_terminal_it_is_the_plan_and_nothing_else(bank: Cf) -> None:
    answer = pay(bank, REVOLUT.text)
    assert (answer.exit, bank.text("anna")) == (2, FILED)
    assert "TO WRITE DOWN 1" in answer.out
    assert "add --yes" in answer.err
    dry = json.loads(pay(bank, REVOLUT.text, "--dry-run", "--json").out)
    assert (len(dry["data"]["records"]), bank.text("anna")) == (1, FILED)
    assert yes(bank, REVOLUT.text)["data"]["records"] == dry["data"]["records"]


def test_two_equal_rows_are_two_payments_and_the_same_file_again_is_none(bank: Cf) -> None:
    row = "2026-06-30,Anna Kowalska,50,EUR,,\n"
    assert len(yes(bank, HEAD + row + row)["data"]["records"]) == 2
    again = yes(bank, HEAD + row + row)["data"]
    assert (again["records"], again["skipped"]) == ([], 2)
    third = yes(bank, HEAD + row * 3)["data"]
    assert (len(third["records"]), third["skipped"]) == (1, 2)


@pytest.mark.parametrize(
    ("line", "row", "is_same"),
    [
        ("pay anna 2500 shop --on 30 june", "2026-06-30,anna,2500,EUR,,Invoice 7", True),
        ("pay anna 2500 shop --on 30 june", "2026-06-30,anna,2500,,shop,", True),
        ("pay anna 2500 shop --on 30 june", "2026-06-30,anna,2500,EUR,care,", False),
        ("pay anna 2500 shop --on 30 june", "2026-06-30,anna,2500,PLN,,", False),
        ("pay anna 2500 shop --on 29 june", "2026-06-30,anna,2500,EUR,,", False),
        ("pay anna 2500 shop --on 30 june", "2026-06-30,anna,2500.01,EUR,,", False),
        ("pay anna -30 shop --on 30 june", "2026-06-30,anna,30,EUR,,", False),
    ],
)
def test_what_was_typed_already_is_not_taken_again(bank: Cf, line: str, row: str, is_same: bool) -> None:
    bank.ok(line)
    answer = yes(bank, f"{HEAD}{row}\n")["data"]
    assert (answer["skipped"], len(answer["records"])) == ((1, 0) if is_same else (0, 1))


def test_two_invoices_of_one_amount_on_one_day_are_two(bank: Cf) -> None:
    yes(bank, f"{HEAD}2026-06-30,anna,50,EUR,,Invoice 7\n")
    answer = yes(bank, f"{HEAD}2026-06-30,anna,50,EUR,,Invoice 8\n2026-06-30,anna,50,EUR,,invoice  7\n")["data"]
    assert (answer["skipped"], len(answer["records"])) == (1, 1)


@pytest.mark.parametrize(
    "name",
    ["anna", "ANNA KOWALSKA", "Anna  Kowalska", "KOWALSKA A"],
)
def test_who_is_named_exactly_or_as_the_card_says_is_found(bank: Cf, name: str) -> None:
    bank.write("anna", f'{FILED}\n[card]\nbank = "Kowalska A"\nbank2 = "kow. ceramics"\n')
    assert [one["client"] for one in yes(bank, f"{HEAD}2026-06-30,{name},5,,,\n")["data"]["records"]] == ["anna"]
    assert [one["client"] for one in yes(bank, f"{HEAD}2026-06-30,KOW. CERAMICS,6,,,\n")["data"]["records"]] == ["anna"]


@pytest.mark.parametrize(
    ("name", "client"),
    [
        ("KOWALSKA ANNA", "anna"),
        ("KOWALSKA A", "anna"),
        ("A. Kowalska", "anna"),
        ("Frau Anna Kowalska-Nowak", "anna"),
        ("NOVAK TISK SPOL. S R.O.", "novak"),
        ("Kowalska", "anna"),
    ],
)
def test_who_may_be_somebody_is_left_out_in_a_script(bank: Cf, name: str, client: str) -> None:
    answer = yes(bank, f"{HEAD}2026-06-30,{name},5,,,\n")
    assert (answer["exit"], answer["data"]["records"], answer["data"]["left"]["maybe"]) == (1, [], 1)
    [error] = answer["errors"]
    assert (error["code"], error["line"], error["candidates"]) == ("ambiguous", 2, [client])
    assert f'cf set {client} bank="{name}"' in error["message"]


@pytest.mark.parametrize("name", ["Finanzamt", "Jan Kowal", "A", "Annabel Kowal", "Tisk a papir", "Hanna Nowak"])
def test_others_are_nobody(bank: Cf, name: str) -> None:
    answer = yes(bank, f"{HEAD}2026-06-30,{name},5,,,\n")
    assert (answer["exit"], answer["data"]["left"]["nobody"]) == (0, 1)


def test_on_a_terminal_it_is_asked_once_a_name_and_remembered(bank: Cf) -> None:
    text = f"{HEAD}2026-06-30,KOWALSKA A,5,,,\n2026-06-29,Kowalska A,6,,,\n2026-06-28,NOVAK T,7,,,\n"
    told = pay(bank, text, "--remember", typed="y\nn\n1\n")
    assert told.exit == 0
    assert "Ask about 2?" in told.out + told.err
    assert bank.text("anna").count("[[payments]]") == 2
    assert 'bank = "Kowalska A"' in bank.text("anna")
    assert bank.text("novak") == NOVAK
    later = yes(bank, f"{HEAD}2026-07-01,KOWALSKA A,8,,,\n")
    assert [one["client"] for one in later["data"]["records"]] == ["anna"]
    bank.ok("undo")
    bank.ok("undo")
    assert bank.text("anna") == FILED


def test_without_remember_nothing_is_kept_of_an_answer(bank: Cf) -> None:
    pay(bank, f"{HEAD}2026-06-30,KOWALSKA A,5,,,\n", typed="y\nanna\n")
    assert "bank" not in bank.text("anna")
    assert bank.text("anna").count("[[payments]]") == 1


def test_a_second_name_of_the_bank_gets_a_key_of_its_own(bank: Cf) -> None:
    bank.write("anna", f'{FILED}\n[card]\nbank = "Ceramics"\n')
    pay(bank, f"{HEAD}2026-06-30,KOWALSKA A,5,,,\n", "--remember", typed="y\n1\n")
    assert bank.row("anna")["dossier"]["card"] == {"bank": "Ceramics", "bank2": "KOWALSKA A"}


def test_what_columns_mean_is_kept_and_found_again(bank: Cf) -> None:
    text = "Fecha;Importe;Ordenante\n30.06.2026;2.500,00;anna\n"
    assert pay(bank, text).exit == 2
    line = ["--map", "Fecha=on", "Importe=amount", "Ordenante=client", "--remember"]
    assert len(yes(bank, text, *line)["data"]["records"]) == 1
    assert (bank.root / "imports" / "payments.toml").exists()
    later = yes(bank, text.replace("30.06", "01.07"))
    assert (later["exit"], len(later["data"]["records"])) == (0, 1)
    # Another bank's columns do not take the place of these.
    yes(bank, "Dia,Suma,Quien\n2026-07-02,5,anna\n", "--map", "Dia=on", "Suma=amount", "Quien=client", "--remember")
    assert yes(bank, text.replace("30.06", "03.07"))["data"]["records"]
    assert yes(bank, "Dia,Suma,Quien\n2026-07-04,5,anna\n")["data"]["records"]


def test_products_tie_to_deals_and_a_deal_that_there_is_not_is_said(bank: Cf) -> None:
    bank.write("anna", f'{FILED}\n[[deals]]\nname = "site"\nproduct = "web"\namount = 100\ncurrency = "PLN"\n')
    text = "on,client,amount,product,deal\n2026-06-30,anna,40,web,\n2026-06-30,anna,60,,site\n2026-06-30,anna,5,,shop\n"
    answer = yes(bank, text)
    assert [(one["deal"], one["currency"]) for one in answer["data"]["records"]] == [("site", "PLN")] * 2
    assert (answer["exit"], answer["data"]["left"]["bad"]) == (1, 1)
    assert "has no deal shop" in answer["errors"][0]["message"]


def test_warnings_of_new_names_and_other_currencies(bank: Cf) -> None:
    bank.write("anna", f'{FILED}\n[[deals]]\nname = "shop"\namount = 100\ncurrency = "PLN"\n')
    answer = yes(bank, f"{HEAD}2026-06-30,anna,40,EUR,shop,\n2026-06-30,novak,40,EUR,shopp,\n")
    assert sorted(warned["code"] for warned in answer["warnings"]) == ["new_name", "other_currency"]


def test_what_cannot_be_read_does_not_stop_the_others(bank: Cf) -> None:
    answer = yes(bank, f"{HEAD}2026-06-30,anna,40,EUR,,\nsoon,anna,40,EUR,,\n2026-06-30,novak,1.200,EUR,,\n")
    assert (answer["exit"], len(answer["data"]["records"])) == (1, 1)
    assert [(error["code"], error["line"]) for error in answer["errors"]] == [("unreadable", 3), ("unreadable", 4)]


def test_single_bytes_that_may_be_two_readings_are_refused_with_both(bank: Cf) -> None:
    raw = MBANK.text.encode("cp1250")
    refused = pay(bank, raw, "--yes")
    assert (refused.exit, bank.text("anna")) == (2, FILED)
    assert "--encoding windows-1250" in refused.err
    answer = yes(bank, raw, "--encoding", "windows-1250")
    assert [one["currency"] for one in answer["data"]["records"]] == ["PLN"]
    assert [warned["code"] for warned in answer["warnings"]] == ["encoding"]
    asked = pay(bank, MBANK.text.replace("2 500,00", "2 501,00").encode("cp1250"), typed="2\ny\n")
    assert (asked.exit, bank.text("anna").count("[[payments]]")) == (0, 2)


def test_a_client_is_no_other_word_and_options_of_tables_are_for_tables(bank: Cf) -> None:
    for line in ("pay - 2500", "pay - --on fri", "pay anna 5 --remember", "pay anna --yes"):
        assert bank(line).exit == 2, line
