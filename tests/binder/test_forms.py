"""Which forms there are: those that ship, and one's own in their place."""

from __future__ import annotations

import pytest

from clientfolder.binder import forms
from clientfolder.binder.binder import Binder
from clientfolder.errors import Misused
from folders import Cf


def test_ones_own_form_stands_in_place_of_one_that_ships(cf: Cf) -> None:
    binder = Binder(str(cf.root))
    shipped = forms.listed(binder)
    assert shipped
    assert all(form.file is None for form in shipped)
    own = cf.root / "forms" / f"{shipped[0].name}.toml"
    own.parent.mkdir()
    own.write_text('title = "Mine"\n[[question]]\nkey = "a"\nask = "A?"\n')
    assert [form.name for form in forms.listed(binder)] == [form.name for form in shipped]
    assert forms.named(binder, shipped[0].name).title == "Mine"


def test_of_an_unknown_form_the_nearest_is_named(cf: Cf) -> None:
    name = forms.listed(Binder(str(cf.root)))[0].name
    with pytest.raises(Misused, match=f"Did you mean {name}"):
        forms.named(Binder(str(cf.root)), f"{name}x")


def test_a_broken_form_is_told_with_its_line(cf: Cf) -> None:
    (cf.root / "forms").mkdir()
    (cf.root / "forms" / "mine.toml").write_text('title = "Mine"\n[[question]]\nkey = "a"\nask = 5\n')
    found, troubles = forms.read(forms.file_named(Binder(str(cf.root)), "mine"))
    assert found is None
    assert (troubles[0].file, troubles[0].line) == ("forms/mine.toml", 4)
