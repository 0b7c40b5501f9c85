"""What a network can write is read from its data; what people type is read as tokens or refused in words."""

from __future__ import annotations

import pytest

from engine.choices import DataChoice
from engine.data.columns import PAD, START, Column
from engine.datasets import dataset, datasets
from engine.errors import ValueProblem
from engine.generation import filled, read, writing

WRITTEN = {"text": "continue", "reverse": "answer", "dates": "answer", "captions": "tell"}


@pytest.mark.parametrize("name", list(datasets()))
def test_each_data_set_has_its_way_or_none(name: str) -> None:
    found = writing(dataset(DataChoice(name)))
    assert (found.kind if found is not None else None) == WRITTEN.get(name)


def test_an_answer_begins_by_itself_and_ends_where_nothing_follows() -> None:
    found = writing(dataset(DataChoice("reverse")))
    assert found is not None
    assert found.about is not None
    assert (found.about.name, found.fed.name, found.gives.name) == ("source", "before", "after")
    assert [found.fed.words[token] for token in found.begins] == [START]
    assert found.ends(found.gives.words.index(PAD))
    assert not found.ends(found.gives.words.index("a"))
    assert found.spell((*found.begins, *read(found.fed, "a b"))) == "a b"


def test_a_text_is_begun_by_a_person() -> None:
    found = writing(dataset(DataChoice("text")))
    assert found is not None
    assert found.begins == ()
    assert found.spell(read(found.fed, "The king\n")) == "The king\n"
    assert not any(found.ends(token) for token in range(len(found.fed.words)))


def test_what_is_not_among_the_words_is_refused() -> None:
    column = Column("letters", (4,), "classes", (PAD, START, "a", "b"), between="")
    assert read(column, "abba") == (2, 3, 3, 2)
    with pytest.raises(ValueProblem, match="letters is written with 'a', 'b'") as caught:
        read(column, "abc")
    assert caught.value.received == "'c'"
    with pytest.raises(ValueProblem):
        read(Column("words", (4,), "classes", (PAD, START, "a")), f"a {START}")


def test_the_last_tokens_are_seen_and_nothing_fills_up() -> None:
    column = Column("letters", (4,), "classes", tuple("abcdefg"))
    assert filled(column, (1, 2)).tolist() == [[1, 2, 0, 0]]
    assert filled(column, (1, 2, 3, 4, 5, 6)).tolist() == [[3, 4, 5, 6]]
