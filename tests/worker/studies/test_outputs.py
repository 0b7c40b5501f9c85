"""Of a network with several outputs each is studied by itself: its score, its classes, its plane."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.choices import OutputChoice
from engine.data.sentences import COVERED
from engine.errors import RecipeError
from engine.messages import Boundary, Embed, GradCam, Message, Occlusion, Saliency
from engine.project import load
from engine.recipe import DataChoice
from engine.values import FrozenMap, Part
from engine.worker.prepare import Prepared
from engine.worker.studies.boundary import boundary
from engine.worker.studies.embedding import embed
from engine.worker.studies.gradcam import grad_cam
from engine.worker.studies.occlusion import occlusion
from engine.worker.studies.saliency import saliency
from engine.worker.studies.subject import Study
from tests.engine.drawings import drawing, layer
from tests.worker.drawings import SMALL
from tests.worker.studies.nets import SPIRALS, answers, ready, spirals, weigh

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def two_heads() -> Prepared:
    """One network that reads the upper half for class 3 by its first output, the lower by its second."""
    graph = drawing(
        "image > flatten", "flatten > first", "flatten > second", image=layer("InputLayer", shape=(8, 8, 1)),
        flatten=layer("Flatten"), first=layer("Dense", units=10, activation="softmax"),
        second=layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    run = ready(graph, SMALL)
    upper = np.zeros((64, 10))
    upper[:32, 3] = 1
    weigh(run, upper, 0, upper[::-1], 0)
    return run


@pytest.mark.parametrize("output", [0, 1])
def test_each_output_looks_at_what_it_reads(output: int) -> None:
    run = two_heads()
    (gradient,) = answers(saliency, run, Saliency(1, output=output, number=3))
    (lost,) = answers(occlusion, run, Occlusion(1, output=output, number=3, patch=1))
    read = np.repeat([1.0, 0.0] if output == 0 else [0.0, 1.0], 32).reshape(8, 8)
    assert np.allclose(gradient.values.numpy()[..., 0], read, atol=1e-6)
    assert np.allclose(lost.values.numpy() * (1 - read), 0, atol=1e-6)
    assert np.abs(lost.values.numpy()).max() > 0


def pairs() -> Prepared:
    """Two sentences as tokens: one output tells the covered words, the other whether the second follows."""
    width = len(COVERED)
    graph = drawing(
        "tokens > words", "segments > parts", "words > both", "parts > both", "both > original", "both > mean",
        "mean > follows", tokens=layer("InputLayer", shape=(16,)), segments=layer("InputLayer", shape=(16,)),
        words=layer("Embedding", input_dim=width, output_dim=3), parts=layer("Embedding", input_dim=3, output_dim=3),
        both=layer("Add"), original=layer("Dense", units=width, activation="softmax"),
        mean=layer("GlobalAveragePooling1D"), follows=layer("Dense", units=1, activation="sigmoid"),
    )  # fmt: skip
    data = DataChoice("masked-text", values=FrozenMap({"targets": "both", "samples": 200}))
    words = Part("SparseCategoricalCrossentropy", FrozenMap({"ignore_class": -1}))
    outputs = FrozenMap({"follows": OutputChoice(loss=Part("BinaryCrossentropy"))})
    return ready(graph, replace(SMALL, data=data, loss=words, outputs=outputs, metrics=()))


def test_samples_have_the_classes_of_the_output_that_is_asked_about() -> None:
    run = pairs()
    first, second = (answers(embed, run, Embed(1, "mean", samples=20, output=output))[0] for output in (0, 1))
    assert set(first.targets.numpy().tolist()) == {-1}, "it learns a word for each place, and no class of a sample"
    assert second.targets.numpy().tolist() == run.watched.targets["follows"][:20].reshape(-1).tolist()
    (told,) = [answer for answer in answers(saliency, run, Saliency(1, output=1, number=1)) if answer.input == "tokens"]
    assert told.number == 1
    assert told.values.numpy().max() > 0


def test_a_plane_is_of_the_output_that_is_asked_about() -> None:
    graph = drawing(
        "point > plain", "point > turned", point=layer("InputLayer", shape=(2,)),
        plain=layer("Dense", units=1, activation="sigmoid"), turned=layer("Dense", units=1, activation="sigmoid"),
    )  # fmt: skip
    run = ready(graph, SPIRALS)
    weigh(run, [[4.0], [0.0]], 0, [[0.0], [4.0]], 0)
    along, up = (answers(boundary, run, Boundary(1, side=9, output=output))[0].values.numpy() for output in (0, 1))
    assert np.allclose(np.ptp(along[..., 1], axis=0), 0, atol=1e-6)
    assert np.allclose(np.ptp(up[..., 1], axis=1), 0, atol=1e-6)
    assert np.ptp(along[..., 1]) > 0.5
    assert np.ptp(up[..., 1]) > 0.5


def test_of_distances_the_least_is_the_likeliest_and_speaks_for_its_class() -> None:
    project = load(RESOURCES / "templates" / "lenet5-1998.loom", catalogue())
    run = ready(project.graph, project.recipe)
    image = run.watched.inputs["image"][:1]
    distances = np.asarray(run.model(image, training=False)[0])[0]
    ends = [name for name, _ in run.feeding.outputs]
    assert ends == ["criterion", "digit"]
    for study, question in ((saliency, Saliency), (occlusion, Occlusion)):
        of_distances, of_chances = (answers(study, run, question(1, output=output))[0] for output in (0, 1))
        assert of_distances.number == of_chances.number == int(distances.argmin())
        assert of_distances.score == pytest.approx(-distances.min(), rel=1e-4)
    assert "distance" in answers(grad_cam, run, GradCam(1))[0].about


@pytest.mark.parametrize(
    ("study", "question"),
    [(saliency, Saliency(1, output=1)), (boundary, Boundary(1, output=1)), (embed, Embed(1, "l1", output=-1))],
)
def test_an_output_that_there_is_not_is_refused(study: Study, question: Message) -> None:
    with pytest.raises(RecipeError, match="outputs are 0 to 0"):
        answers(study, spirals(), question)
