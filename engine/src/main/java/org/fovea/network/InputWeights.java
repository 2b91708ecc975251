package org.fovea.network;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.data.BatchCheck;
import org.fovea.spec.InputSpec;

/// What is done to the values of an example before the network sees them, with what it has learned
/// from the training data.
///
/// **Threads** immutable once made; safe.
public final class InputWeights {

  /// Values of a standardized batch that is not for training.
  private static final int LARGEST_BATCH = 1 << 23;

  private final InputSpec.Weighting weighting;
  private final float[] featureWeights;
  private final double[] means;

  /// Weights as read from a model.
  ///
  /// @param featureWeights one factor per feature, or empty when the weighting has none; owned
  /// @throws IllegalArgumentException if the weighting needs factors and there are none
  public InputWeights(InputSpec.Weighting weighting, float[] featureWeights) {
    this(weighting, featureWeights, new double[0]);
  }

  /// Weights and means as read from a model.
  ///
  /// @param featureWeights one factor per feature, or empty when the weighting has none; owned
  /// @param means what is subtracted first, one per feature, or empty when the weighting has none;
  ///   owned
  /// @throws IllegalArgumentException if the weighting needs what is not there
  public InputWeights(InputSpec.Weighting weighting, float[] featureWeights, double[] means) {
    this.weighting = weighting;
    this.featureWeights = featureWeights;
    this.means = means;
    if (usesWeights(weighting) && featureWeights.length == 0) {
      throw new IllegalArgumentException(weighting + " needs a weight for every feature");
    }
    if (means.length != (usesMeans(weighting) ? featureWeights.length : 0)) {
      throw new IllegalArgumentException(
          weighting + " needs " + (usesMeans(weighting) ? "a" : "no") + " mean for every feature");
    }
  }

  /// Learns to standardize.
  ///
  /// @param means of each feature over all training examples; rounded to what a model keeps of
  ///   them, two 32-bit floats, so that training goes on from a checkpoint with the same bits
  /// @param deviations standard deviations of the same; exactly 0 where the feature never changes,
  ///   which then becomes 0
  public static InputWeights standard(double[] means, double[] deviations) {
    float[] scales = new float[means.length];
    double[] shifts = new double[means.length];
    for (int feature = 0; feature < means.length; feature++) {
      float near = (float) means[feature];
      shifts[feature] = (double) near + (float) (means[feature] - near);
      boolean changes = deviations[feature] > 0;
      scales[feature] = changes ? (float) Math.min(Float.MAX_VALUE, 1 / deviations[feature]) : 0f;
    }
    return new InputWeights(InputSpec.Weighting.STANDARD, scales, shifts);
  }

  /// Learns the weights.
  ///
  /// @param featureFrequencies number of training examples that have each feature
  /// @param examples number of training examples
  public static InputWeights learn(
      InputSpec.Weighting weighting, int[] featureFrequencies, long examples) {
    if (usesMeans(weighting)) {
      throw new IllegalArgumentException(weighting + " is not learned from frequencies");
    }
    if (!usesWeights(weighting)) {
      return new InputWeights(weighting, new float[0]);
    }
    float[] weights = new float[featureFrequencies.length];
    for (int feature = 0; feature < weights.length; feature++) {
      weights[feature] =
          (float) (1 + Math.log((double) examples / (1 + featureFrequencies[feature])));
    }
    return new InputWeights(weighting, weights);
  }

  /// These for the features that they know, and others for those that come after.
  ///
  /// What is new gets no mean, so that an example that lacks it is what it was.
  ///
  /// @param learned of the same weighting, for at least as many features
  /// @throws IllegalArgumentException if it is not
  public InputWeights and(InputWeights learned) {
    int known = featureWeights.length;
    if (learned.weighting != weighting || learned.featureWeights.length < known) {
      throw new IllegalArgumentException(
          "%s for %s features or more was expected, %s for %s came"
              .formatted(weighting, known, learned.weighting, learned.featureWeights.length));
    }
    float[] weights = learned.featureWeights.clone();
    System.arraycopy(featureWeights, 0, weights, 0, known);
    double[] shifts = Arrays.copyOf(means, learned.means.length);
    return new InputWeights(weighting, weights, shifts);
  }

  /// Whether a weighting has a factor for each feature.
  public static boolean usesWeights(InputSpec.Weighting weighting) {
    return switch (weighting) {
      case NONE, UNIT, BINARY -> false;
      case TF_IDF, LOG_TF_IDF, STANDARD -> true;
    };
  }

  /// Whether a weighting has a mean for each feature.
  public static boolean usesMeans(InputSpec.Weighting weighting) {
    return weighting == InputSpec.Weighting.STANDARD;
  }

  /// One factor per feature, or empty.
  public float[] featureWeights() {
    return featureWeights;
  }

  /// One mean per feature, or empty.
  ///
  /// They are in double precision: where values differ little and lie far from 0, what is left of
  /// them after the mean is about as large as the rounding of the mean to single precision.
  public double[] means() {
    return means;
  }

  /// Examples that a batch should have at most, so that it stays small when it has been weighted.
  ///
  /// @param usual what it would have otherwise
  public int batch(int usual) {
    return Math.clamp(LARGEST_BATCH / Math.max(1, means.length), 1, usual);
  }

  /// Weights the values of all examples of a batch, in place. Standardized examples have all
  /// features.
  ///
  /// @throws IllegalArgumentException if a value is not finite or, where features have weights of
  ///   their own, features do not ascend or have none
  /// @throws IllegalStateException if the last example of the batch is not finished
  public void apply(Batch batch) {
    if (featureWeights.length == 0) {
      BatchCheck.values(batch);
    } else {
      BatchCheck.features("", batch, featureWeights.length);
    }
    if (weighting == InputSpec.Weighting.STANDARD) {
      standardize(batch);
      return;
    }
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

  private void standardize(Batch batch) {
    final int count = means.length;
    batch.fillIn(count);
    final float[] values = batch.values();
    for (int example = 0; example < batch.exampleCount(); example++) {
      final int from = example * count;
      for (int feature = 0; feature < count; feature++) {
        values[from + feature] =
            (float) (values[from + feature] - means[feature]) * featureWeights[feature];
      }
    }
  }

  private void apply(int[] features, float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      switch (weighting) {
        case NONE, UNIT, STANDARD -> {}
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
