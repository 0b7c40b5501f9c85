"""The README's table of templates: new rows in, rows of others kept, in the gallery's order, at home in the README."""

from __future__ import annotations

from engine.templates import templates
from tests.templates import BEGIN, END, HEAD, README, Reached, row, with_table

NOTHING = f"above\n{BEGIN}{END}\nbelow\n"


def test_a_row_says_what_was_reached() -> None:
    assert row(templates()["digits-cnn"], Reached(0.9812, 20.6)) == (
        "| `digits-cnn` | Handwritten digits, 1998 | tiny | Handwritten digits | accuracy 0.981 in 21 s, 20 epochs |"
    )


def test_rows_stand_in_the_galleries_order_and_others_are_kept() -> None:
    one = with_table(NOTHING, {"unet": Reached(0.9, 1)})
    both = with_table(one, {"softmax": Reached(0.8, 2)})
    assert both == with_table(NOTHING, {"softmax": Reached(0.8, 2), "unet": Reached(0.9, 1)})
    assert both.index("`softmax`") < both.index("`unet`")
    assert both.startswith(f"above\n{BEGIN}{HEAD}|")
    assert both.endswith(f"{END}\nbelow\n")
    assert "accuracy 0.500" in with_table(both, {"unet": Reached(0.5, 1)})


def test_the_readme_has_a_place_for_it() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert with_table(with_table(text, {}), {}) == with_table(text, {})
