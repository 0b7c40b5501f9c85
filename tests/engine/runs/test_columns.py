"""Runs are searched by words and by figures, and sorted with what is missing last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.runs.columns import columns_of, matching, ordered
from engine.runs.values import RunRow

ROWS = [
    RunRow("a", "lenet", 1.0, 5.0, "finished", last={"loss": 0.5, "val_loss": 0.7}, tags=("good",), epochs=3),
    RunRow("b", "resnet", 2.0, 90.0, "failed", last={"loss": float("nan")}, note="too large a rate"),
    RunRow("c", "lenet", 3.0, 4000.0, "finished", last={"loss": 0.2, "val_loss": 0.9}, epochs=9,
           recipe_text='{"batch_size": 64, "optimizer": {"class": "SGD", "values": {"learning_rate": 0.1}}}'),
]  # fmt: skip


def found(query: str) -> str:
    return "".join(row.id for row in matching(ROWS, query, 0.0))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "abc"), ("lenet", "ac"), ("LENET good", "a"), ("rate too", "b"), ("sgd", "c"), ("loss<0.3", "c"),
        ("val_loss>0.8", "c"), ("epochs>=3", "ac"), ("lenet epochs=9", "c"), ("nothing<1", ""), ("loss<", ""),
        ("batch=64", "c"), ("loss<0.6 val_loss<0.8", "a"), ("loss>-1e3", "ac"),
    ],
)  # fmt: skip
def test_words_and_figures_are_searched(query: str, ids: str) -> None:
    assert found(query) == ids


def test_what_a_run_has_not_stands_last_either_way() -> None:
    loss = next(column for column in columns_of(ROWS) if column.name == "loss")
    assert "".join(row.id for row in ordered(ROWS, loss, 0.0, falling=False)) == "cab"
    assert "".join(row.id for row in ordered(ROWS, loss, 0.0, falling=True)) == "acb"
    assert "".join(row.id for row in ordered(ROWS, None, 0.0, falling=False)) == "cba"


def test_columns_spell_what_they_show() -> None:
    texts = {column.name: column.text(ROWS[2], 0.0) for column in columns_of(ROWS)}
    assert (texts["loss"], texts["seconds"], texts["optimizer"], texts["rate"]) == ("0.2", "1 h 06 min", "SGD", "0.1")
    assert [column.name for column in columns_of(ROWS)].index("loss") == 3


def test_how_often_the_test_set_was_used_is_a_column_that_is_hidden_at_first() -> None:
    looks = next(column for column in columns_of(ROWS) if column.title == "Test looks")
    assert not looks.shown
    rows = [replace(row, looks=count) for row, count in zip(ROWS, (0, 12, 3), strict=True)]
    assert [looks.text(row, 0.0) for row in rows] == ["0", "12", "3"]
    assert "".join(row.id for row in ordered(rows, looks, 0.0, falling=True)) == "bca"
    assert [row.id for row in matching(rows, "looks>2 lenet", 0.0)] == ["c"]
