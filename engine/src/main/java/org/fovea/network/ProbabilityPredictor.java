package org.fovea.network;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.spec.Calibration;

/// Predicts the best labels of each example with their probabilities: sums go over all labels,
/// whatever training sampled.
///
/// **Threads** confined; make one per thread. **Cost** beside the prediction an exponential for
/// each label and example, if the calibration sums.
public final class ProbabilityPredictor {

  private final Predictor predictor;
  private final Calibration calibration;
  private double[] highest = new double[0];
  private double[] sums = new double[0];

  /// A predictor of the calling thread.
  public ProbabilityPredictor(Network network, Calibration calibration) {
    this.predictor = new Predictor(network);
    this.calibration = calibration;
  }

  /// Finds each example's best labels among all of them.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  /// @param best one per example, cleared by the caller; ranked here, their scores are
  ///   probabilities
  public void predict(Batch batch, TopK[] best) {
    int examples = batch.exampleCount();
    if (sums.length < examples) {
      highest = new double[examples];
      sums = new double[examples];
    }
    Arrays.fill(highest, 0, examples, Double.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, examples, 0);
    if (calibration.needsAllLabels()) {
      predictor.predict(batch, best, this::add);
    } else {
      predictor.predict(batch, best);
    }
    for (int e = 0; e < examples; e++) {
      double logSum = highest[e] + Math.log(sums[e]);
      best[e].rank();
      best[e].mapScores(score -> calibration.probability(score, logSum));
    }
  }

  private void add(Block scores, int from, int count, int examples) {
    double scale = calibration.sumScale();
    for (int i = 0; i < count; i++) {
      int start = scores.offset(i);
      for (int e = 0; e < examples; e++) {
        double value = scale * scores.data()[start + e];
        if (value > highest[e]) {
          sums[e] = sums[e] * Math.exp(highest[e] - value) + 1;
          highest[e] = value;
        } else {
          sums[e] += Math.exp(value - highest[e]);
        }
      }
    }
  }

  /// Hands out the net inputs of all labels.
  ///
  /// @param batch examples whose values have been weighted
  /// @param targets one for each example, with room for all labels
  public void netInputs(Batch batch, float[][] targets) {
    TopK[] ignored = new TopK[batch.exampleCount()];
    Arrays.setAll(ignored, _ -> new TopK(1));
    predictor.predict(
        batch,
        ignored,
        (scores, from, count, examples) -> {
          for (int i = 0; i < count; i++) {
            int start = scores.offset(i);
            for (int e = 0; e < examples; e++) {
              targets[e][from + i] = scores.data()[start + e];
            }
          }
        });
  }
}
