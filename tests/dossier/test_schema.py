"""The keys of a dossier stand in one list, and everything that has to know them reads it."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from clientfolder.binder.toml import dossier_file
from clientfolder.dossier import schema
from clientfolder.dossier.types import Dossier
from folders import Cf

VALUES = {
    "name": "Anna",
    "company": "Keramik",
    "since": date(2025, 1, 2),
    "tags": ("vip",),
    "sent_by": "hania",
    "rhythm": "6 weeks",
    "not_on": ("mon",),
    "hours": "9-17",
    "resting": "sold the shop",
}
ROOT = schema.TABLES[""].names
SET = [key for key in ROOT if key not in ("name", "resting")]


def told(key: str) -> str:
    value = VALUES[key]
    return ",".join(value) if isinstance(value, tuple) else str(value)


def test_every_key_is_a_field_of_a_dossier() -> None:
    assert set(VALUES) == set(ROOT)
    others = ("client", "card", "people", "next", "log", "records", "kept", "more", "odd")
    assert [name for name in Dossier._fields if name not in others] == list(ROOT)
    assert schema.TABLES["people"].names == ("name", "role", "phone", "email", "birthday")
    assert schema.TABLES["next"].names == ("on", "time", "kind", "about", "with", "how")


def test_a_new_dossier_has_them_all_in_their_order() -> None:
    text = dossier_file.fresh(Dossier("anna", **VALUES))  # type: ignore[arg-type]
    assert list(tomllib.loads(text)) == list(ROOT)
    read = dossier_file.read("anna", "anna.toml", text.encode()).dossier
    assert read == Dossier("anna", kept={"sent_by": "hania"}, **VALUES)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", SET)
def test_set_puts_a_key_where_new_does(cf: Cf, key: str) -> None:
    cf.ok(["new", "Anna", *(f"{one}={told(one)}" for one in SET), "--again"])
    whole = cf.text("anna")
    cf.ok(["set", "anna", f"{key}="])
    assert key not in tomllib.loads(cf.text("anna"))
    cf.ok(["set", "anna", f"{key}={told(key)}"])
    assert cf.text("anna") == whole


@pytest.mark.parametrize("key", SET)
def test_set_puts_a_key_before_the_rest_of_a_resting_one(cf: Cf, key: str) -> None:
    cf.write("anna", 'name = "Anna"\nresting = "sold"\n')
    cf.ok(["set", "anna", f"{key}={told(key)}"])
    assert list(tomllib.loads(cf.text("anna"))) == ["name", key, "resting"]


@pytest.mark.parametrize("key", ROOT)
@pytest.mark.parametrize("table", ['[[log]]\nat = 2026-07-01\nkind = "call"\n', "[next]\non = 2026-07-20\n"])
def test_one_that_was_typed_below_a_table_is_found_by_doctor(cf: Cf, key: str, table: str) -> None:
    line = dossier_file.fresh(Dossier("x", **({"name": "Anna"} | {key: VALUES[key]}))).splitlines()[-1]  # type: ignore[arg-type]
    cf.write("anna", f'name = "Anna"\n\n{table}{line}\n')
    findings = cf("doctor --json").data["findings"]
    assert any("at the top" in one["message"] for one in findings), findings
    [at] = {one["line"] for one in findings if "at the top" in one["message"]}
    assert cf.text("anna").splitlines()[at - 1] == line
