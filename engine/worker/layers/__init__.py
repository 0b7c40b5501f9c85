"""The layers, losses, initializer and schedule that Keras lacks and the courses need; they run on any backend.

Each class stands by itself, on nothing but `keras`: exported code carries its source.
"""

from __future__ import annotations

from engine.worker.layers.decoding import BahdanauDecoder
from engine.worker.layers.images import (
    ChannelSelection,
    FractionalMaxPooling2D,
    LocalResponseNormalization,
    PCAColorAugmentation,
)
from engine.worker.layers.initial import FanInUniform
from engine.worker.layers.lecun import CodeDistance, ScaledTanh, TableConv2D, TrainableSubsampling2D, UntiedBias
from engine.worker.layers.losses import LeNetMAP, MultiClassHinge, PlaceCodeError
from engine.worker.layers.schedules import OneCycle
from engine.worker.layers.tokens import ClassToken, LearnedPositions, SinusoidalPositions, TakeToken
from engine.worker.layers.units import Maxout, StochasticDepth

__all__ = [
    "BahdanauDecoder",
    "ChannelSelection",
    "ClassToken",
    "CodeDistance",
    "FanInUniform",
    "FractionalMaxPooling2D",
    "LeNetMAP",
    "LearnedPositions",
    "LocalResponseNormalization",
    "Maxout",
    "MultiClassHinge",
    "OneCycle",
    "PCAColorAugmentation",
    "PlaceCodeError",
    "ScaledTanh",
    "SinusoidalPositions",
    "StochasticDepth",
    "TableConv2D",
    "TakeToken",
    "TrainableSubsampling2D",
    "UntiedBias",
]
