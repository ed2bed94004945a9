"""The folder as a whole: what is left out is named, and the order of files changes nothing."""

from __future__ import annotations

from datetime import date

from clientfolder.portfolio.spans import Days
from portfolios import DAY, account, paid, portfolio


def test_what_no_rate_tells_is_counted_by_currency() -> None:
    folder = portfolio(
        account("anna", paid("2026-06-01", 5, currency="CHF"), paid("2026-06-02", 5, currency="chf")),
        account(
            "bert", paid("2026-06-01", 5, currency="USD"), paid("2020-01-01", 5, currency="USD"), paid("2026-06-01", 5)
        ),
    )
    assert folder.unpriced(DAY, Days(date(2026, 1, 1), DAY)) == {"CHF": 2, "USD": 1}


def test_accounts_stand_by_name() -> None:
    folder = portfolio(account("zoe"), account("anna"), account("bert"))
    assert [one.client for one in folder.accounts] == ["anna", "bert", "zoe"]
