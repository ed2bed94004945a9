"""What the options of all commands take: a date, a text and a rhythm may have several words without quotes."""

from __future__ import annotations

import pytest

from clientfolder.cli.arguments import Takes
from clientfolder.cli.commands.table import TABLE, Command
from clientfolder.cli.parser import application, for_typer
from folders import Cf

# By the word that stands for the value in the help.
OF_SEVERAL_WORDS = {"WHEN": Takes.WORDS, "DAY": Takes.WORDS, "TEXT": Takes.WORDS, "RHYTHM": Takes.WORDS}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_an_option_for_a_date_or_a_text_takes_every_word_up_to_the_next(row: Command) -> None:
    command = application().get_command(None, row.name)  # type: ignore[arg-type]
    assert command
    _, takes = for_typer(row.function())
    for param in command.params:
        if param.param_type_name == "option" and param.metavar in OF_SEVERAL_WORDS:
            assert takes.get(param.name or "") is OF_SEVERAL_WORDS[param.metavar], param.opts


def test_so_do_those_of_each_command(cf: Cf) -> None:
    cf.ok("slip send the mockups -n next fri --about the blue ones --every 2 weeks")
    slip = cf.row("slips/send-the-mockups")
    assert (slip["next"]["on"], slip["next"]["about"]) == ("2026-07-24", "the blue ones")
    assert slip["dossier"]["rhythm"] == "2 weeks"
