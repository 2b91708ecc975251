package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.spec.InputSpec;

/// What is done to the values of an example before the network sees them, with what it has learned
/// from the training data.
///
/// **Threads** immutable once made; safe.
public final class InputWeights {

  private final InputSpec.Weighting weighting;
  private final float[] featureWeights;

  /// Weights as read from a model.
  ///
  /// @param featureWeights one factor per feature, or empty when the weighting has none; owned
  /// @throws IllegalArgumentException if the weighting needs factors and there are none
  public InputWeights(InputSpec.Weighting weighting, float[] featureWeights) {
    this.weighting = weighting;
    this.featureWeights = featureWeights;
    if (usesFrequencies(weighting) && featureWeights.length == 0) {
      throw new IllegalArgumentException(weighting + " needs a weight for every feature");
    }
  }

  /// Learns the weights.
  ///
  /// @param featureFrequencies number of training examples that have each feature
  /// @param examples number of training examples
  public static InputWeights learn(
      InputSpec.Weighting weighting, int[] featureFrequencies, long examples) {
    if (!usesFrequencies(weighting)) {
      return new InputWeights(weighting, new float[0]);
    }
    float[] weights = new float[featureFrequencies.length];
    for (int feature = 0; feature < weights.length; feature++) {
      weights[feature] =
          (float) (1 + Math.log((double) examples / (1 + featureFrequencies[feature])));
    }
    return new InputWeights(weighting, weights);
  }

  /// Whether a weighting needs the frequencies of the features.
  public static boolean usesFrequencies(InputSpec.Weighting weighting) {
    return switch (weighting) {
      case NONE, UNIT, BINARY -> false;
      case TF_IDF, LOG_TF_IDF -> true;
    };
  }

  /// One factor per feature, or empty.
  public float[] featureWeights() {
    return featureWeights;
  }

  /// Weights the values of all examples of a batch, in place.
  public void apply(Batch batch) {
    if (weighting == InputSpec.Weighting.NONE) {
      return;
    }
    int[] offsets = batch.featureOffsets();
    int[] features = batch.features();
    float[] values = batch.values();
    for (int example = 0; example < batch.exampleCount(); example++) {
      apply(features, values, offsets[example], offsets[example + 1]);
    }
  }

  private void apply(int[] features, float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      switch (weighting) {
        case NONE, UNIT -> {}
        case BINARY -> value = 1f;
        case TF_IDF -> value *= featureWeights[features[i]];
        case LOG_TF_IDF ->
            value =
                (float) Math.copySign(Math.log1p(Math.abs(value)), value)
                    * featureWeights[features[i]];
      }
      values[i] = value;
      squares += (double) value * value;
    }
    if (squares > 0) {
      float scale = (float) (1 / Math.sqrt(squares));
      for (int i = from; i < to; i++) {
        values[i] *= scale;
      }
    }
  }
}
