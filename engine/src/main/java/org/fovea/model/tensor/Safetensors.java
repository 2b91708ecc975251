package org.fovea.model.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes `safetensors` files.
///
/// Tensors with wide elements come first, otherwise in the order given, and the data begin at a
/// multiple of [#ALIGNMENT] bytes: so every tensor is aligned to its own elements.
public final class Safetensors {

  /// The data begin at a multiple of this many bytes; the header is padded with spaces.
  public static final int ALIGNMENT = 64;

  /// The header's key for texts that describe the file.
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Safetensors() {}

  /// Writes a whole file.
  ///
  /// **Errors** `IllegalArgumentException` for names and shapes that the format does not allow and
  /// for a tensor that writes another number of elements than its shape says,
  /// [NonFiniteTensorException] for floats that are not finite, `UncheckedIOException` when writing
  /// fails.
  ///
  /// **Cost** memory for the header and one block, whatever the size of the tensors.
  ///
  /// @param metadata texts about the file; may be empty
  /// @param out not closed, and best unbuffered: blocks are large
  public static void write(
      List<? extends TensorData> tensors, Map<String, String> metadata, OutputStream out) {
    List<TensorData> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparingInt((TensorData tensor) -> -tensor.type().bytes()));
    BlockSink sink = new BlockSink(out);
    try {
      out.write(header(ordered, metadata));
      for (TensorData tensor : ordered) {
        sink.begin(tensor.name(), tensor.type(), tensor.shape());
        tensor.write(sink);
        sink.end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Length prefix, JSON and padding.
  private static byte[] header(List<TensorData> tensors, Map<String, String> metadata) {
    HeaderLimits limits = HeaderLimits.STANDARD;
    if (tensors.size() > limits.tensors()) {
      throw new IllegalArgumentException(
          "%s tensors are more than %s".formatted(tensors.size(), limits.tensors()));
    }
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    Set<String> names = new HashSet<>(Set.of(METADATA));
    long begin = 0;
    for (TensorData tensor : tensors) {
      begin = describe(root, tensor, names, begin);
    }
    byte[] json = JSON.writeValueAsBytes(root);
    int unpadded = Long.BYTES + json.length;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (length - Long.BYTES > limits.headerBytes()) {
      throw new IllegalArgumentException(
          "the names and shapes of the tensors take %s bytes, more than %s"
              .formatted(json.length, limits.headerBytes()));
    }
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length - Long.BYTES).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }

  private static long describe(ObjectNode root, TensorData tensor, Set<String> names, long begin) {
    String name = tensor.name();
    String problem = HeaderLimits.STANDARD.problem(name);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("two tensors are named " + name);
    }
    if (tensor.type() == ElementType.FLOAT16 || tensor.type() == ElementType.BFLOAT16) {
      throw new IllegalArgumentException(
          "tensor %s cannot be written as %s".formatted(name, tensor.type()));
    }
    long[] shape = tensor.shape();
    long end =
        Math.addExact(
            begin, Math.multiplyExact(Shapes.elements(name, shape), tensor.type().bytes()));
    ObjectNode entry = root.putObject(name);
    entry.put("dtype", tensor.type().code());
    ArrayNode lengths = entry.putArray("shape");
    for (long length : shape) {
      lengths.add(length);
    }
    entry.putArray("data_offsets").add(begin).add(end);
    return end;
  }
}
