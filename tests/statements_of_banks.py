"""Tables of payments as banks write them, each with the same money: what came in, what went out, what is pending.

In every one of them Anna Kowalska pays 2 500 with `Invoice 7` on 30 June 2026, and 49.90 goes out to somebody else.
"""

from __future__ import annotations

from typing import NamedTuple


class OfBank(NamedTuple):
    """A bank's file: its name for the page, its text, its encoding, the currency that it tells, rows of payments."""

    name: str
    text: str
    encoding: str = "utf-8"
    currency: str | None = "EUR"
    rows: int = 2
    pending: int = 0


SPARKASSE = OfBank(
    "Sparkasse",
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";'
    '"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
    '"DE1";"30.06.26";"01.07.26";"GUTSCHR. UEBERWEISUNG";"Invoice 7";"";"";"";"";"";"";"Anna Kowalska";"PL1";"B";'
    '"2500,00";"EUR";"Umsatz gebucht"\n'
    '"DE1";"29.06.26";"29.06.26";"FOLGELASTSCHRIFT";"Strom";"";"";"";"";"";"";"Stadtwerke Köln";"DE2";"B";"-49,90";'
    '"EUR";"Umsatz gebucht"\n'
    '"DE1";"02.07.26";"02.07.26";"GUTSCHR. UEBERWEISUNG";"Invoice 8";"";"";"";"";"";"";"Anna Kowalska";"PL1";"B";'
    '"100,00";"EUR";"Umsatz vorgemerkt"\n',
    "latin-1",
    pending=1,
)
DKB_OLD = OfBank(
    "DKB",
    '"Kontonummer:";"DE12 / Girokonto";\n\n"Von:";"01.06.2026";\n"Bis:";"30.06.2026";\n'
    '"Kontostand vom 30.06.2026:";"12.345,67 EUR";\n\n'
    '"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer";"BLZ";'
    '"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";\n'
    '"30.06.2026";"30.06.2026";"Gutschrift";"Anna Kowalska";"Invoice 7";"PL1";"B";"2.500,00";"";"";"";\n'
    '"29.06.2026";"29.06.2026";"Lastschrift";"Stadtwerke";"Strom";"DE2";"B";"-49,90";"";"";"";\n',
    "latin-1",
)
DKB_NEW = OfBank(
    "DKB",
    '"Girokonto";"DE12"\n"Zeitraum:";"01.06.2026 - 30.06.2026"\n"Kontostand vom 30.06.2026:";"12.345,67 €"\n""\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";'
    '"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"\n'
    '"30.06.26";"30.06.26";"Gebucht";"Anna Kowalska";"VERA LINDT";"Invoice 7";"Eingang";"PL1";"2.500";"";"";""\n'
    '"29.06.26";"29.06.26";"Gebucht";"VERA LINDT";"Stadtwerke";"Strom";"Ausgang";"DE2";"-49,9";"";"";""\n'
    '"01.07.26";"";"Vorgemerkt";"Anna Kowalska";"VERA LINDT";"Invoice 8";"Eingang";"PL1";"100";"";"";""\n',
    "utf-8-sig",
    pending=1,
)
ING = OfBank(
    "ING",
    "Umsatzanzeige;Datei erstellt am: 01.07.2026 10:00\n\nIBAN;DE12 3456\nKontoname;Girokonto\nBank;ING\n"
    "Kunde;Vera Lindt\nZeitraum;01.06.2026 - 30.06.2026\nSaldo;12.345,67;EUR\n\nSortierung;Datum absteigend\n\n"
    "In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze werden nicht aufgenommen.\n"
    "\nBuchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n"
    "30.06.2026;30.06.2026;Anna Kowalska;Gutschrift;Invoice 7;12.345,67;EUR;2.500,00;EUR\n"
    "29.06.2026;29.06.2026;Stadtwerke;Lastschrift;Strom;9.845,67;EUR;-49,90;EUR\n",
    "latin-1",
)
VOLKSBANK_OLD = OfBank(
    "Volksbank",
    '"Volksbank Musterstadt"\n\n"Umsatzanzeige"\n\n"BLZ:";"123";;"Datum:";"01.07.2026"\n\n'
    '"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";"IBAN";"BLZ";'
    '"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "\n'
    '"30.06.2026";"30.06.2026";"Vera Lindt";"Anna Kowalska";"1";"PL1";"2";"B";"Invoice 7";"";"EUR";"2.500,00";"H"\n'
    '"29.06.2026";"29.06.2026";"Vera Lindt";"Stadtwerke";"1";"DE2";"2";"B";"Strom";"";"EUR";"49,90";"S"\n'
    '\n"01.06.2026";;;;;;;;"Anfangssaldo";;"EUR";"9.895,57";"H"\n"30.06.2026";;;;;;;;"Endsaldo";;"EUR";"12.345,67";"H"\n',
    "latin-1",
    rows=4,
)
DEUTSCHE_BANK = OfBank(
    "Deutsche Bank",
    "Umsätze Girokonto;;;Kundennummer: 123\n01.06.2026 - 30.06.2026\nLetzter Kontostand;;;;9.895,57;EUR\n"
    "Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.\n"
    "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz ;"
    "Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;"
    "Währung\n"
    "30.06.2026;30.06.2026;SEPA-Gutschrift;Anna Kowalska;Invoice 7;PL1;B;;;;;;;1;;;2.500,00;EUR\n"
    "29.06.2026;29.06.2026;Lastschrift;Stadtwerke;Strom;DE2;B;;;;;;;1;;-49,90;;EUR\n"
    "Kontostand;30.06.2026;;;12.345,67;EUR\n",
    "latin-1",
)
COMDIRECT = OfBank(
    "comdirect",
    ';\n"Umsätze Girokonto";"Zeitraum: 30 Tage";\n"Neuer Kontostand";"12.345,67 EUR";\n\n'
    '"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";\n'
    '"30.06.2026";"30.06.2026";"Übertrag / Überweisung";"Auftraggeber: Anna Kowalska Buchungstext: Invoice 7 Ref. A1";'
    '"2.500,00";\n'
    '"29.06.2026";"29.06.2026";"Lastschrift";"Auftraggeber: Stadtwerke Buchungstext: Strom Ref. A2";"-49,90";\n'
    '"Alter Kontostand";"9.895,57 EUR";\n',
    "latin-1",
)
MBANK = OfBank(
    "mBank",
    "mBank S.A. Bankowość Detaliczna;\nSkrytka Pocztowa 2108;\n90-959 Łódź 2;\n"
    + "\n" * 9
    + "#Klient;\nVERA LINDT;\n\nLista operacji;\n\n#Za okres:;\n01.06.2026;30.06.2026;\n\n#zgrupowane operacje;\n"
    "wszystkie;\n\n#Waluta;#Wpływy;#Wydatki;\nPLN;2 500,00;-49,90;\n\n#Saldo początkowe;9 895,57 PLN;\n\n"
    "#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;\n"
    '2026-06-29;2026-06-29;PRZELEW ZEWNĘTRZNY WYCHODZĄCY;"PRĄD";"ENERGA";\'1\';-49,90;9 845,67;\n'
    '2026-06-30;2026-06-30;PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY;"Invoice 7";"Anna Kowalska";\'2\';2 500,00;12 345,67;\n'
    "\n;;;;;;#Saldo końcowe;12 345,67 PLN;\n",
    "cp1250",
    "PLN",
)
MBANK_NEW = OfBank(
    "mBank",
    "mBank S.A.;\n#Klient;\nVERA LINDT;\n\n#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;\n"
    '2026-06-30;"Anna Kowalska             PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY      Invoice 7";"eKonto 1";"Wpływy";'
    "2 500,00 PLN;;\n"
    '2026-06-29;"ENERGA   PRZELEW ZEWNĘTRZNY WYCHODZĄCY   PRĄD";"eKonto 1";"Prąd, gaz";-49,90 PLN;;\n',
    "utf-8",
    "PLN",
)
MILLENNIUM = OfBank(
    "table",
    "Numer rachunku/karty,Data transakcji,Data rozliczenia,Rodzaj transakcji,Na konto/Z konta,Odbiorca/Zleceniodawca,"
    "Opis,Obciążenia,Uznania,Saldo,Waluta\n"
    '"PL1","2026-06-30","2026-06-30","PRZELEW PRZYCHODZĄCY","PL2","Anna Kowalska","Invoice 7","","2500.00","12","PLN"\n'
    '"PL1","2026-06-29","2026-06-29","PRZELEW","PL3","ENERGA","PRĄD","-49.90","","9","PLN"\n',
    "utf-8",
    "PLN",
)
FIO = OfBank(
    "Fio",
    '"Výpis č. 6/2026 z účtu ""2800123456/2010"""\n"Majitel účtu: Vera Lindt"\n"Období: 01.06.2026 - 30.06.2026"\n'
    '"Počáteční stav účtu k 01.06.2026: 9 895,57 CZK"\n"Suma příjmů: +2 500,00 CZK"\n\n'
    '"ID operace";"Datum";"Objem";"Měna";"Protiúčet";"Název protiúčtu";"Kód banky";"Název banky";"KS";"VS";"SS";'
    '"Poznámka";"Zpráva pro příjemce";"Typ";"Provedl";"Upřesnění";"Název protiúčtu";"BIC";"ID pokynu"\n'
    '"1";"30.06.2026";"2500,00";"CZK";"1";"Anna Kowalska";"0100";"KB";"";"2026007";"";"";"Invoice 7";"Příjem";"";"";'
    '"Anna Kowalska";"";"9"\n'
    '"2";"29.06.2026";"-49,90";"CZK";"1";"ČEZ";"0100";"KB";"";"";"";"";"Elektřina";"Platba";"";"";"ČEZ";"";"8"\n',
    "utf-8-sig",
    "CZK",
)
REVOLUT = OfBank(
    "Revolut",
    "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "TOPUP,Current,2026-06-29 08:00:01,2026-06-30 10:23:45,Payment from Anna Kowalska,2500.00,0.00,EUR,COMPLETED,12\n"
    "CARD_PAYMENT,Current,2026-06-28 08:00:01,2026-06-29 09:00:00,Lidl,-49.90,0.00,EUR,COMPLETED,9\n"
    "TOPUP,Current,2026-07-01 08:00:01,,Payment from Anna Kowalska,100.00,0.00,EUR,PENDING,\n"
    "TRANSFER,Current,2026-06-28 08:00:01,2026-06-29 09:00:00,Payment from Anna Kowalska,77.00,0.00,EUR,REVERTED,9\n",
    pending=2,
)
WISE = OfBank(
    "Wise",
    '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From",'
    '"Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Total fees"\n'
    'TRANSFER-1,30-06-2026,2500.00,EUR,"Received money from Anna Kowalska with reference Invoice 7","Invoice 7",12,,,,'
    '"Anna Kowalska",,,,0\n'
    'TRANSFER-2,05-06-2026,-49.90,EUR,"Sent money to Energa","Strom",9,,,,,"Energa",1,,0.5\n',
)
WISE_ALL = OfBank(
    "Wise",
    'ID,Status,Direction,"Created on","Finished on","Source fee amount","Source fee currency","Target fee amount",'
    '"Target fee currency","Source name","Source amount (after fees)","Source currency","Target name",'
    '"Target amount (after fees)","Target currency","Exchange rate",Reference,Batch\n'
    'T-1,COMPLETED,IN,"2026-06-29 10:00:00","2026-06-30 10:00:00",0,PLN,,,"Anna Kowalska",11000.00,PLN,"Vera Lindt",'
    '2500.00,EUR,0.23,"Invoice 7",\n'
    'T-2,COMPLETED,OUT,"2026-06-29 10:00:00","2026-06-29 10:00:00",0.5,EUR,,,"Vera Lindt",49.90,EUR,"Energa",49.90,'
    "EUR,1,Strom,\n"
    'T-3,CANCELLED,IN,"2026-06-29 10:00:00",,0,PLN,,,"Anna Kowalska",1.00,PLN,"Vera Lindt",1.00,EUR,1,x,\n',
    pending=1,
)
N26 = OfBank(
    "N26",
    '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)",'
    '"Original Amount","Original Currency","Exchange Rate"\n'
    '2026-06-30,2026-06-30,"Anna Kowalska",PL1,"Credit Transfer","Invoice 7","Main",2500.00,11000.00,PLN,0.23\n'
    '2026-06-29,2026-06-29,Lidl,,Presentment,,"Main",-49.90,49.90,EUR,1\n',
)
PAYPAL = OfBank(
    "PayPal",
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","Subject"\n'
    '"30/06/2026","10:00:00","CEST","Anna Kowalska","Website Payment","Completed","EUR","2,500.00","-60.00","2,440.00",'
    '"anna@kowalska.example","Invoice 7"\n'
    '"29/06/2026","10:00:00","CEST","Spotify","Payment","Completed","EUR","-49.90","0.00","-49.90","","Music"\n',
)
UNITED_KINGDOM = OfBank(
    "table",
    "Date,Type,Description,Paid out,Paid in,Balance\n"
    "30 Jun 2026,FPI,Anna Kowalska,,£2500.00,£12345.67\n29 Jun 2026,DD,EDF,£49.90,,£9845.67\n",
    currency="GBP",
)
BANKS = (
    SPARKASSE, DKB_OLD, DKB_NEW, ING, VOLKSBANK_OLD, DEUTSCHE_BANK, COMDIRECT, MBANK, MBANK_NEW, MILLENNIUM, FIO,
    REVOLUT, WISE, WISE_ALL, N26, PAYPAL, UNITED_KINGDOM,
)  # fmt: skip
