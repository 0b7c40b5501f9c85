"""Hypothesis strategies for the engine's values: anything that a project may hold, sensible or not."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.catalogue import Catalogue
from engine.graph import COLOURS, MODES, Edge, End, Frame, Graph, Node, Note
from engine.project import Project
from engine.recipe import ACCURACY, DataChoice, Keeping, OutputChoice, Plateau, Recipe, Stopping
from engine.values import LARGEST, FrozenMap, Json, Part, Value

#: For machines that are busy with other things: a slow example is no failure.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=9)
WORDS = st.text("ab_", min_size=1, max_size=4)
NAMES = st.text("aBz09_.-", max_size=8).map(lambda rest: "n" + rest)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
WHOLE = st.integers(-LARGEST, LARGEST)
PLACES = st.floats(-1e6, 1e6).map(lambda place: round(place, 3))


def _nested(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.lists(inner, max_size=3).map(tuple) | parts(WORDS, inner)


def parts(names: st.SearchStrategy[str], inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Part]:
    return st.builds(Part, names, st.dictionaries(WORDS, inner, max_size=2).map(FrozenMap))


VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | WHOLE | FLOATS | TEXTS, _nested, max_leaves=4
)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | WHOLE | FLOATS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw any drawing that holds together: ids of its own, wires between its nodes, layers shared by one step."""
    count = draw(st.integers(0, 4))
    ids = draw(st.lists(st.integers(1, 99).map(lambda n: f"n{n}"), min_size=count, max_size=count, unique=True))
    names = draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))
    nodes: list[Node] = []
    for id, name in zip(ids, names, strict=True):
        owners = [node for node in nodes if node.shares is None]
        owner = draw(st.none() | st.sampled_from(owners)) if owners else None
        layer = draw(WORDS) if owner is None else owner.layer
        values = draw(st.dictionaries(WORDS, VALUES, max_size=2).map(FrozenMap))
        at = draw(st.tuples(PLACES, PLACES))
        looks = draw(st.sampled_from(MODES)), draw(st.sampled_from(COLOURS)), draw(st.booleans())
        nodes.append(Node(id, layer, name, values, at, None if owner is None else owner.id, *looks))
    ends = st.builds(End, st.sampled_from(ids), WORDS) if ids else st.nothing()
    edges = draw(st.lists(st.builds(Edge, ends, ends), max_size=6, unique=True)) if ids else []
    graph = Graph(FrozenMap({node.id: node for node in nodes}), tuple(edges))
    boxes = st.tuples(st.text(max_size=20), st.tuples(PLACES, PLACES), st.just((90.0, 60.5)), st.sampled_from(COLOURS))
    frames = [Frame(f"f{place}", *box) for place, box in enumerate(draw(st.lists(boxes, max_size=2)))]
    return graph.with_frames(frames).with_notes(
        Note(f"t{place}", *box) for place, box in enumerate(draw(st.lists(boxes, max_size=2)))
    )


def recipes(catalogue: Catalogue) -> st.SearchStrategy[Recipe]:
    """Draw recipes of known classes; their values need make no sense, as a page may hold such for a while."""

    def known(kind: str) -> st.SearchStrategy[Part]:
        return parts(st.sampled_from(sorted(catalogue.parts[kind])), VALUES)

    metrics = st.lists(known("metric") | st.just(ACCURACY), max_size=3).map(tuple)
    outputs = st.builds(OutputChoice, TEXTS, st.none() | known("loss"), FLOATS, st.none() | metrics)
    return st.builds(
        Recipe,
        data=st.builds(DataChoice, TEXTS, FLOATS, FLOATS, st.dictionaries(TEXTS, VALUES, max_size=2).map(FrozenMap)),
        loss=known("loss"),
        optimizer=known("optimizer"),
        metrics=metrics,
        batch_size=WHOLE,
        epochs=WHOLE,
        seed=WHOLE,
        device=TEXTS,
        steps_per_execution=st.none() | WHOLE,
        outputs=st.dictionaries(TEXTS, outputs, max_size=2).map(FrozenMap),
        stopping=st.none() | st.builds(Stopping, TEXTS, WHOLE, FLOATS, st.booleans()),
        plateau=st.none() | st.builds(Plateau, TEXTS, FLOATS, WHOLE, FLOATS),
        keeping=st.none() | st.builds(Keeping, TEXTS, WHOLE, WHOLE),
        xla=st.none() | st.booleans(),
        precision=st.sampled_from([None, "mixed_float16", "mixed_bfloat16"]),
    )


def projects(catalogue: Catalogue) -> st.SearchStrategy[Project]:
    views = st.dictionaries(TEXTS, JSON, max_size=3).map(FrozenMap)
    return st.builds(Project, graphs(), recipes(catalogue), views)
