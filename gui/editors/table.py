"""The one table: parameter kind to editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.catalogue import Catalogue
from engine.kinds import ParameterSpec
from gui.editors.base import Context, Editor
from gui.editors.choices import ActivationEditor, BoolEditor, ChoiceEditor
from gui.editors.parts import PartEditor, RateEditor
from gui.editors.typed import OptionalEditor, SizesEditor, TypedEditor, may_be_none

EDITORS: Final[Mapping[str, type[Editor]]] = {
    "int": TypedEditor,
    "float": TypedEditor,
    "bool": BoolEditor,
    "text": TypedEditor,
    "choice": ChoiceEditor,
    "dtype": ChoiceEditor,
    "activation": ActivationEditor,
    "sizes": SizesEditor,
    "shape": TypedEditor,
    "axes": TypedEditor,
    "pairs": TypedEditor,
    "range": TypedEditor,
    "numbers": TypedEditor,
    "integers": TypedEditor,
    "rate": RateEditor,
    "initializer": PartEditor,
    "regularizer": PartEditor,
    "constraint": PartEditor,
    "layer": PartEditor,
}
#: Their lists have a word for nothing, so that they need no tick before them.
_WITH_NONE: Final = (ChoiceEditor, PartEditor)


def make_editor(parameter: ParameterSpec, context: Context) -> Editor:
    """Return an editor for a parameter, showing its default."""
    kind = EDITORS[parameter.kind]
    editor = kind(parameter, context)
    if may_be_none(parameter) and not issubclass(kind, _WITH_NONE):
        editor = OptionalEditor(parameter, context, editor)
    editor.set_value(parameter.default)
    return editor


def editing(catalogue: Catalogue, label_width: int = 120) -> Context:
    """Return what editors and forms are made with."""
    return Context(catalogue, make_editor, label_width)
