"""Which column of a table of payments means what: by known words, and by the few columns that tell a bank.

A meaning is one of `KEYS`, or one that only a known bank's column has: `payer` and `payee`, of whom one is oneself;
`text`, in which the name of who paid stands among other words; `state`, which tells what is not booked yet; `sign`,
which tells money that came in from money that went out. Of several columns with one meaning the first in the order of
the words below counts, and the next where that is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from clientfolder.exchange.contacts.shapes import plain
from clientfolder.tuples import NamedTuple

# What `--map` may say of a column.
KEYS = ("on", "amount", "currency", "client", "product", "deal", "note", "credit", "debit")
SILENT = "-"
LIST = "table"

# English, German, Polish and Czech, as `plain` has them; of one meaning the better word first.
_WORDS: Mapping[str, str] = {
    "on": "on|day|date|tag|datum|paid on|booking date|buchungstag|buchungsdatum|buchung|bezahlt am|eingegangen am|"
          "data operacji|data transakcji|data|zaplaceno dne|datum provedeni|datum transakce|datum zauctovani|"
          "datum zaplaceni|datum odepsani z jine banky|transaction date|posting date|posted date|completed date|"
          "date completed utc|finished on|data ksiegowania|value date|valutadatum|wertstellung|wertstellungsdatum|"
          "wertstellung valuta|valuta|wert|data waluty|datum splatnosti|started date|date started utc|created on",
    "credit": "credit|credit amount|paid in|money in|in|deposit|deposits|haben|gutschrift|gutschriften|einnahme|"
              "einnahmen|eingang|uznania|uznanie|wplywy|wplyw|prijem|prijmy|kredit|pripsano",
    "debit": "debit|debit amount|paid out|money out|out|withdrawal|withdrawals|soll|belastung|belastungen|ausgabe|"
             "ausgaben|ausgang|obciazenia|obciazenie|wydatki|wydatek|vydaj|vydaje|debet|odepsano",
    "amount": "amount|sum|betrag|summe|umsatz|gross|brutto|kwota|kwota operacji|kwota transakcji|"
              "kwota transakcji waluta rachunku|castka|objem|castka v mene uctu|transaction amount|zahlbetrag|"
              "target amount after fees|total|price|preis|cena",
    "currency": "currency|wahrung|waehrung|waluta|mena|ccy|payment currency|mena uctu|waluta rachunku|"
                "target currency|account currency",
    "client": "client|customer|kunde|kundin|klient|zakaznik|client name|customer name|name|partner name|"
              "name zahlungsbeteiligter|zahlungsbeteiligter|auftraggeber begunstigter|begunstigter auftraggeber|"
              "beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|empfanger zahlungspflichtiger|"
              "empfaenger zahlungspflichtiger|auftraggeber empfanger|auftraggeber empfaenger|auftraggeber|"
              "auftraggeber zahlungsempfanger|nadawca odbiorca|odbiorca nadawca|odbiorca zleceniodawca|"
              "dane kontrahenta|kontrahent|nazwa kontrahenta|nazev protiuctu|nazev protistrany|protistrana|"
              "jmeno protiuctu|counterparty|counterparty name|from|paid by|von|zahler|od|empfanger|merchant",
    "payer": "payer|payer name|sender|sender name|source name|zahlungspflichtige r|zahlungspflichtiger|absender|"
             "nadawca|zleceniodawca|platce",
    "payee": "payee|payee name|recipient|recipient name|target name|beneficiary|beneficiary name|"
             "zahlungsempfanger in|zahlungsempfanger|odbiorca|prijemce",
    "text": "description|opis operacji|opis transakcji|opis|buchungstext|popis|details",
    "product": "product|produkt|leistung|service|sluzba|usluga|wofur|what|was|what for|item|article|artikel",
    "deal": "deal|project|projekt|auftrag|zakazka|zlecenie",
    "note": "note|notes|notiz|memo|verwendungszweck|vorgang verwendungszweck|payment reference|reference|betreff|tytul|"
            "zprava pro prijemce|zprava|remittance information|subject|invoice|rechnung|faktura|poznamka|"
            "notes and tags|uwagi|upresneni|vs",
    "sign": "soll haben|soll haben kennzeichen|s h|sh|direction|smer uhrady|umsatztyp|debit credit|credit debit|"
            "kennzeichen",
    "state": "state|status|info|stav",
}  # fmt: skip
_MEANING = {word: (meaning, rank) for meaning, words in _WORDS.items() for rank, word in enumerate(words.split("|"))}
_CURRENCY = re.compile(r"(?:[(\[]|\bin |\bw )\s*((?!UTC)[A-Z]{3}|€|£|zł|Kč)\s*[)\]]?\s*$")
# By what stands above the header, of all capitals there these are currencies.
_CURRENCIES = "EUR|PLN|CZK|GBP|USD|CHF|HUF|SEK|NOK|DKK|RON|BGN|UAH|CAD|AUD"
_ALONE = re.compile(rf"(?:[-+]?[0-9][0-9.,' \u00a0]*)?({_CURRENCIES}|€|£|zł|Kč)")
SYMBOLS = {"€": "EUR", "£": "GBP", "zł": "PLN", "zl": "PLN", "Kč": "CZK", "Kc": "CZK"}


class BankShape(NamedTuple):
    """A bank's table, known by a few columns; `meanings`: of columns that mean something else there than elsewhere.

    `day_first`: how its days with signs other than points are written, where that is known.
    """

    name: str
    marks: frozenset[str]
    meanings: Mapping[str, str] = {}
    day_first: bool | None = None


def _bank(name: str, marks: str, day_first: bool | None = None, **meanings: str) -> BankShape:
    said = {column: SILENT if meaning == "none" else meaning for meaning in meanings
            for column in meanings[meaning].split("|")}  # fmt: skip
    return BankShape(name, frozenset(marks.split("|")), said, day_first)


BANKS = (
    _bank("Revolut", "started date|completed date", none="product|type|fee", text="description"),
    _bank("Revolut", "date completed utc|payment currency", none="payer|type|orig currency", text="description"),
    _bank("Wise", "transferwise id", day_first=True, none="merchant|exchange to amount", text="description"),
    _bank("Wise", "source name|target name", none="source currency", amount="target amount after fees"),
    _bank("PayPal", "gross|net", none="type|fee|net"),
    _bank("Sparkasse", "auftragskonto|beguenstigter zahlungspflichtiger", none="lastschrift ursprungsbetrag"),
    _bank("DKB", "zahlungspflichtige r|zahlungsempfanger in"),
    _bank("DKB", "buchungstag|auftraggeber begunstigter"),
    _bank("Volksbank", "bezeichnung auftragskonto|name zahlungsbeteiligter", none="buchungstext"),
    _bank("Volksbank", "auftraggeber zahlungsempfanger|empfanger zahlungspflichtiger",
          none="auftraggeber zahlungsempfanger"),
    _bank("comdirect", "vorgang|buchungstext", none="vorgang", text="buchungstext"),
    _bank("ING", "buchung|auftraggeber empfanger", none="buchungstext"),
    _bank("Deutsche Bank", "umsatzart|begunstigter auftraggeber"),
    _bank("N26", "partner name|partner iban", none="original currency|original amount|type"),
    _bank("mBank", "data operacji|opis operacji"),
    _bank("Fio", "objem|protiucet|nazev protiuctu"),
    _bank("Monzo", "transaction id|emoji", day_first=True, none="type|description"),
)  # fmt: skip


class Column(NamedTuple):
    """What a column means, which word of that meaning it is, and the currency that its name tells."""

    meaning: str | None
    rank: int = 0
    currency: str | None = None


def bank_of(header: Sequence[str]) -> BankShape | None:
    """The bank whose table has this header."""
    columns = {_word(column)[0] for column in header}
    return next((bank for bank in BANKS if bank.marks <= columns), None)


def _word(column: str) -> tuple[str, str | None]:
    """A column as it is compared, without the currency in its name, and that currency."""
    found = _CURRENCY.search(column)
    if found is None:
        return plain(column), None
    return plain(column[: found.start()]), SYMBOLS.get(found[1], found[1])


def column_of(column: str, bank: BankShape | None = None) -> Column:
    """What a column means, as it is written."""
    word, currency = _word(column)
    meaning, rank = _MEANING.get(word, (None, 0))
    if bank and word in bank.meanings:
        meaning = bank.meanings[word]
    return Column(None if meaning == SILENT else meaning, rank, currency)


def currency_above(cells: Iterable[str]) -> str | None:
    """The currency of an account, by the cells above the header; None where they tell none, or two."""
    found = {SYMBOLS.get(told[1], told[1]) for cell in cells if (told := _ALONE.fullmatch(cell.strip()))}
    return found.pop() if len(found) == 1 else None


def fits(header: Sequence[str], said: Sequence[str] = ()) -> int:
    """How well a line fits as a header of payments: how many meanings it has; 0 without a day and an amount.

    `said`: columns that somebody has named, in small letters; a line with all of them fits best.
    """
    names = {column.casefold() for column in header if column}
    if said and names.issuperset(said):
        return 1000
    found = {column_of(column).meaning for column in header if column} - {None}
    is_one = "on" in found and not found.isdisjoint(("amount", "credit", "debit"))
    return len(found) if is_one else 0
