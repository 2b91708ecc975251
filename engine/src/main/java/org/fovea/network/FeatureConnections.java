package org.fovea.network;

/// The direct connections by feature: a copy for prediction, which starts from the features that an
/// example has and so touches only the connections that it needs.
///
/// It is a snapshot: it does not follow weights that are trained on.
///
/// **Shapes** feature `f` has the connections `[offsets[f], offsets[f + 1])`, to `labels` in
/// ascending order, unless it is *common*, connected to a good part of all labels: then it has a
/// dense row of one weight a label, because reading it for a few labels is much cheaper than adding
/// it up for all.
///
/// **Threads** immutable. **Cost** 8 bytes a connection, for common features 4 a label; made in
/// time of the connections.
public final class FeatureConnections {

  /// A feature connected to more than one label in so many is common.
  private static final int COMMON = 8;

  /// Features with fewer connections are never common.
  private static final int FEW = 256;

  private static final int NONE = -1;

  private final int labelCount;
  private final int[] offsets;
  private final int[] labels;
  private final float[] weights;
  private final int[] commonPlaces;
  private final float[][] commonRows;

  private FeatureConnections(DirectConnections direct, int features) {
    this.labelCount = direct.offsets().length - 1;
    int[] counts = counts(direct, features);
    this.commonPlaces = new int[features];
    this.offsets = new int[features + 1];
    int common = 0;
    for (int feature = 0; feature < features; feature++) {
      boolean isCommon = counts[feature] > Math.max(FEW, labelCount / COMMON);
      commonPlaces[feature] = isCommon ? common++ : NONE;
      offsets[feature + 1] = offsets[feature] + (isCommon ? 0 : counts[feature]);
    }
    this.commonRows = new float[common][labelCount];
    this.labels = new int[offsets[features]];
    this.weights = new float[offsets[features]];
    fill(direct);
  }

  private static int[] counts(DirectConnections direct, int features) {
    int[] counts = new int[features];
    for (int i = 0; i < direct.count(); i++) {
      if (direct.weights()[i] != 0) {
        counts[direct.features()[i]]++;
      }
    }
    return counts;
  }

  private void fill(DirectConnections direct) {
    int[] next = offsets.clone();
    for (int label = 0; label < labelCount; label++) {
      for (int i = direct.offsets()[label]; i < direct.offsets()[label + 1]; i++) {
        int feature = direct.features()[i];
        float weight = direct.weights()[i];
        if (commonPlaces[feature] != NONE) {
          commonRows[commonPlaces[feature]][label] = weight;
        } else if (weight != 0) {
          int at = next[feature]++;
          labels[at] = label;
          weights[at] = weight;
        }
      }
    }
  }

  /// The direct connections of a network as they are now; those of weight zero are left out.
  public static FeatureConnections of(Network network) {
    return of(network.output().direct(), network.spec().input().features());
  }

  /// Connections as they are now; those of weight zero are left out.
  ///
  /// @param features number of features
  static FeatureConnections of(DirectConnections direct, int features) {
    return new FeatureConnections(direct, features);
  }

  /// Number of labels.
  int labelCount() {
    return labelCount;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return labels.length == 0 && commonRows.length == 0;
  }

  /// Bytes that the copy takes.
  public long bytes() {
    return 8L * labels.length + 8L * offsets.length + 4L * labelCount * commonRows.length;
  }

  /// Whether a feature has a dense row.
  boolean isCommon(int feature) {
    return commonPlaces[feature] != NONE;
  }

  /// The weights of a common feature, by label.
  float[] commonRow(int feature) {
    return commonRows[commonPlaces[feature]];
  }

  /// Where each other feature's connections begin.
  int[] offsets() {
    return offsets;
  }

  /// The labels connected.
  int[] labels() {
    return labels;
  }

  /// Weights of the connections.
  float[] weights() {
    return weights;
  }
}
