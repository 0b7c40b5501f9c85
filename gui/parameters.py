"""The parameters of what is selected: shows those that the layers have in common, and edits all in one step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine import entering, many
from engine.block_edits import exposed_by, with_formulas
from engine.errors import EngineError
from engine.graph import Graph, Node
from engine.kinds import ParameterSpec
from engine.many import Common
from engine.values import Formula, Part, Value
from engine.within import Within, with_change
from gui import facts
from gui.cards import text_label
from gui.document import Document
from gui.editors import drags
from gui.editors.base import Mixed, Shown
from gui.editors.scope import Scope

if TYPE_CHECKING:
    from gui.editors.finder import Finder
    from gui.editors.form import Form

#: How many layers' forms are kept: most drawings are made of a few kinds.
KEPT: Final = 12
#: From so many parameters on, a form has a line to find one in it.
LONG: Final = 16
NOT_FOUND: Final = "No value of these layers is called so."


class Parameters(QWidget):
    """A form of the selected nodes' parameters; an edit is one undo step of the document.

    Args:
        initiator: Who the document's edits are by.
    """

    def __init__(self, document: Document, initiator: object) -> None:
        super().__init__()
        self._document, self._initiator = document, initiator
        self._ids: tuple[str, ...] = ()
        self._opened: set[str] = set()
        self.form: Form | None = None
        self._parameters: tuple[ParameterSpec, ...] = ()
        self._shown: Mapping[str, Shown] = {}
        self._forms: dict[tuple[bool, tuple[ParameterSpec, ...]], Form] = {}
        #: What values in a block may follow from.
        self.scope = Scope(expose=self.expose)
        self._in_block = False
        self.left_out = text_label("")
        self.left_out.setProperty("role", "third")
        self._finder: Finder | None = None
        self.not_found = text_label(NOT_FOUND)
        self.not_found.setProperty("role", "third")
        self.not_found.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        for widget in (self.not_found, self.left_out):
            self._column.addWidget(widget)

    @property
    def finder(self) -> Finder:
        """The line in which a value is looked for; made when it is first needed."""
        if self._finder is None:
            from gui.editors.finder import Finder

            self._finder = Finder()
            self._finder.sought.connect(self._find)
            self._finder.chosen.connect(self.enter)
            self._finder.ended.connect(self._end_finding)
            self._column.insertWidget(0, self._finder)
            self._finder.lower()  # the Tab key goes as things stand
        return self._finder

    def seek(self) -> None:
        """Put the cursor into the line in which a value is looked for."""
        self.finder.show()
        self.finder.setFocus()
        self.finder.selectAll()

    def enter(self) -> bool:
        """Put the cursor into the first value; say whether there is one."""
        return self.form is not None and self.form.enter()

    def show_nodes(self, nodes: list[Node], *, fresh: bool) -> None:
        """Show what some nodes hold.

        Args:
            fresh: They are others than before: no text being typed is kept.
        """
        self._ids = tuple(node.id for node in nodes)
        common = many.common(self._document.catalogue, dict.fromkeys(node.layer for node in nodes))
        self.scope.known = entering.known(self._document.root, self._document.steps)
        if (common.parameters, bool(self._document.steps)) != (self._parameters, self._in_block):
            self._put_away()
            self._parameters, self._in_block = common.parameters, bool(self._document.steps)
            self.form = self._form_of(common.parameters) if common.parameters else None
        if fresh:
            self._show_finder()
        if self.form is not None:
            self._fill(self.form, fresh=fresh)
            self.form.show()
        self._show_left_out(nodes, common)
        self.setVisible(self.form is not None or not self.left_out.isHidden())

    def show_faults(self, names: Collection[str]) -> None:
        """Mark the parameters that problems are about."""
        if self.form is not None:
            self.form.show_faults(names)

    # -- finding

    def _show_finder(self) -> None:
        """Begin anew: all is shown, and the line with it where the form is long."""
        long = len(self._parameters) >= LONG
        if long or self._finder is not None:
            self.finder.clear()
            self.finder.setVisible(long)

    def _find(self, words: tuple[str, ...]) -> None:
        found = self.form is not None and (self.form.seek(words) or self.form.seek(words, told=True))
        self.not_found.setVisible(bool(words) and not found)

    def _end_finding(self) -> None:
        self.finder.setVisible(len(self._parameters) >= LONG)
        self.enter()

    # -- the form

    def _fill(self, form: Form, *, fresh: bool) -> None:
        names = [parameter.name for parameter in self._parameters]
        held = many.held(self._document.graph, self._document.catalogue, self._ids, names)
        values = {name: each.tally[0][0] if len(each.tally) == 1 else Mixed(each.tally) for name, each in held.items()}
        self._shown = values
        form.show_values(values, fresh=fresh, changed=[name for name, each in held.items() if each.changed])

    def _show_left_out(self, nodes: list[Node], common: Common) -> None:
        words = facts.left_out_words(common) if len(nodes) > 1 else ""
        self.left_out.setText(words)
        self.left_out.setToolTip(", ".join(name.replace("_", " ") for name in common.left_out))
        self.left_out.setVisible(bool(words))

    def _form_of(self, parameters: tuple[ParameterSpec, ...]) -> Form:
        """Return the form of these parameters: made once, the latest few kept."""
        key = self._in_block, parameters
        form = self._forms.pop(key, None) or self._make_form(parameters)
        form.blockSignals(False)
        form.follow_folds()
        self._forms[key] = form
        if len(self._forms) > KEPT:
            self._forms.pop(next(iter(self._forms))).deleteLater()
        return form

    def _make_form(self, parameters: tuple[ParameterSpec, ...]) -> Form:
        from gui.editors.form import Form  # with the first selection, after the first paint
        from gui.editors.table import editing

        scope = self.scope if self._in_block else None
        form = Form(parameters, editing(self._document.catalogue, scope=scope), self._opened)
        form.edited.connect(self.edit)
        form.reset.connect(self.reset)
        self._column.insertWidget(self._column.indexOf(self.not_found), form)
        return form

    def _put_away(self) -> None:
        if self.form is not None:
            self.form.seek(())
            self.form.blockSignals(True)  # a field that loses the focus as it goes would speak for the next nodes
            self.form.hide()

    # -- edits

    def edit(self, name: str, value: Value | Within) -> None:
        """Set a parameter of all that is selected, or change one value within the objects that they hold."""
        catalogue = self._document.catalogue
        if isinstance(value, Within):
            change = value
            self._change("Set", name, lambda graph: with_change(graph, catalogue, self._ids, name, change), change.name)
            return
        if isinstance(value, Formula):
            text, known = value.text, self.scope.known
            self._change("Set", name, lambda graph: with_formulas(graph, catalogue, self._ids, name, text, known))
            return
        within = self._changed_within(name, value)
        self._change("Set", name, lambda graph: many.with_value(graph, catalogue, self._ids, name, value), within)

    def _changed_within(self, name: str, value: Value) -> str | None:
        """What an edit changes within an object, so that edits of two of its values are two steps.

        None where the object is another one, which is a step of its own.
        """
        from gui.editors.succession import changed_values

        before = self._shown.get(name)
        if not isinstance(before, Part) or not isinstance(value, Part):
            return ""
        return changed_values(before, value) or None

    def expose(self, name: str) -> None:
        """Make a value of what is selected a parameter of the block, in one undo step."""
        document = self._document
        block = entering.block(document.root, document.steps)
        if block is None:
            return
        nodes = many.holders(document.graph, document.catalogue, self._ids, name)
        try:
            root, called = exposed_by(document.root, document.catalogue, block, [node.id for node in nodes], name)
        except EngineError as error:
            if self.form is not None:
                self.form.refuse(name, error.sentence)
            return
        document.edit_whole(f"Expose {called} of {block.name}", root, None)

    def reset(self, name: str) -> None:
        """Give all that is selected its default back."""
        catalogue = self._document.catalogue
        self._change("Reset", name, lambda graph: many.without_value(graph, catalogue, self._ids, name))

    def reset_all(self) -> None:
        """Give all that is selected all its defaults back, in one undo step."""
        graph, catalogue = self._document.graph, self._document.catalogue
        nodes = [graph.nodes[id] for id in self._ids]
        after = many.without_values(graph, catalogue, self._ids)
        self._document.edit(f"Reset the values of {facts.called(nodes)}", after, self._initiator)

    def _change(self, verb: str, name: str, change: Callable[[Graph], Graph], within: str | None = "") -> None:
        """Change all that is selected in one undo step; steps that follow each other quickly become one."""
        document = self._document
        try:
            holders = many.holders(document.graph, document.catalogue, self._ids, name)
            title = f"{verb} {name.replace('_', ' ')} of {facts.called(holders)}"
            merge = "" if within is None else f"{name} {within} of {' '.join(self._ids)}"
            document.edit(title, change(document.graph), self._initiator, merge=merge, drag=drags.going())
        except EngineError as error:
            if self.form is not None:
                self.form.refuse(name, error.sentence)
