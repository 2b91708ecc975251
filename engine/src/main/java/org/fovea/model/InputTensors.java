package org.fovea.model;

import java.util.List;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.Tensors;
import org.fovea.network.InputWeights;
import org.fovea.spec.InputSpec;

/// What is done to the input as tensors of a model: factors of the features, and means.
///
/// A mean has double precision: `input.mean` is the nearest 32-bit float, and `input.mean.rest`
/// what is left, as another. Models of the first version have no rest, which is then 0.
final class InputTensors {

  private static final String WEIGHT = "input.weight";
  private static final String MEAN = "input.mean";
  private static final String REST = "input.mean.rest";

  private InputTensors() {}

  /// Adds what a network has learned of its input.
  static void add(List<TensorData> tensors, InputWeights input) {
    float[] weights = input.featureWeights();
    if (weights.length > 0) {
      tensors.add(Tensors.floats(WEIGHT, weights, weights.length));
    }
    double[] means = input.means();
    if (means.length > 0) {
      float[] near = new float[means.length];
      float[] rest = new float[means.length];
      for (int feature = 0; feature < means.length; feature++) {
        near[feature] = (float) means[feature];
        rest[feature] = (float) (means[feature] - near[feature]);
      }
      tensors.add(Tensors.floats(MEAN, near, near.length));
      tensors.add(Tensors.floats(REST, rest, rest.length));
    }
  }

  /// Reads it.
  static InputWeights read(SafetensorsFile file, InputSpec spec) {
    boolean weighted = InputWeights.usesWeights(spec.weighting());
    float[] weights = weighted ? floats(file, WEIGHT, spec.features()) : new float[0];
    double[] means = new double[0];
    if (InputWeights.usesMeans(spec.weighting())) {
      float[] near = floats(file, MEAN, spec.features());
      boolean whole = file.tensors().containsKey(REST);
      float[] rest = whole ? floats(file, REST, spec.features()) : new float[near.length];
      means = new double[near.length];
      for (int feature = 0; feature < means.length; feature++) {
        means[feature] = (double) near[feature] + rest[feature];
      }
    }
    return new InputWeights(spec.weighting(), weights, means);
  }

  private static float[] floats(SafetensorsFile file, String name, int features) {
    return file.source(name).requireShape(features).allFloats();
  }
}
