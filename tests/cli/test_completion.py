"""What the Tab key offers, asked for as a shell asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientfolder.binder import files
from clientfolder.cli import main
from clientfolder.cli.commands.table import TABLE, Command
from clientfolder.cli.places import KINDS, PERIODS, PHRASES
from clientfolder.cli.shells import MOST_NAMES
from clientfolder.tickler import slots
from completed import CLIENTS, HOSTILE, make_folder, make_hostile_folder

Tab = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_folder(tmp_path / "folder", CLIENTS)
    monkeypatch.setenv("CF_FOLDER", str(root))
    return root


# As a shell asks ------------------------------------------------------------------------------------------


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tab:
    """What is offered at the end of a line: for bash and fish the lines of the answer, for zsh the script."""

    def pressed(line: str, shell: str = "bash") -> Any:
        monkeypatch.setattr(sys, "argv", ["cf"])
        monkeypatch.setenv("_CF_COMPLETE", f"complete_{shell}")
        if shell == "bash":
            monkeypatch.delenv("_TYPER_COMPLETE_ARGS", raising=False)
            monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
            monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        else:
            monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
            monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        exit_code = main([])
        out, err = capsys.readouterr()
        assert err == ""
        assert exit_code == 0 or not out
        return out.strip("\n") if shell == "zsh" else out.split("\n")[:-1] if out.strip() else []

    return pressed


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cf sn", ["snooze"]),
        ("cf re", ["review", "rename", "rest", "remove", "redo", "restore"]),
        ("cf --dr", ["--dry-run"]),
        ("cf --json sh", ["show"]),
        ("cf log anna text --ne", ["--next"]),
        ("cf log anna text --a", ["--as", "--about", "--agreed", "--answer"]),
        ("cf log --ke", ["--keep"]),
        ("cf move --fr", ["--from"]),
        ("cf list --sil", ["--silent-since"]),
        ("cf show --fo", ["--folder"]),
        ("cf --folder x snooze anna --", ["--next", "--yes", "--help", "--json", "--dry-run", "--today"]),
    ],
)
def test_commands_and_options(tab: Tab, folder: Path, line: str, offered: list[str]) -> None:
    assert tab(line) == offered


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_command_is_offered_with_its_options(tab: Tab, folder: Path, row: Command) -> None:
    assert row.name in tab("cf ")
    assert row.name in tab(f"cf {row.name[:-1]}")
    assert {"--help", "--json", "--folder", "--today", "--dry-run"} <= {*tab(f"cf {row.name} --")}


# Whose example begins with a client takes one; of the others these do too.
TAKES_A_CLIENT = ["move", "undo", *(row.name for row in TABLE if row.example.split()[1:2] == ["anna"])]


@pytest.mark.parametrize("command", TAKES_A_CLIENT)
def test_every_command_that_takes_a_client_offers_short_names(tab: Tab, folder: Path, command: str) -> None:
    assert tab(f"cf {command} ") == sorted(CLIENTS)
    assert tab(f"cf {command} an") == ["anna-kowalska", "anton-dvorak"]
    assert tab(f"cf {command} --json nov") == ["novak-tisk"]


@pytest.mark.parametrize(
    "line",
    ["cf snooze anna ", "cf file anna ", "cf when ", "cf log anna text -n ", "cf log anna --next ", "cf move anna -n ",
     "cf new Anna Kowalska -n ", "cf away ", "cf snooze --yes anna "],
)  # fmt: skip
def test_a_when_offers_dates_of_one_word(tab: Tab, folder: Path, line: str) -> None:
    assert tab(line) == list(PHRASES)
    assert tab(f"{line}to") == ["today", "tomorrow"]


def test_forms(tab: Tab, folder: Path) -> None:
    (folder / "forms").mkdir()
    for name in ("visit", "$(touch pwned)"):
        (folder / "forms" / f"{name}.toml").touch()
    names = ["first-call", "project-status", "satisfaction", "visit"]
    assert tab("cf log anna --form ") == names
    assert tab("cf log anna --form pr") == ["project-status"]
    assert tab("cf form ") == ["list", "new", "check"]
    assert tab("cf form check ") == names
    assert tab("cf form new f") == ["first-call"]
    assert tab("cf form list ") == tab("cf form check visit ") == []


def test_slots(tab: Tab, folder: Path) -> None:
    assert tab("cf move --from ") == [*slots.NAMES, "late", "promised", "slips", "all"]
    assert tab("cf move --from 3") == ["3", "30", "31"]
    assert tab("cf list ") == [*slots.NAMES, *slots.WORDS, "today", "tomorrow"]
    assert tab("cf list un") == ["undated", "unfiled"]


def test_what_is_sold_is_offered_word_by_word(tab: Tab, folder: Path) -> None:
    (folder / "clientfolder.toml").write_text('segments = { makers = ["cards"] }\nstages = ["talk", "offer"]\n')
    deal = '\n[[deals]]\nname = "{}"\n{}\n'
    (folder / "clients" / "eva.toml").write_text(
        'name = "Eva"\n' + deal.format("big shop", "") + deal.format("menu", 'lost = 2026-07-01\nwhy = "too dear"')
        + deal.format("site", 'lost = 2026-07-01\nwhy = "$(touch pwned) no"') + deal.format("tin", "won = 2026-07-01")
    )  # fmt: skip
    assert tab("cf deal eva ") == ["big", "talk", "offer", "won", "lost", "cards", "menu", "site", "tin"]
    assert tab("cf deal eva big ") == ["shop", "talk", "offer", "won", "lost"]
    assert tab("cf deal eva big shop w") == ["won"]
    assert tab("cf deal eva big shop offer ") == []
    assert tab("cf deal eva big shop lost ") == ["too"]
    assert tab("cf deal eva lost too d") == ["dear"]
    assert tab("cf log eva said no --deal big shop lo") == ["lost"]
    assert tab("cf log eva said no --deal ") == tab("cf deal eva ")
    assert tab("cf pay eva ") == []
    assert tab("cf pay eva 2 500 m") == tab("cf pay eva 2500 PLN m") == ["menu"]
    assert tab("cf pay eva 2500 --deal ") == ["big"]
    assert tab("cf pay eva 2500 --deal big ") == ["shop"]
    assert tab("cf deal eva new --product c") == ["cards"]
    assert tab("cf products ") == ["makers"]
    assert tab("cf period ") == ["quarter", "year", "month", "week", "last", "q1", "q2", "q3", "q4"]
    assert tab("cf period last q") == ["quarter"]


def test_whom_a_list_is_of_is_offered_and_behind_its_word_come_the_slots(tab: Tab, folder: Path) -> None:
    assert tab("cf list --is un") == ["unpaid", "unrated"]
    assert tab("cf list --is vip --is unpaid --is un") == ["unrated"]
    assert tab("cf list --is vip un") == ["undated", "unfiled"]
    assert tab("cf list --is=cont") == ["--is=contract"]
    assert tab("cf list --is dod", "fish") == ["dodged\tput off three times or more"]
    (folder / "clientfolder.toml").write_text(
        'segments = { makers = ["shop", "new cards"] }\nstages = ["talk", "sale"]\n'
    )
    assert tab("cf list --is ta") == ["talk"]
    (folder / "clients" / "eva.toml").write_text(
        'name = "Eva"\n[[payments]]\non = 2026-07-01\namount = 1\nproduct = "$(touch pwned)"\n[[deals]]\nname = "site"\n'
    )
    assert tab("cf list --lacks ") == ["new", "shop", "site"]
    assert tab("cf list --lacks new ") == ["cards"]
    assert tab("cf list --lacks sh") == ["shop"]
    assert tab("cf spread ") == [
        *(name for name in slots.NAMES if name not in ("later", "resting")),
        *slots.WORDS,
        "today",
        "tomorrow",
    ]
    assert tab("cf spread --cap 3 over") == ["overdue"]


def test_what_came_of_a_complaint_is_told_of_one_by_its_words(tab: Tab, folder: Path) -> None:
    entry = '[[log]]\nat = 2026-07-0{}\nkind = "complaint"\ntext = "{}"\n'
    said = entry.format(1, "Two cups broke at the Häuschen.") + entry.format(2, "$(touch pwned) is too dear!")
    (folder / "clients" / "eva.toml").write_text(f'name = "Eva"\n{said}')
    assert tab("cf care eva ") == ["cups", "broke", "häuschen.", "touch", "pwned", "dear"]
    assert tab("cf care eva broke ha") == ["häuschen."]
    assert tab("cf care eva dear --me") == ["--mended"]
    assert tab("cf log eva --rating ") == ["1", "2", "3", "4", "5"]


def test_days_and_times_that_can_be_looked_back_at(tab: Tab, folder: Path) -> None:
    assert tab("cf review ") == list(PERIODS)
    assert tab("cf review we") == ["week", "wed"]
    assert tab("cf review last w") == []


def test_how_many_months_the_binder_can_look_ahead(tab: Tab, folder: Path) -> None:
    assert tab("cf binder --months ") == ["1", "2", "3"]


def test_a_week_is_named_by_a_day(tab: Tab, folder: Path) -> None:
    assert tab("cf week to") == ["today", "tomorrow"]


@pytest.mark.parametrize("option", ["log anna --as", "log anna --for", "file anna --for", "new Anna --for"])
def test_kinds_of_contact(tab: Tab, folder: Path, option: str) -> None:
    assert tab(f"cf {option} ") == list(KINDS)


@pytest.mark.parametrize(
    "line",
    [
        "cf log anna ",  # here the text begins
        "cf log anna called about an",
        "cf log anna text -n next ",  # the second word of a date
        "cf log -n next an",  # still the date: a client behind -n would be read as a part of it
        "cf move anna -n fri an",
        "cf snooze anna next ",
        "cf file anna 5 ",
        "cf when next ",
        "cf list 13 ",
        "cf rename anna-kowalska an",
        "cf rest anna-kowalska an",
        "cf new an",
        "cf find an",
        "cf log anna -- -n ",  # behind -- all is text
        "cf log anna --about an",
        "cf --folder ",
        "cf show --folder ",
        "cf show --today ",
    ],
)
def test_nothing_is_offered_that_would_be_read_as_something_else(tab: Tab, folder: Path, line: str) -> None:
    assert tab(line) == []


def test_behind_the_last_word_of_a_date_an_option_opens_the_line_again(tab: Tab, folder: Path) -> None:
    assert tab("cf log -n next fri --agreed an") == ["anna-kowalska", "anton-dvorak"]


def test_a_client_already_named_is_not_offered_twice(tab: Tab, folder: Path) -> None:
    assert tab("cf move anna-kowalska an") == ["anton-dvorak"]


@pytest.fixture
def slips(folder: Path) -> Path:
    (folder / "slips").mkdir()
    for name, more in (("send-the-mockups", ""), ("sent-already", 'resting = "done"\n'), ("order $(touch pwned)", "")):
        (folder / "slips" / f"{name}.toml").write_text(f'name = "{name}"\n{more}\n[next]\non = 2026-07-15\n')
    return folder / "slips"


def test_open_slips_are_offered_with_the_clients(tab: Tab, slips: Path) -> None:
    assert tab("cf log ") == [*sorted(CLIENTS), "slips/send-the-mockups"]
    assert tab("cf show sl") == ["slips/send-the-mockups"]
    assert tab("cf move slips/send-the-mockups s") == []
    for command in ("pay", "deal", "care", "attach", "open", "worth", "slip x --client"):
        assert tab(f"cf {command} ") == sorted(CLIENTS), command
    assert tab("cf log slips/", "fish") == ["slips/send-the-mockups\tsend-the-mockups"]


def test_a_slip_is_of_a_client(tab: Tab, slips: Path) -> None:
    assert tab("cf slip --client ") == sorted(CLIENTS)
    assert tab("cf slip send the mockups --client an") == ["anna-kowalska", "anton-dvorak"]
    assert tab("cf slip an") == []
    assert tab("cf slip x -n to") == ["today", "tomorrow"]


@pytest.mark.parametrize("line", ["cf --folder {} show ", "cf show --folder {} ", "cf show --folder={} "])
def test_the_folder_that_was_named(tab: Tab, folder: Path, tmp_path: Path, line: str) -> None:
    other = make_folder(tmp_path / "other", {"petra": "Petra"})
    assert tab(line.format(other)) == ["petra"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cf --folder /nowhere show ", []),
        ("cf show $(touch", []),
        ("cf show 'nov", ["novak-tisk"]),
        ("cf log anna text -n 'tom", ["tomorrow"]),
        ("cf show anna\\", ["anna-kowalska"]),
        ("cf shwo ", []),
        ("cf log anna -n fri -n mon --ke", []),
    ],
)
def test_a_line_half_typed_or_wrong_is_no_trouble(tab: Tab, folder: Path, line: str, offered: list[str]) -> None:
    """`tab` itself checks that nothing stands on standard error, where it would run through the line."""
    assert tab(line) == offered
    assert (tab(line, "zsh") == "_files") != bool(offered)


@pytest.mark.parametrize("client", ["Žofie", "a.b", "a_b", "x" * 200, "1st"])
def test_other_letters_are_harmless(tab: Tab, folder: Path, client: str) -> None:
    (folder / "clients" / f"{client}.toml").write_text('name = "Anna"\n')
    assert client in tab("cf show ")


def test_names_are_help_in_zsh_and_fish(tab: Tab, folder: Path) -> None:
    assert tab("cf show anna", "zsh") == """_arguments '*: :(("anna-kowalska":"Anna Kowalska"))'"""
    assert tab("cf show an", "fish") == ["anna-kowalska\tAnna Kowalska", "anton-dvorak\tAntonín Dvořák"]


@pytest.mark.parametrize(
    ("head", "help_"),
    [
        ('name = "Anna"', "\tAnna"),
        ("\ufeff# of old\r\ntags = ['a']\r\nname = 'Anna'   # she\r\n", "\tAnna"),
        ('name = "Müller & Söhne, O\'Brien"', "\tMüller & Söhne, O Brien"),
        ('name = "An\\u006ea"', ""),  # none rather than half read
        ('note = """\nname = "Not me"\n"""\nname = "Anna"', ""),
        ('[card]\nname = "Not me"', ""),
        ("name = ", ""),
        ("name = \x00\x1b[2J", ""),
    ],
)
def test_the_name_is_read_from_a_plain_line_or_not_at_all(tab: Tab, folder: Path, head: str, help_: str) -> None:
    (folder / "clients" / "x.toml").write_text(head)
    assert tab("cf show x", "fish") == [f"x{help_}"]


def test_one_dossier_that_cannot_be_read_does_not_stop_the_others(tab: Tab, folder: Path) -> None:
    clients = folder / "clients"
    (clients / "binary.toml").write_bytes(bytes(range(256)))
    (clients / "directory.toml").mkdir()
    (clients / "dangling.toml").symlink_to("nowhere")
    (clients / "zero.toml").symlink_to("/dev/zero")
    os.mkfifo(clients / "fifo.toml")
    assert tab("cf show ") == sorted([*CLIENTS, "binary", "dangling", "directory", "fifo", "zero"])
    offered = tab("cf show ", "fish")
    assert "fifo" in offered
    assert "novak-tisk\tNovák Tisk" in offered


def test_bash_shows_no_names_so_no_dossier_is_read(tab: Tab, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, file: str) -> bytes:
        raise AssertionError(f"{file} was read")

    monkeypatch.setattr(files, "read", refuse)
    assert tab("cf show ") == sorted(CLIENTS)
    with pytest.raises(AssertionError, match="was read"):
        tab("cf show ", "fish")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_crowd_is_offered_without_names(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    most = MOST_NAMES[shell]
    root = make_folder(tmp_path / "crowd", {f"c{number:04d}": "Anna" for number in range(most + 1)})
    monkeypatch.setenv("CF_FOLDER", str(root))
    assert "Anna" not in str(tab("cf show ", shell))
    (root / "clients" / "c0000.toml").unlink()
    assert str(tab("cf show ", shell)).count("Anna") == most


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_nothing_but_harmless_characters_is_offered(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("CF_FOLDER", str(make_hostile_folder(tmp_path / "hostile")))
    answer = tab("cf show ", shell)
    if shell == "zsh":
        head, tail = "_arguments '*: :((", "))'"
        assert answer.startswith(head)
        assert answer.endswith(tail)
        answer = answer.removeprefix(f'{head}"').removesuffix(f'"{tail}').replace('":"', "\t").split('" "')
    offered = dict(line.partition("\t")[::2] for line in answer)
    assert len(offered) == len(CLIENTS) + 2 * len(HOSTILE)
    assert all(c.isalnum() or c in " .,&-" for text in (*offered, *offered.values()) for c in text)


def write(folder: Path, client: str, text: str) -> None:
    (folder / "clients" / f"{client}.toml").write_text(text)


@pytest.mark.parametrize("typed", ["öz", "oz", "ÖZ", "Öztürk", "bau", "OEZ", "petra", "089 5550"])
def test_a_client_is_offered_by_whatever_finds_it(tab: Tab, folder: Path, typed: str) -> None:
    write(folder, "oeztuerk-bau", 'name = "Öztürk Bau"\n[card]\nphone = "+49 89 5550 7731"\n[people.p]\nname="Petra"\n')
    line = f"cf log '{typed}" if " " in typed else f"cf log {typed}"
    assert tab(line) == ([] if " " in typed else ["oeztuerk-bau"])  # too few digits of a number find nobody


@pytest.mark.parametrize("typed", ["Caf", "Café", "café", "CAFÉ", "lum", "Lumen"])
def test_capital_letters_and_accents_do_not_matter(tab: Tab, folder: Path, typed: str) -> None:
    write(folder, "cafe-lumen", 'name = "Café Lumen"\n')
    assert tab(f"cf show {typed}") == ["cafe-lumen"]


def test_a_short_name_goes_before_a_word_of_another_name(tab: Tab, folder: Path) -> None:
    write(folder, "bistro-nova", 'name = "Bistro Nova"\n')
    write(folder, "muzeum", 'name = "Muzeum"\ncompany = "Pan Dvorana"\n')
    assert tab("cf log nov") == ["novak-tisk"]
    assert tab("cf log nova") == ["novak-tisk"]
    assert tab("cf log bistro") == ["bistro-nova"]
    # With a blank among them, bash puts nothing in the place of what was typed.
    assert tab("cf log dvo") == [" ", "anton-dvorak", "muzeum"]
    assert tab("cf log xyz") == tab("cf log x") == []


def test_a_slip_is_offered_by_a_word_of_it_too(tab: Tab, slips: Path) -> None:
    assert tab("cf log mock") == ["slips/send-the-mockups"]
    assert tab("cf slip x --client mock") == []


def test_the_people_of_the_client_are_offered(tab: Tab, folder: Path) -> None:
    write(folder, "jan", 'name = "Jan"\n[people.petra]\nname = "Petra Malá"\n[people.jan]\n[people."$(x)"]\n')
    assert tab("cf log jan --with ") == ["petra", "jan"]
    assert tab("cf log jan took B --with pe") == ["petra"]
    assert tab("cf log jan --with=mal") == ["--with=petra"]
    assert tab("cf log jan --with ", "fish") == ["petra\tPetra Malá", "jan"]
    assert tab("cf log nobody --with ") == []
    assert tab("cf log --with ") == []
    assert tab("cf log jan --with petra ") == []


def test_tags_are_offered(tab: Tab, folder: Path) -> None:
    write(folder, "a", 'name = "A"\ntags = ["vip", "$(x)", "shop"]\n')
    write(folder, "b", 'name = "B"\ntags = ["shop", "b2b"]\n')
    assert tab("cf list --tag ") == ["b2b", "shop", "vip"]
    assert tab("cf list --tag=v") == ["--tag=vip"]
    assert tab("cf set a tags+=b") == ["tags+=b2b"]
    assert tab("cf set a tags-=sh", "zsh") == """_arguments '*: :(("tags-=shop"))'"""


def test_set_offers_the_keys_of_the_card(tab: Tab, folder: Path) -> None:
    write(folder, "jan", 'name = "Jan"\n[card]\ninstagram = "@jan"\n"odd key" = "x"\n[people.petra]\n')
    assert tab("cf set jan ph") == tab("cf set jan company=Jan & Co ph") == ["phone="]
    assert tab("cf set jan inst") == ["instagram="]
    assert tab("cf set jan people.petra.ph") == ["people.petra.phone="]
    assert {"company=", "rhythm=", "tags=", "email=", "phone="} <= {*tab("cf set jan ")}
    assert "phone=" not in tab("cf set jan phone=1 ")
    assert tab("cf set nobody ph") == []
    assert tab("cf set jan ph", "zsh").endswith("""found=("phone="); _describe cf found -S ''""")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cf log anna x --next=fr", ["--next=fri"]),
        ("cf log anna x -n=fr", []),
        ("cf log anna --as=mee", ["--as=meeting"]),
        ("cf slip x --client=ant", ["--client=anton-dvorak"]),
        ("cf slip x --client=dvo", ["--client=anton-dvorak"]),
        ("cf log anna x --next=next fr", []),
        ("cf show --folder=x", []),
        ("cf --today=x", []),
        ("cf log anna --nonsense=x", []),
    ],
)
def test_an_option_and_its_value_in_one_word(tab: Tab, folder: Path, typed: str, offered: list[str]) -> None:
    assert tab(typed) == offered


def test_options_of_the_program_itself(tab: Tab, folder: Path) -> None:
    assert {"--one-by-one", "--all", "--version", "--help", "--install-completion"} <= {*tab("cf --")}
    assert tab("cf --one-by-one --one") == []
    assert "log" in tab("cf -i ")
