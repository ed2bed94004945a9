"""What a merge could not decide is told until a contact is logged, or it was settled."""

from __future__ import annotations

from clientfolder.binder.binder import Binder
from clientfolder.binder.merge.unsettled import Unsettled, of_dossiers
from folders import Cf

NOTE = '\n[[log]]\nat = 2026-07-14\nkind = "note"\ntext = "Merged: phone was also 2"\n'


def test_until_a_contact_is_logged(cf: Cf) -> None:
    cf.write("anna", f'name = "Anna"\n[card]\nphone = "1"\n{NOTE}')
    binder = Binder(str(cf.root))
    assert list(of_dossiers(binder)) == [Unsettled("anna", "phone", "1", "2")]
    cf.ok("log anna -x -n fri")
    assert len(list(of_dossiers(binder))) == 1
    cf.ok("log anna asked her -n fri")
    assert list(of_dossiers(binder)) == []


def test_not_where_the_other_value_stands_by_now(cf: Cf) -> None:
    cf.write("anna", f'name = "Anna"\n[card]\nphone = "2"\n{NOTE}')
    assert list(of_dossiers(Binder(str(cf.root)))) == []
