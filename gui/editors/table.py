"""The one table: parameter kind to editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.catalogue import Catalogue
from engine.fittings import REPEAT
from engine.kinds import ParameterSpec
from gui.editors.base import Context, Editor
from gui.editors.choices import ActivationEditor, BoolEditor, ChoiceEditor
from gui.editors.optional import AnswerEditor, OptionalEditor
from gui.editors.parts import PartEditor, RateEditor
from gui.editors.scope import Scope
from gui.editors.typed import RepeatEditor, ShareEditor, SizesEditor, SuggestEditor, TypedEditor, may_be_none, slides

EDITORS: Final[Mapping[str, type[Editor]]] = {
    "int": TypedEditor,
    "float": TypedEditor,
    "bool": BoolEditor,
    "text": TypedEditor,
    "index": TypedEditor,
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
#: Where nothing is a value too.
WITH_NONE: Final[Mapping[str, type[Editor]]] = {"bool": AnswerEditor}
#: Their lists have a word for nothing, so that they need no tick before them.
_WORDED: Final = (ChoiceEditor, PartEditor, AnswerEditor)


def make_editor(parameter: ParameterSpec, context: Context) -> Editor:
    """Return an editor for a parameter, showing its default."""
    kind = _kind(parameter)
    editor = kind(parameter, context)
    if may_be_none(parameter) and not issubclass(kind, _WORDED):
        editor = OptionalEditor(parameter, context, editor)
    editor.set_value(parameter.default)
    if context.scope is None:
        return editor
    from gui.editors.formula import FormulaEditor  # first in a block

    return FormulaEditor(parameter, context, editor, context.scope)


def _kind(parameter: ParameterSpec) -> type[Editor]:
    if may_be_none(parameter) and parameter.kind in WITH_NONE:
        return WITH_NONE[parameter.kind]
    if parameter.name == REPEAT and parameter.kind == "int":
        return RepeatEditor
    if parameter.kind == "text" and parameter.choices:
        return SuggestEditor
    return ShareEditor if slides(parameter) else EDITORS[parameter.kind]


def editing(catalogue: Catalogue, label_width: int = 120, scope: Scope | None = None) -> Context:
    """Return what editors and forms are made with; `scope` for layers that stand in a block."""
    return Context(catalogue, make_editor, label_width, scope=scope)
