package org.fovea.model.files;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.model.json.Json;
import org.fovea.model.tensor.Tensors;

/// Models that are small, all different, and tell whether they came back whole.
final class SampleModel {

  private SampleModel() {}

  /// The model of a version: every part of it follows from the number.
  static ModelContents contents(int version) {
    return new ModelContents()
        .section("spec", Json.object().put("version", version))
        .tensors(
            "weights.safetensors",
            List.of(
                Tensors.floats("layer.weight", floats(version), 3, 20),
                Tensors.longs("state", new long[] {version})))
        .file("labels.tsv", FileContent.text("label " + version + "\n"));
  }

  /// The version of a model, which must be whole.
  static int version(ModelDirectory model) {
    int version = model.section("spec").get("version").intValue();
    boolean whole =
        model
                .files()
                .equals(new java.util.LinkedHashSet<>(List.of("weights.safetensors", "labels.tsv")))
            && Arrays.equals(
                model.tensors("weights.safetensors").source("layer.weight").allFloats(),
                floats(version))
            && model.tensors("weights.safetensors").source("state").allLongs()[0] == version
            && model.text("labels.tsv").equals("label " + version + "\n");
    if (!whole) {
      throw new AssertionError("the parts of the model do not belong together");
    }
    return version;
  }

  private static float[] floats(int version) {
    SplittableRandom random = new SplittableRandom(version);
    float[] values = new float[60];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextDouble();
    }
    return values;
  }
}
