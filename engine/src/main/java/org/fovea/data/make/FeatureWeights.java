package org.fovea.data.make;

import java.util.Arrays;
import org.fovea.data.Batch;

/// Weighs the features of examples by how often they say them and how rare they are.
///
/// `(1 + ln tf) ln(1 + n / df)`, scaled to length 1, rounded to three decimals.
final class FeatureWeights {

  private static final double DECIMALS = 1e3;

  private final int[] ids;
  private final double[] rarities;

  /// @param ids the final id of each feature, negative if it was dropped; owned from now on
  /// @param frequencies how many training examples have each
  /// @param exampleCount how many training examples there are
  FeatureWeights(int[] ids, int[] frequencies, int exampleCount) {
    this.ids = ids;
    rarities = new double[ids.length];
    for (int feature = 0; feature < ids.length; feature++) {
      if (ids[feature] >= 0) {
        rarities[feature] =
            StrictMath.log1p((double) exampleCount / Math.max(1, frequencies[feature]));
      }
    }
  }

  /// Adds an example's features, ids ascending.
  ///
  /// @param features the features, repeated as often as it has them
  void addTo(Batch example, int[] features) {
    long[] entries =
        Arrays.stream(features)
            .filter(feature -> ids[feature] >= 0)
            .mapToLong(feature -> (long) ids[feature] << Integer.SIZE | feature)
            .sorted()
            .toArray();
    double[] weights = new double[entries.length];
    double squares = 0;
    for (int begin = 0, end; begin < entries.length; begin = end) {
      end = begin + 1;
      while (end < entries.length && entries[end] == entries[begin]) {
        end++;
      }
      weights[begin] = (1 + StrictMath.log(end - begin)) * rarities[(int) entries[begin]];
      squares += weights[begin] * weights[begin];
    }
    double scale = DECIMALS / Math.sqrt(squares);
    for (int index = 0; index < entries.length; index++) {
      if (weights[index] > 0) {
        float value = (float) (Math.max(1, Math.rint(weights[index] * scale)) / DECIMALS);
        example.addFeature((int) (entries[index] >>> Integer.SIZE), value);
      }
    }
  }
}
