package org.fovea.network;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.kernel.Kernels;

/// What the direct connections add to the labels of one example: its features' connections summed
/// by label.
///
/// The rare features are added up at once; they say which labels are likely. What the common ones
/// add is looked up for the labels that are asked for.
///
/// **Threads** confined. **Cost** a multiply-add for each connection of the example's rare
/// features, and one for each common feature and label asked for; 8 bytes a label; nothing is
/// allocated once grown.
public final class DirectScores {

  private static final Kernels KERNELS = Kernels.best();

  /// Labels that direct connections alone put into an active set.
  private static final int SPOKEN_FOR = 256;

  private final FeatureConnections connections;
  private final float[] scores;
  private final int[] stamp;
  private final TopK best = new TopK(SPOKEN_FOR);
  private int currentStamp = 1;
  private int[] reached = new int[64];
  private int size;
  private int[] common = new int[8];
  private float[] commonValues = new float[8];
  private int commonCount;

  /// Scores over the labels that some connections reach.
  public DirectScores(FeatureConnections connections) {
    this.connections = connections;
    int labels = connections.isEmpty() ? 0 : connections.labelCount();
    this.scores = new float[labels];
    this.stamp = new int[labels];
  }

  /// Whether there are no connections, so that every score is zero.
  public boolean isEmpty() {
    return connections.isEmpty();
  }

  /// Scores the labels for one example of a batch.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  public void compute(Batch batch, int example) {
    if (isEmpty()) {
      return;
    }
    if (++currentStamp == 0) {
      Arrays.fill(stamp, 0);
      currentStamp = 1;
    }
    size = 0;
    commonCount = 0;
    int[] offsets = connections.offsets();
    int end = batch.featureOffsets()[example + 1];
    for (int i = batch.featureOffsets()[example]; i < end; i++) {
      int feature = batch.features()[i];
      if (connections.isCommon(feature)) {
        addCommon(feature, batch.values()[i]);
      } else {
        add(batch.values()[i], offsets[feature], offsets[feature + 1]);
      }
    }
  }

  private void addCommon(int feature, float value) {
    if (commonCount == common.length) {
      common = Arrays.copyOf(common, 2 * commonCount);
      commonValues = Arrays.copyOf(commonValues, 2 * commonCount);
    }
    common[commonCount] = feature;
    commonValues[commonCount++] = value;
  }

  private void add(float value, int from, int to) {
    int[] labels = connections.labels();
    float[] weights = connections.weights();
    if (reached.length < size + to - from) {
      reached = Arrays.copyOf(reached, Math.max(2 * reached.length, size + to - from));
    }
    int count = size;
    for (int i = from; i < to; i++) {
      int label = labels[i];
      if (stamp[label] == currentStamp) {
        scores[label] += value * weights[i];
      } else {
        stamp[label] = currentStamp;
        scores[label] = value * weights[i];
        reached[count++] = label;
      }
    }
    size = count;
  }

  /// What is added to a label's net input.
  public float of(int label) {
    if (isEmpty()) {
      return 0f;
    }
    float sum = ofRareFeatures(label);
    for (int i = 0; i < commonCount; i++) {
      sum += commonValues[i] * connections.commonRow(common[i])[label];
    }
    return sum;
  }

  /// The part of a label's score that rare features give: a good guess of which labels have the
  /// greatest.
  public float ofRareFeatures(int label) {
    return !isEmpty() && stamp[label] == currentStamp ? scores[label] : 0f;
  }

  /// Adds the scores of the labels `[from, from + count)` to net inputs.
  ///
  /// @param netInputs the label `from` is at place 0
  public void addTo(int from, int count, float[] netInputs) {
    if (isEmpty()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      netInputs[i] += ofRareFeatures(from + i);
    }
    for (int i = 0; i < commonCount; i++) {
      KERNELS.addScaled(
          commonValues[i], connections.commonRow(common[i]), from, netInputs, 0, count);
    }
  }

  /// Begins the active set of an example in prediction: with the labels that its features'
  /// connections speak for most, and with the scores as head starts for selectors to know.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  public void begin(Batch batch, int example, ActiveSet set) {
    set.clear();
    if (!isEmpty()) {
      compute(batch, example);
      addBest(set);
      set.headStarts(this);
    }
    set.endRequired();
  }

  private void addBest(ActiveSet set) {
    best.clear();
    for (int i = 0; i < size; i++) {
      float score = scores[reached[i]];
      if (score > 0) {
        best.offer(reached[i], score);
      }
    }
    best.rank();
    for (int place = 0; place < best.size(); place++) {
      set.add(best.id(place));
    }
  }
}
