package org.fovea.model;

import java.util.List;
import org.fovea.MalformedDataException;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorInfo;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;

/// Holds what a spec claims to what a file of tensors has, before anything is allocated for it: a
/// claim costs nothing, a tensor as many bytes as it says.
final class ShapeCheck {

  private final SafetensorsFile file;
  private final String path;

  private ShapeCheck(SafetensorsFile file, String path) {
    this.file = file;
    this.path = path;
  }

  /// Throws unless there is a bias for every neuron, and a weight for every input of neurons that
  /// have them all.
  ///
  /// @param path of the file, for messages
  static void check(SafetensorsFile file, String path, NetworkSpec spec) {
    ShapeCheck check = new ShapeCheck(file, path);
    List<LayerSpec> hidden = spec.hidden();
    long inputs = spec.input().features();
    for (int i = 0; i < hidden.size(); i++) {
      String name = "hidden." + i;
      long neurons = hidden.get(i).neurons();
      check.require(name + ".bias", neurons);
      if (hidden.get(i) instanceof LayerSpec.Dense) {
        check.require(name + ".weight", neurons * inputs);
      }
      inputs = neurons;
    }
    check.require("output.bias", spec.output().labels());
    // of a sparse output layer only the biases are rows
    int outputInputs = spec.output().sparse().isPresent() ? 0 : spec.outputInputs();
    check.require("output.weight", (long) spec.output().labels() * outputInputs);
  }

  private void require(String tensor, long elements) {
    TensorInfo info = file.source(tensor).info();
    if (info.elements() != elements) {
      throw new MalformedDataException(
          path,
          0,
          "tensor %s must have %s elements, as the network in model.json says, but has %s"
              .formatted(tensor, elements, info.elements()));
    }
  }
}
