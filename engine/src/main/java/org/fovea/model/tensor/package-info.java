/// Tensors in `safetensors` files, written and read as streams.
///
/// A `safetensors` file is eight bytes with the length of a header, a JSON header with the name,
/// type, shape and place of every tensor, and the tensors one after the other, little-endian and
/// dense. Python reads it with the `safetensors` package. The format is that of Hugging Face,
/// *safetensors*, 2022, <https://github.com/huggingface/safetensors>; where we differ: we align the
/// data to 64 bytes (the format allows the padding), take six of its types, and refuse what it
/// leaves open (numbers that are not finite, unknown keys, holes).
///
/// A tensor may have more than 2^31 elements, so it never passes through one array: a [TensorData]
/// pushes its elements in blocks into a [TensorSink], a [TensorSource] is asked for them block by
/// block. [Tensors] and [RowChunks] adapt arrays to both.
///
/// Reading trusts nothing: the header is bounded, checked against the real length of the file and
/// found free of overlaps and holes before anything is allocated for a tensor.
///
/// Threads: every object here is confined to one thread, except [TensorInfo].
///
/// Start with [Safetensors], then [SafetensorsFile].
@NullMarked
package org.fovea.model.tensor;

import org.jspecify.annotations.NullMarked;
