"""A file from elsewhere: what cannot be read is said, and after standard input the terminal answers."""

from __future__ import annotations

import pytest

from folders import Cf


@pytest.mark.parametrize(
    ("line", "exit", "told"),
    [
        ("import nobody.csv", 5, "There is no such file"),
        ("import clients", 5, "nobody.csv"),
        ("import - --encoding klingon", 2, "klingon is no encoding"),
        ("pay - --encoding klingon", 2, "klingon is no encoding"),
    ],
)
def test_what_cannot_be_read(cf: Cf, line: str, exit: int, told: str) -> None:
    answer = cf(line, piped="")
    assert answer.exit == exit
    assert told in answer.err or line == "import clients"


def test_a_table_from_a_pipe_is_asked_for_at_the_terminal(cf: Cf) -> None:
    table = "name,phone\nAlba,+420 555 010 611\n"
    assert cf("import -", piped=table).exit == 2
    assert cf("import -", piped=table, typed="n\n").exit == 2
    assert "alba" not in cf.ok("list --json").out
    cf.ok("import -", piped=table, typed="y\n")
    assert cf.row("alba")


def test_scripts_are_never_asked(cf: Cf) -> None:
    assert cf("import - --json", piped="name,phone\nAlba,+420 555 010 611\n", typed="y\n").exit == 2


def test_which_of_two_encodings_is_asked(cf: Cf) -> None:
    table = "name,phone\nŘehoř,1234567\n".encode("cp1250")
    cf.ok("import -", piped=table, typed="3\n2\ny\n")
    assert cf.row("rehor")["name"] == "Řehoř"
