"""Records and comments in a text, by where they stand."""

from __future__ import annotations

import pytest

from clientfolder.binder.merge.blocks import Insertion, Text, behind, rewritten, with_comments
from clientfolder.binder.toml.editor import NotEditable
from clientfolder.dossier.changes import Put

LOG = '# a\n[[log]]\nat = 1\n# b\ntext = """\n# no comment\n"""  # c\n\n# d\n\n[card]\n# e\nphone = "#"\n\n[[log]]\nat = 2\n'


def test_a_comment_belongs_to_what_it_stands_above_or_to_its_table() -> None:
    found = [(one.text, one.above, one.section) for one in Text(LOG).comments()]
    assert found == [
        ("# a", ("log", 0), ("log", 0)),
        ("# b", ("log", 0, "text"), ("log", 0)),
        ("# c", ("log", 0, "text"), ("log", 0)),
        ("# d", None, ("log", 0)),
        ("# e", ("card", "phone"), ("card",)),
    ]


def test_records_are_changed_taken_out_and_put_in() -> None:
    text = Text(LOG.replace("\n", "\r\n"))
    found = rewritten(
        text, {("log", 1): [Put(("text",), "new")]}, [("log", 0)], [Insertion("[[log]]\nat = 3\n", ("log", 1))]
    )
    assert found.replace("\r\n", "\n") == (
        '# a\n# b\n# c\n\n# d\n\n[card]\n# e\nphone = "#"\n\n[[log]]\nat = 3\n\n[[log]]\nat = 2\ntext = "new"\n'
    )
    assert found.count("\r\n") == found.count("\n")


def test_a_record_in_two_places_is_left_alone() -> None:
    text = Text("[[log]]\nat = 1\n[card]\nphone = 1\n[log.answers]\na = 1\n")
    with pytest.raises(NotEditable):
        rewritten(text, {}, [("log", 0)], [])


def test_comments_without_a_place_end_the_text() -> None:
    [comment, *_] = Text("# x\n[card]\n").comments()
    assert with_comments('name = "A"\n', [comment]) == 'name = "A"\n\n# x\n'
    assert with_comments('name = "A"\n\n[card]\nphone = 1', [comment]) == 'name = "A"\n\n# x\n[card]\nphone = 1'


@pytest.mark.parametrize(
    ("moments", "moment", "place"), [([1, 2, 3], 2, 2), ([1, 3, 2], 2.5, 3), ([], 1, 0), ([5, 6], 1, 0)]
)
def test_behind_the_last_that_is_not_later(moments: list[float], moment: float, place: int) -> None:
    assert behind(moments, moment) == place
