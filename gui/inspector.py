"""The inspector: shows and edits the selected nodes' parameters, and tells what is known of them. Knows no Keras."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from engine.catalogue import same
from engine.changes import Changes
from engine.errors import EngineError
from engine.graph import Graph, Node
from engine.kinds import ParameterSpec
from engine.mending import fixed
from engine.report import Fix, Problem, Report
from engine.values import FrozenMap, Value
from gui import facts
from gui.cards import Fact, Page, ProblemCard, Rule, Stack
from gui.document import Document
from gui.editors.base import MIXED, Shown
from gui.heading import Heading
from gui.selection import Selection

if TYPE_CHECKING:
    from gui.editors.form import Form

MARGIN: Final = 20
#: How many layers' forms are kept: most drawings are made of a few kinds.
KEPT: Final = 12
HINT: Final = "Select a layer to see and change its parameters, or drag one from the palette onto the canvas."


class Inspector(QScrollArea):
    """Edits what is selected: one node, several that have parameters in common, or nothing but the drawing's totals."""

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._ids: tuple[str, ...] = ()
        self._stale = True
        self._told: object = None
        self._opened: set[str] = set()
        self.form: Form | None = None
        self._parameters: tuple[ParameterSpec, ...] = ()
        self._forms: dict[tuple[ParameterSpec, ...], Form] = {}
        self._build()
        selection.changed.connect(lambda _ids, _initiator: self._show_selection())
        document.reset.connect(self._show_selection)
        document.titled.connect(lambda: self._show_heading(self._nodes()))
        document.changed.connect(self._graph_changed)
        document.report_changed.connect(self._report_changed)
        self._show_selection()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(240)
        self.setProperty("role", "panel")
        self.heading = Heading()
        self.heading.renamed.connect(self._rename)
        self.heading.followed.connect(lambda node: self._selection.set((node,)))
        self.facts = Stack(8)
        self.problems = Stack(12)
        self._rule = Rule()
        page = Page()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(MARGIN, 16, MARGIN, MARGIN)
        self._column.setSpacing(16)
        for widget in (self.heading, self._rule, self.problems, self.facts):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(page)

    # -- what is shown

    @property
    def _graph(self) -> Graph:
        return self._document.graph

    def _nodes(self) -> list[Node]:
        return [self._graph.nodes[id] for id in self._ids if id in self._graph.nodes]

    def _graph_changed(self, changes: Changes, _initiator: object) -> None:
        """Show what changed; an editor that holds the new value already, as after its own edit, is left alone."""
        if changes.network:
            self._stale = True
            self._show_selection()

    def _report_changed(self, _report: Report) -> None:
        self._stale = False
        self._show_facts()

    def _show_selection(self) -> None:
        chosen, before = self._selection.ids, self._ids
        self._ids = tuple(id for id in self._graph.nodes if id in chosen) if chosen else ()
        nodes = self._nodes()
        self._show_heading(nodes)
        self._show_form(nodes, fresh=self._ids != before)
        self._show_facts()

    def _show_heading(self, nodes: list[Node]) -> None:
        if len(nodes) == 1:
            self.heading.show_node(nodes[0].name, self._kind(nodes[0].layer))
            self.heading.show_sharing(*facts.sharing_words(self._graph, nodes[0]))
        elif nodes:
            self.heading.show_title(facts.plural(len(nodes), "layer"), facts.kinds_words(nodes))
        else:
            self.heading.show_title(self._document.name, HINT)

    def _kind(self, layer: str) -> str:
        spec = self._document.catalogue.layers.get(layer)
        if spec is None:
            return f"{layer}, which is not in the catalogue. Put a layer of the palette in its place."
        return f"{spec.name} · {spec.summary}".removesuffix(".").removesuffix(" · ")

    def _show_form(self, nodes: list[Node], *, fresh: bool) -> None:
        parameters = tuple(self._common(nodes))
        if parameters != self._parameters:
            self._put_away()
            self._parameters = parameters
            self.form = self._form_of(parameters) if parameters else None
        if self.form is not None:
            self.form.show_values({p.name: self._shown(nodes, p) for p in parameters}, fresh=fresh)
            self.form.show()

    def _form_of(self, parameters: tuple[ParameterSpec, ...]) -> Form:
        """Return the form of these parameters: made once, the latest few kept."""
        form = self._forms.pop(parameters, None) or self._make_form(parameters)
        form.blockSignals(False)
        form.follow_folds()
        self._forms[parameters] = form
        if len(self._forms) > KEPT:
            self._forms.pop(next(iter(self._forms))).deleteLater()
        return form

    def _make_form(self, parameters: tuple[ParameterSpec, ...]) -> Form:
        from gui.editors.form import Form  # with the first selection, after the first paint
        from gui.editors.table import editing

        form = Form(parameters, editing(self._document.catalogue), self._opened)
        form.edited.connect(self._edit)
        form.reset.connect(self._reset)
        self._column.insertWidget(1, form)
        return form

    def _put_away(self) -> None:
        if self.form is not None:
            self.form.blockSignals(True)  # a field that loses the focus as it goes would speak for the next nodes
            self.form.hide()

    def _common(self, nodes: list[Node]) -> Iterator[ParameterSpec]:
        """The parameters that all of the nodes have, and mean the same by."""
        own = list({(node.layer, node.shares is None): self._own(node) for node in nodes}.values())
        for parameter in own[0] if own else ():
            if all(any(_alike(parameter, other) for other in others) for others in own[1:]):
                yield parameter

    def _own(self, node: Node) -> tuple[ParameterSpec, ...]:
        """A node's own parameters: how it is called alone, where its layer is another node's."""
        spec = self._document.catalogue.layers.get(node.layer)
        if spec is None:
            return ()
        return tuple(p for p in spec.parameters if p.name != "name" and (p.call or node.shares is None))

    def _shown(self, nodes: list[Node], parameter: ParameterSpec) -> Shown:
        values = [node.values.get(parameter.name, parameter.default) for node in nodes]
        return values[0] if all(same(value, values[0]) for value in values) else MIXED

    # -- what is known

    def _show_facts(self) -> None:
        nodes = self._nodes()
        found, problems = list(self._facts(nodes)), self._problems(nodes)
        if (told := (found, problems, self._stale)) != self._told:
            self._told = told
            self.facts.fill(Fact(title, words) for title, words in found)
            self.problems.fill(self._card(problem) for problem in problems)
        if self.form is not None:
            self.form.show_faults({problem.parameter for problem in problems})
        self._rule.setVisible(bool(self.facts.items or self.problems.items))

    def _facts(self, nodes: list[Node]) -> Iterator[tuple[str, str]]:
        report = self._document.report
        known = [report.nodes[node.id] for node in nodes if node.id in report.nodes]
        if not nodes:
            yield from facts.total_words(self._graph, report)
            return
        if len(nodes) == 1 and known and known[0].known:
            yield from facts.output_words(self._document.catalogue, nodes[0], known[0])
        if known and (len(nodes) > 1 or known[0].known):
            total, trainable = sum(n.parameters for n in known), sum(n.trainable for n in known)
            shared = len(nodes) == 1 and nodes[0].shares is not None
            yield "Parameters", "none of its own" if shared else facts.count_words(total, trainable)

    def _problems(self, nodes: list[Node]) -> list[Problem]:
        if len(nodes) != 1:
            return []
        found = (*self._document.problems_now(), *self._document.report.problems)
        here = [problem for problem in found if problem.nodes[:1] == (nodes[0].id,)]
        return list({problem.sentence: problem for problem in here}.values())

    def _card(self, problem: Problem) -> QWidget:
        card = ProblemCard(problem, fixable=not self._stale)
        card.fixed.connect(self._fix)
        return card

    # -- edits

    def _edit(self, name: str, value: Value) -> None:
        def changed(node: Node) -> Node:
            alone = Graph(FrozenMap({node.id: node}))
            return self._document.catalogue.with_value(alone, node.id, name, value).node(node.id)

        self._change("Set", name, changed)

    def _reset(self, name: str) -> None:
        self._change("Reset", name, lambda node: replace(node, values=node.values.without(name)))

    def _change(self, verb: str, name: str, change: Callable[[Node], Node]) -> None:
        """Change all that is selected in one undo step; steps that follow each other quickly become one."""
        title = f"{verb} {name.replace('_', ' ')} of {self._called()}"
        try:
            graph = self._graph.with_nodes([change(node) for node in self._nodes()])
            self._document.edit(title, graph, self, merge=f"{name} of {' '.join(self._ids)}")
        except EngineError as error:
            if self.form is not None:
                self.form.refuse(name, error.sentence)

    def _called(self) -> str:
        nodes = self._nodes()
        return nodes[0].name if len(nodes) == 1 else facts.plural(len(nodes), "layer")

    def _rename(self, name: str) -> None:
        try:
            self._document.edit(f"Rename {self._called()}", self._graph.renamed(self._ids[0], name), self)
        except EngineError as error:
            self.heading.refuse(error.sentence)

    def _fix(self, fix: Fix) -> None:
        self._document.edit(fix.title, fixed(self._graph, fix), self)


def _alike(a: ParameterSpec, b: ParameterSpec) -> bool:
    """Whether two layers mean the same by a parameter, whatever their help says."""
    return replace(a, help="", start=None) == replace(b, help="", start=None)
