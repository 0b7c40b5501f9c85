"""The commands that ask a worker and are done: check, export. Knows no Keras and no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from engine.catalogue import Catalogue
from engine.commands import UsageError, columns, read, say
from engine.commands_layers import Known, known
from engine.errors import EngineError
from engine.folding import worded
from engine.graph import Node
from engine.launch import Worker
from engine.messages import Check, Checked, Export, Exported, Failed, Message, Rechecked
from engine.project import Project
from engine.report import NodeReport, Problem, Report
from engine.resolve import resolved
from engine.review import review, worst
from engine.unfold import spelled, unfolded
from engine.values import Json

Answer = TypeVar("Answer")

# -- asking a worker


def ask(worker: Worker, message: Message, answer: type[Answer]) -> Answer:
    """Send a message and wait for its answer, or raise EngineError with what the worker says went wrong."""
    worker.send(message)
    for received in worker.messages():
        if isinstance(received, answer):
            return received
        if isinstance(received, Failed):
            raise EngineError(received.sentence)
    raise EngineError(f"The {worker.role} ended without an answer")


def checked(known: Known, *, with_recipe: bool = True) -> Report:
    """Have a checker of its own look at a drawing, and at its recipe."""
    project = known.project
    with known.worker() as checker:
        checker.send(Check(1, project.graph, project.recipe if with_recipe else None))
        report = Report()
        for received in checker.messages():
            if isinstance(received, Checked | Rechecked):
                report = received.report if isinstance(received, Checked) else received.merged(report)
                if received.whole:
                    return report
            if isinstance(received, Failed):
                raise EngineError(received.sentence)
    raise EngineError("The checker ended without an answer")


def refuse_errors(found: Iterable[Problem], work: str) -> None:
    """Raise EngineError where a problem is in the way."""
    problem = worst(found)
    if problem is not None:
        raise EngineError(f"The drawing cannot be {work}: {problem.sentence}")


# -- check


def check(path: Path, *, as_json: bool) -> int:
    """Show what is known of a project; 1 where it has errors."""
    seen = known(read(path))
    report = checked(seen)
    found = worded(
        review(seen.project, report, seen.catalogue), unfolded(seen.project.graph, seen.catalogue), seen.project.graph
    )
    if as_json:
        say(json.dumps(check_to_json(seen.project, report, found, seen.catalogue)))
    else:
        _say_check(seen.project, report, found, seen.catalogue)
    return int(worst(found) is not None)


def check_to_json(project: Project, report: Report, found: Sequence[Problem], catalogue: Catalogue) -> Json:
    """Spell a check as `check --json` prints it."""
    nodes = _nodes(project, catalogue)
    return {
        "nodes": [_node_to_json(node, report, _at(found, node.id), nodes) for node in nodes.values()],
        "parameters": report.parameters,
        "trainable": report.trainable,
        "problems": [_problem_to_json(problem, nodes) for problem in found if not problem.nodes],
    }


def _nodes(project: Project, catalogue: Catalogue) -> dict[str, Node]:
    """The nodes of the network, those of blocks named by the way to them."""
    nodes = resolved(project.graph, catalogue).nodes
    return {id: replace(node, name=spelled(id, project.graph)) if "/" in id else node for id, node in nodes.items()}


def _node_to_json(node: Node, report: Report, found: Iterable[Problem], nodes: Mapping[str, Node]) -> Json:
    known = report.nodes.get(node.id, NodeReport())
    return {
        "name": node.name,
        "kind": node.layer,
        "outputs": [list(spec.shape) for spec in known.outputs.values()],
        "parameters": known.parameters,
        "trainable": known.trainable,
        "problems": [_problem_to_json(problem, nodes) for problem in found],
    }


def _problem_to_json(problem: Problem, nodes: Mapping[str, Node]) -> Json:
    return {
        "severity": problem.severity,
        "sentence": problem.sentence,
        "fixes": [fix.title for fix in problem.fixes],
        "nodes": [nodes[id].name for id in problem.nodes if id in nodes],
    }


def _at(found: Iterable[Problem], id: str) -> list[Problem]:
    return [problem for problem in found if problem.nodes[:1] == (id,)]


def _say_check(project: Project, report: Report, found: Sequence[Problem], catalogue: Catalogue) -> None:
    rows = [("layer", "kind", "output", "parameters")]
    for node in _nodes(project, catalogue).values():
        known = report.nodes.get(node.id, NodeReport())
        shapes = ", ".join(spec.label for spec in known.outputs.values())
        rows.append((node.name, node.layer, shapes or "unknown", f"{known.parameters:,}" if known.parameters else ""))
    say(columns(rows, right=(3,)))
    say(f"{report.parameters:,} parameters, {report.trainable:,} of them trainable.")
    for problem in found:
        say(" ".join([f"{problem.severity}: {problem.sentence}", *_mends(problem)]))
    if not found:
        say("No problems.")


def _mends(problem: Problem) -> list[str]:
    return [f"Mend: {' or '.join(fix.title for fix in problem.fixes)}."] if problem.fixes else []


# -- export


def export(path: Path, to: Path, *, folder: Path | None) -> int:
    """Write a project as another program reads it, the kind by the ending."""
    writer = WRITERS.get(to.suffix.lower())
    if writer is None:
        raise UsageError(f"The ending says what to write: {' or '.join(WRITERS)}", received=repr(to.name))
    if folder is not None and not (folder / "model.keras").is_file():
        raise UsageError(f"{folder} holds no trained model", hint="`train FILE.loom --run DIR` puts one there")
    project = known(read(path))
    for written in writer(project, to, folder):
        say(f"Wrote {written}")
    if to.suffix.lower() != ".py" and (needs := _reloading(project)):
        say(needs)
    return 0


def _reloading(known: Known) -> str:
    from engine.code.reload import reloading

    return reloading(known.project.graph, known.project.recipe, known.catalogue)


def _write_script(known: Known, to: Path, folder: Path | None) -> Iterable[Path]:
    if folder is not None:
        raise UsageError("A script trains a model of its own", hint="Leave out --run, or write a .keras file")
    from engine.code.export import export_script

    refuse_errors(review(known.project, checked(known), known.catalogue), "written as a script")
    return export_script(known.project, known.catalogue, to)


def _write_model(known: Known, to: Path, folder: Path | None) -> Iterable[Path]:
    weights = str(folder.resolve()) if folder else ""
    refuse_errors(checked(known, with_recipe=False).problems, "built")
    with known.worker("trainer") as trainer:
        message = Export(known.project.graph, known.project.recipe, str(to.resolve()), weights)
        return [Path(ask(trainer, message, Exported).path)]


WRITERS: Final[Mapping[str, Callable[[Known, Path, Path | None], Iterable[Path]]]] = {
    ".py": _write_script,
    ".keras": _write_model,
}
