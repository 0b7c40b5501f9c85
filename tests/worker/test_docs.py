"""Docstrings become blocks: what they are made of, what is left out, what Keras put into them."""

from __future__ import annotations

import pytest

from engine.help import Block
from engine.worker import docs

WHOLE = """A summary
    of two lines.

    A text with `code`, **bold** words and
    [a paper](
    https://a.b/c).

    - one
      goes on
    - two

    1. first
    2. second

    Args:
        units: How many.

        A second paragraph of it.

    Example:

    >>> layer = Dense(
    ...     4)
    >>> layer(x).shape
    (2, 4)

    Then:
    ```python
    if x:
        y = 1
    ```

    Output shape:

    - If so:
        this.

    Returns:
        A tensor.
    Reference:
    - [Someone, 2015](https://a.b/d)
    """


def test_a_docstring_becomes_blocks() -> None:
    assert docs.blocks(WHOLE) == (
        Block("text", ("A text with `code`, bold words and [a paper](https://a.b/c).",)),
        Block("list", ("one goes on", "two")),
        Block("steps", ("first", "second")),
        Block("title", ("Example",)),
        Block("code", ("layer = Dense(", "    4)", "layer(x).shape", "# (2, 4)")),
        Block("text", ("Then:",)),
        Block("code", ("if x:", "    y = 1")),
        Block("title", ("Source",)),
        Block("list", ("[Someone, 2015](https://a.b/d)",)),
    )


def test_python_3_13_which_takes_margins_away_changes_nothing() -> None:
    head, *lines = WHOLE.split("\n")
    assert docs.blocks("\n".join([head, *(line.removeprefix("    ") for line in lines)])) == docs.blocks(WHOLE)


def test_code_that_keras_put_in_without_a_margin_keeps_its_own() -> None:
    doc = "A summary.\n\n    Text.\n\n    Example:\n\n\n```python\nif x:\n    y = 1\n```\n\n    After.\n    "
    assert docs.blocks(doc)[2:] == (Block("code", ("if x:", "    y = 1")), Block("text", ("After.",)))


def test_what_is_of_no_use_goes_with_the_list_that_it_leads_to() -> None:
    doc = "Summary.\n\nNote that:\n\n- one\n- two\n\nWords.\n"
    assert docs.blocks(doc, ["Note that"]) == (Block("text", ("Words.",)),)


@pytest.mark.parametrize("body", ["\n".join(f"x{n} = 1" for n in range(40)), "segmentation_masks = x", "f(g(x)"])
def test_an_example_that_shows_no_layer_goes_with_its_title(body: str) -> None:
    doc = f"Summary.\n\nWords.\n\nExample:\n\nIt goes like this.\n\n```python\n{body}\n```\n"
    assert docs.blocks(doc) == (Block("text", ("Words.",)),)


def test_code_that_is_aligned_far_to_the_right_comes_back() -> None:
    doc = f"Summary.\n\n>>> layer = Layer(a,\n...{' ' * 40}b)\n"
    assert docs.blocks(doc) == (Block("code", ("layer = Layer(a,", "    b)")),)


def test_a_year_at_the_beginning_of_a_line_is_no_list() -> None:
    assert docs.blocks("Summary.\n\nGoodfellow et al.,\n2013. Parameters: 3.\n") == (
        Block("text", ("Goodfellow et al., 2013. Parameters: 3.",)),
    )


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("`a ** b` and **c**", "`a ** b` and c"),
        ("(words)[https://a.b/c]", "[words](https://a.b/c)"),
        ("``x``", "`x`"),
        ("*after it*", "after it"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("<b>no</b> & [none](file:///x)", "<b>no</b> & [none](file:///x)"),
    ],
)
def test_markup_of_a_line(given: str, clean: str) -> None:
    assert docs.inline(given) == clean


def test_nothing_comes_of_nothing() -> None:
    assert docs.blocks("") == ()
    assert docs.blocks("A summary alone.") == ()
