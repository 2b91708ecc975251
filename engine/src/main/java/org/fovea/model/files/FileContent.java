package org.fovea.model.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.fovea.model.tensor.Safetensors;
import org.fovea.model.tensor.TensorData;

/// The contents of a file of a model, written when asked; any number of times with the same bytes.
@FunctionalInterface
public interface FileContent {

  /// Writes everything; closing is the caller's. The stream is unbuffered: write large pieces.
  void writeTo(OutputStream out) throws IOException;

  /// Tensors in the `safetensors` format.
  static FileContent tensors(List<? extends TensorData> tensors) {
    List<TensorData> kept = List.copyOf(tensors);
    return out -> Safetensors.write(kept, Map.of("writer", "fovea"), out);
  }

  /// A text in UTF-8.
  static FileContent text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return out -> out.write(bytes);
  }
}
