"""What LeCun's networks of 1989 and 1998 are made of and Keras lacks. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class ScaledTanh(keras.layers.Layer):  # type: ignore[misc]
    """Squashes: `A · tanh(S · x)`, with A and S such that f(1) is 1 and f(−1) is −1.

    LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998, appendix A. No parameters.

    Args:
        amplitude: A, 1.7159 in the paper.
        slope: S, 2/3 in the paper.

    Input shape: any. Output shape: the same.
    """

    def __init__(self, amplitude: float = 1.7159, slope: float = 2 / 3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.amplitude, self.slope = amplitude, slope
        self.supports_masking = True

    def call(self, inputs: Any) -> Any:
        return self.amplitude * keras.ops.tanh(self.slope * inputs)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "amplitude": self.amplitude, "slope": self.slope}


@keras.saving.register_keras_serializable(package="layerloom")
class TrainableSubsampling2D(keras.layers.Layer):  # type: ignore[misc]
    """Sums each window of a channel, times a learned number, plus a learned number.

    `y = w_c · Σ window + b_c`, as LeNet-5 has between its convolutions; its squashing is a layer of its own. LeCun et
    al., 1998, section II.B. Parameters: `2 · channels`.

    Args:
        pool_size: The window's height and width; windows do not overlap.

    Input shape: `(batch, height, width, channels)`.
    Output shape: `(batch, ⌊height / pool⌋, ⌊width / pool⌋, channels)`.
    """

    def __init__(self, pool_size: Any = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pool_size = (pool_size, pool_size) if isinstance(pool_size, int) else tuple(pool_size)

    def build(self, input_shape: Any) -> None:
        area = self.pool_size[0] * self.pool_size[1]
        begin = keras.initializers.Constant(1 / area)
        self.input_spec = keras.layers.InputSpec(ndim=4, axes={-1: input_shape[-1]})
        self.coefficient = self.add_weight(shape=(input_shape[-1],), initializer=begin, name="coefficient")
        self.bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        area = self.pool_size[0] * self.pool_size[1]
        total = keras.ops.average_pool(inputs, self.pool_size, self.pool_size, "valid", "channels_last") * area
        return total * self.coefficient + self.bias

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch, height, width, channels = input_shape
        small = (None if n is None else n // size for n, size in zip((height, width), self.pool_size, strict=True))
        return (batch, *small, channels)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "pool_size": self.pool_size}


@keras.saving.register_keras_serializable(package="layerloom")
class TableConv2D(keras.layers.Layer):  # type: ignore[misc]
    """A convolution whose every output channel sees some of the input channels, by a table.

    LeNet-5's C3 sees 6 channels by 16 rows of 3, 4 and 6 of them. LeCun et al., 1998, table I; LeCun et al., 1989, have
    each of 12 see 8 of 12. Parameters: `height · width` for each entry of the table, and a bias for each row.

    Args:
        table: "lenet5", "lecun1989", or rows of input channels such as "0 1; 1 2; 0 2".
        kernel_size: Height and width of the kernel.
        strides: By how many pixels it moves.
        padding: "valid" or "same".
        use_bias: Whether each output channel has a bias.
        kernel_initializer: What the weights begin as; each row is drawn as a kernel of its own.

    Input shape: `(batch, height, width, channels)`. Output shape: `(batch, new height, new width, rows)`.
    """

    def __init__(
        self,
        table: str = "lenet5",
        kernel_size: Any = 5,
        strides: Any = 1,
        padding: str = "valid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        known = {
            "lenet5": "0 1 2; 1 2 3; 2 3 4; 3 4 5; 0 4 5; 0 1 5; 0 1 2 3; 1 2 3 4; 2 3 4 5; 0 3 4 5; 0 1 4 5; 0 1 2 5; "
            "0 1 3 4; 1 2 4 5; 0 2 3 5; 0 1 2 3 4 5",
            "lecun1989": "; ".join(
                " ".join(str(c) for c in sorted((row + i) % 12 for i in range(8))) for row in range(12)
            ),
        }
        try:
            self.rows = [[int(word) for word in row.split()] for row in known.get(table, table).split(";")]
        except ValueError:
            self.rows = []
        if not self.rows or not all(self.rows) or any(len(set(row)) < len(row) or min(row) < 0 for row in self.rows):
            raise ValueError(f"A table is rows of channels such as '0 1; 1 2; 0 2'. Received: table={table!r}.")
        self.table, self.padding, self.use_bias = table, padding, use_bias
        self.kernel_size = (kernel_size,) * 2 if isinstance(kernel_size, int) else tuple(kernel_size)
        self.strides = (strides,) * 2 if isinstance(strides, int) else tuple(strides)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape: Any) -> None:
        there = input_shape[-1]
        last = max(max(row) for row in self.rows)
        if last >= there:
            raise ValueError(f"The table names channel {last}. Received: an input of {there} channels, from 0.")
        self.input_spec = keras.layers.InputSpec(ndim=4, axes={-1: there})
        count = sum(len(row) for row in self.rows)

        def drawn(shape: Any, dtype: Any = None) -> Any:
            each = [self.kernel_initializer((*self.kernel_size, len(row), 1), dtype=dtype) for row in self.rows]
            return keras.ops.concatenate([keras.ops.squeeze(kernel, -1) for kernel in each], axis=-1)

        self.kernel = self.add_weight(shape=(*self.kernel_size, count), initializer=drawn, name="kernel")
        if self.use_bias:
            self.bias = self.add_weight(shape=(len(self.rows),), initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        ops, there, rows = keras.ops, inputs.shape[-1], len(self.rows)
        places = [channel * rows + row for row, channels in enumerate(self.rows) for channel in channels]
        spread = ops.one_hot(ops.convert_to_tensor(places, dtype="int32"), there * rows, dtype=inputs.dtype)
        kernel = ops.reshape(ops.matmul(self.kernel, spread), (*self.kernel_size, there, rows))
        outputs = ops.conv(inputs, kernel, self.strides, self.padding, "channels_last")
        return outputs + self.bias if self.use_bias else outputs

    def compute_output_shape(self, input_shape: Any) -> Any:
        lengths = []
        for length, size, stride in zip(input_shape[1:3], self.kernel_size, self.strides, strict=True):
            lost = size - 1 if self.padding == "valid" else 0
            lengths.append(None if length is None else (length - lost + stride - 1) // stride)
        return (input_shape[0], *lengths, len(self.rows))

    def get_config(self) -> dict[str, Any]:
        own = {
            "table": self.table,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="layerloom")
class UntiedBias(keras.layers.Layer):  # type: ignore[misc]
    """Adds a bias to each unit, where a convolution has one for each channel.

    LeCun et al., Backpropagation Applied to Handwritten Zip Code Recognition, 1989. Parameters: one for each number of
    a sample.

    Args:
        initializer: What the biases begin as.

    Input shape: `(batch, ...)`, all lengths fixed. Output shape: the same.
    """

    def __init__(self, initializer: Any = "zeros", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape: Any) -> None:
        if None in input_shape[1:]:
            raise ValueError(f"UntiedBias needs an input of fixed lengths. Received: {input_shape}.")
        lengths = dict(enumerate(input_shape[1:], 1))
        self.input_spec = keras.layers.InputSpec(ndim=len(input_shape), axes=lengths)
        self.bias = self.add_weight(shape=tuple(input_shape[1:]), initializer=self.initializer, name="bias")

    def call(self, inputs: Any) -> Any:
        return inputs + self.bias

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "initializer": keras.initializers.serialize(self.initializer)}


@keras.saving.register_keras_serializable(package="layerloom")
class CodeDistance(keras.layers.Layer):  # type: ignore[misc]
    """Gives the squared distance to the fixed code of each class.

    `y_i = Σ_j (x_j − w_ij)²`, w of ones and minus ones: small pictures of the digits, 7 wide and 12 high, or drawn at
    random. LeCun et al., 1998, section II.B. Parameters: `units · features`, none of them trained.

    Args:
        units: How many classes there are.
        codes: "digits" for pictures of 0 to 9, which need 84 features; "random" for any number.
        seed: What random codes are drawn from.

    Input shape: `(batch, features)`. Output shape: `(batch, units)`.
    """

    def __init__(self, units: int = 10, codes: str = "digits", seed: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if codes not in ("digits", "random"):
            raise ValueError(f"The codes are 'digits' or 'random'. Received: codes={codes!r}.")
        self.units, self.codes, self.seed = units, codes, seed

    def build(self, input_shape: Any) -> None:
        features = input_shape[-1]
        if self.codes == "digits" and (features != 84 or self.units > 10):
            raise ValueError(f"Codes of digits have 84 features and 10 units at most. Received: {features} features.")
        shape = (self.units, features)
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={-1: features})
        begin = self.pictures if self.codes == "digits" else self.signs
        self.code = self.add_weight(shape=shape, initializer=begin, trainable=False, name="code")

    def signs(self, shape: Any, dtype: Any = None) -> Any:
        """Draw ones and minus ones."""
        return keras.ops.sign(keras.random.uniform(shape, -1.0, 1.0, dtype=dtype, seed=self.seed))

    def pictures(self, shape: Any, dtype: Any = None) -> Any:
        """Return a picture of each digit, row by row; each row is seven bits, the leftmost highest."""
        rows = [
            "1c 36 63 63 63 63 63 63 63 36 1c 00", "0c 1c 3c 0c 0c 0c 0c 0c 0c 0c 3f 00",
            "3e 63 03 03 06 0c 18 30 60 60 7f 00", "3e 63 03 03 1e 03 03 03 03 63 3e 00",
            "06 0e 1e 36 66 66 7f 06 06 06 06 00", "7f 60 60 60 7e 03 03 03 03 63 3e 00",
            "1e 30 60 60 7e 63 63 63 63 63 3e 00", "7f 03 03 06 06 0c 0c 18 18 18 18 00",
            "3e 63 63 63 3e 63 63 63 63 63 3e 00", "3e 63 63 63 63 3f 03 03 03 06 3c 00",
        ]  # fmt: skip
        bits = [
            [2 * (int(word, 16) >> place & 1) - 1 for word in row.split() for place in range(6, -1, -1)] for row in rows
        ]
        return keras.ops.convert_to_tensor(bits[: shape[0]], dtype=dtype or "float32")

    def call(self, inputs: Any) -> Any:
        ops = keras.ops
        between = ops.expand_dims(inputs, -2) - ops.cast(self.code, inputs.dtype)
        return ops.sum(ops.square(between), axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "units": self.units, "codes": self.codes, "seed": self.seed}
