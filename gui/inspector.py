"""The inspector: shows and edits the selected nodes' parameters, and tells what is known of them. Knows no Keras."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine import entering, many
from engine.catalogue import Catalogue
from engine.changes import Changes
from engine.errors import EngineError
from engine.graph import BLOCK, REROUTE, Graph, Mode, Node
from engine.report import Fix, Problem, Report
from engine.resolve import resolve
from engine.totals import summed
from gui import costs, facts
from gui.cards import Fact, Page, ProblemCard, Rule, Stack
from gui.document import Document
from gui.guide import Guide
from gui.heading import Heading
from gui.parameters import Parameters
from gui.selection import LATER_MS, MANY, Selection
from gui.tab_area import TabArea

if TYPE_CHECKING:
    from gui.block_panel import BlockPanel
    from gui.editors.form import Form
    from gui.marks import Marks

MARGIN: Final = 20
#: What a step is called that lets layers take part in this way.
VERBS: Final[Mapping[Mode, str]] = {"": "Turn on", "bypass": "Bypass", "disable": "Disable"}
HINT: Final = "Select a layer to see and change its parameters, or drag one from the palette onto the canvas."


class Inspector(TabArea):
    """Edits what is selected: one node, several that have parameters in common, or nothing but the drawing's totals.

    `left` says that the keyboard is wanted elsewhere, `asked` carries the action that a button names.
    """

    left = Signal()
    asked = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._ids: tuple[str, ...] = ()
        self._stale = True
        self._told: object = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._show_selection)
        self._build()
        selection.changed.connect(lambda _ids, _initiator: self._show_selection())
        document.reset.connect(self._show_selection)
        document.turned.connect(self._show_selection)
        document.catalogue_changed.connect(self._show_selection)
        document.titled.connect(lambda: self._show_heading(self._nodes()))
        document.changed.connect(self._graph_changed)
        document.report_changed.connect(self._report_changed)
        document.recipe_changed.connect(lambda _recipe, _initiator: self._show_facts())
        self._show_selection()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(240)
        self.setProperty("role", "panel")
        self.heading = Heading()
        self.heading.renamed.connect(self._rename)
        self.heading.followed.connect(lambda node: self._selection.set((node,)))
        self._marks: Marks | None = None
        self._block: BlockPanel | None = None
        self.guide = Guide(self._document, self._selection)
        self.guide.asked.connect(self.asked)
        self.guide.changed.connect(lambda: self._show_heading(self._nodes()))
        self.facts = Stack(8)
        self.problems = Stack(12)
        self.parameters = Parameters(self._document, self)
        self._rule = Rule()
        page = Page()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(MARGIN, 16, MARGIN, MARGIN)
        self._column.setSpacing(16)
        for widget in (self.heading, self.guide, self.parameters, self._rule, self.problems, self.facts):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(page)

    @property
    def form(self) -> Form | None:
        """The form of the selected nodes' parameters; None where they have none."""
        return self.parameters.form

    @property
    def marks(self) -> Marks:
        """The switch and the swatches; made when a node is first selected, since making them delays the first paint."""
        if self._marks is None:
            from gui.marks import Marks

            self._marks = Marks()
            self._marks.mode_chosen.connect(self._set_mode)
            self._marks.colour_chosen.connect(self._set_colour)
            self._column.insertWidget(self._column.indexOf(self.heading) + 1, self._marks)
            for widget in (self._marks, self.heading):  # the Tab key goes as things stand
                widget.lower()
        return self._marks

    def enter(self) -> None:
        """Put the cursor into the first value; without one, take the focus to be scrolled."""
        if not self.parameters.enter():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape, where no field wanted it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- what is shown

    @property
    def _catalogue(self) -> Catalogue:
        return self._document.catalogue

    @property
    def _graph(self) -> Graph:
        return self._document.graph

    def _nodes(self) -> list[Node]:
        return [node for id in self._ids if (node := self._graph.nodes.get(id)) is not None]

    def _graph_changed(self, changes: Changes, _initiator: object) -> None:
        """Show what changed; an editor that holds the new value already, as after its own edit, is left alone."""
        if changes.network:
            self._stale = True
            if self._waits:
                self._later.start()
            elif len(self._ids) > MANY:
                QTimer.singleShot(0, self, self._show_selection)  # the edit has taken its turn's time
            else:
                self._show_selection()
        elif changes.dressed or changes.annotated:
            self._show_marks(self._nodes())
            self._show_heading(self._nodes())

    def _report_changed(self, _report: Report) -> None:
        self._stale = False
        if self._waits:
            self._later.start()
        else:
            self._show_facts()

    @property
    def _waits(self) -> bool:
        """Whether nothing but the sums of a large drawing is shown: they come once the drawing itself is shown."""
        return not self._ids and not self._selection.ids and len(self._graph.nodes) > MANY

    def _show_selection(self) -> None:
        chosen, before = self._selection.ids, self._ids
        self._ids = facts.spoken_of(self._graph, chosen)
        nodes = self._nodes()
        self._show_heading(nodes)
        self._show_marks(nodes)
        self._show_block()
        self.parameters.show_nodes(nodes, fresh=self._ids != before)
        self._show_facts()

    def _show_heading(self, nodes: list[Node]) -> None:
        if len(nodes) == 1:
            self.heading.show_node(nodes[0].name, self._kind(nodes[0].layer))
            self.heading.show_sharing(*facts.sharing_words(self._graph, nodes[0]))
            self.heading.help.setVisible(not nodes[0].layer.startswith(BLOCK))
        elif nodes:
            self.heading.show_title(facts.plural(len(nodes), "layer"), facts.kinds_words(nodes))
        elif self._selection.annotations:
            self.heading.show_title(*facts.annotation_words(self._graph, self._selection.annotations))
        elif (block := entering.block(self._document.root, self._document.steps)) is not None:
            self.heading.show_block(block.name, facts.block_words(self._document.root, block))
        else:
            self.heading.show_title(*self.guide.words(self._document.name, HINT))

    def _show_block(self) -> None:
        """Show the parameters of the block that is seen, where nothing in it is selected."""
        shown = bool(self._document.steps) and not self._selection.all
        if shown and self._block is None:
            from gui.block_panel import BlockPanel  # first in a block

            self._block = BlockPanel(self._document)
            self._column.insertWidget(self._column.indexOf(self.parameters), self._block)
        if self._block is not None:
            self._block.setVisible(shown)
            self._block.show_block()

    def _show_marks(self, nodes: list[Node]) -> None:
        if nodes or self._marks is not None:
            self.marks.show_marks({node.mode for node in nodes}, {node.colour for node in nodes})
            self.marks.setVisible(bool(nodes))

    def _kind(self, layer: str) -> str:
        spec = self._catalogue.known(layer)
        if layer in self._catalogue.absent:
            return f"{layer} · A layer from a file of your own"
        if layer.startswith(BLOCK) and spec is not None:
            return facts.instance_words(spec)
        if spec is None:
            return f"{layer}, which is not in the catalogue. Put a layer of the palette in its place."
        return f"{'Dot' if layer == REROUTE else spec.name} · {spec.summary}".removesuffix(".").removesuffix(" · ")

    # -- what is known

    def _show_facts(self) -> None:
        nodes = self._nodes()
        found, problems = list(self._facts(nodes)), self._problems(nodes)
        self._tell(found)
        if (told := (problems, self._stale and bool(problems))) != self._told:
            self._told = told
            self.problems.fill(self._card(problem) for problem in problems)
        self.parameters.show_faults({problem.parameter for problem in problems})
        self._rule.setVisible(bool(self.facts.items or self.problems.items))

    def _tell(self, found: list[tuple[str, str]]) -> None:
        """Show facts; those with the titles that are there already get other words alone."""
        shown = [fact for fact in self.facts.items if isinstance(fact, Fact)]
        if [fact.title for fact in shown] != [title for title, _ in found]:
            self.facts.fill(Fact(title, words) for title, words in found)
            return
        for fact, (_, words) in zip(shown, found, strict=True):
            fact.show_words(words)

    def _facts(self, nodes: list[Node]) -> Iterator[tuple[str, str]]:
        report = self._document.report
        known = [found for node in nodes if (found := report.nodes.get(node.id)) is not None]
        meant = resolve(self._graph, self._catalogue)
        if not nodes:
            if not self._selection.annotations:
                cost = self._document.costs.total
                yield from facts.total_words(meant.graph, report, cost)
                yield from costs.total_words(cost, self._document.recipe) if report.nodes else ()
            return
        yield from facts.state_words([meant.part(node) for node in nodes])
        if len(nodes) == 1:
            yield from facts.row_words(self._graph, nodes[0])
        if len(nodes) == 1 and known and known[0].known:
            yield from facts.output_words(self._graph, known[0])
        elif len(nodes) > 1:
            yield from facts.outputs_words(known)
        if known and (len(nodes) > 1 or known[0].known):
            total, trainable = sum(n.parameters for n in known), sum(n.trainable for n in known)
            shared = len(nodes) == 1 and nodes[0].shares is not None
            yield "Parameters", "none of its own" if shared else facts.count_words(total, trainable)
            yield from costs.cost_words(summed(known), self._document.recipe)

    def _problems(self, nodes: list[Node]) -> list[Problem]:
        if len(nodes) != 1:
            return []
        return [problem for problem in self._document.problems() if problem.nodes[:1] == (nodes[0].id,)]

    def _card(self, problem: Problem) -> QWidget:
        card = ProblemCard(problem, fixable=self._document.mendable)
        card.fixed.connect(self._fix)
        card.asked.connect(self.asked)
        return card

    # -- edits

    def _set_mode(self, mode: Mode) -> None:
        title = f"{VERBS[mode]} {facts.called(self._nodes())}"
        self._document.edit(title, many.with_mode(self._graph, self._ids, mode), self)

    def _set_colour(self, colour: str) -> None:
        called = facts.called(self._nodes())
        title = f"Colour {called} {colour}" if colour else f"Uncolour {called}"
        self._document.edit(title, many.with_colour(self._graph, self._ids, colour), self)

    def _rename(self, name: str) -> None:
        try:
            if not self._ids and self._block is not None:
                self._block.rename(name)
                return
            title = f"Rename {facts.called(self._nodes())} to {name}"
            self._document.edit(title, self._graph.renamed(self._ids[0], name), self)
        except EngineError as error:
            self.heading.refuse(error.sentence)

    def _fix(self, fix: Fix) -> None:
        self._document.mend(fix, self)
