package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.spec.Loss;

/// Losses over all labels of a network, and their gradients.
///
/// **Threads** confined.
final class LabelLoss {

  private static final Kernels KERNELS = Kernels.best();

  private final Loss loss;
  private final TrueLabels positives = new TrueLabels();
  private float[] logSums = new float[0];

  LabelLoss(Loss loss) {
    this.loss = loss;
  }

  /// Replaces scores by the gradients of the batch's mean loss, where an example counts as its
  /// weight says.
  ///
  /// @param net scores `[labels, examples]`
  /// @return sum of the losses of the examples, each times its weight
  double differentiate(Block net, Batch batch) {
    return switch (loss) {
      case Loss.Softmax _ -> softmax(net, batch, false);
      case Loss.DecoupledSoftmax _ -> softmax(net, batch, true);
      case Loss.Logistic _ -> logistic(net, batch, false);
      case Loss.Squared _ -> logistic(net, batch, true);
      case Loss.Reconstruction _ -> reconstruction(net, batch);
    };
  }

  private static double reconstruction(Block net, Batch batch) {
    int[] offsets = batch.featureOffsets();
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        net.data()[net.offset(batch.features()[i]) + e] -= batch.values()[i];
      }
    }
    float share = 1f / batch.exampleCount();
    float[] weights = batch.weights();
    double sum = 0;
    for (int label = 0; label < net.rows(); label++) {
      int start = net.offset(label);
      for (int e = 0; e < net.columns(); e++) {
        float difference = net.data()[start + e];
        sum += weights[e] * (0.5 * difference * difference);
        net.data()[start + e] = weights[e] * share * difference;
      }
    }
    return sum;
  }

  private double softmax(Block net, Batch batch, boolean decoupled) {
    if (logSums.length < net.stride()) {
      logSums = new float[net.stride()];
    }
    double sum = decoupled ? 0 : -targets(net, batch);
    KERNELS.softmaxColumns(net, logSums);
    int[] offsets = batch.labelOffsets();
    for (int e = 0; e < batch.exampleCount(); e++) {
      float weight = batch.weights()[e];
      float share = weight / batch.exampleCount();
      positives.clear();
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        positives.add(net.at(batch.labels()[i], e));
      }
      // an example without labels has nothing to say under a softmax
      float factor = 0f;
      float trueFactor = 1f;
      if (positives.size() > 0 && decoupled) {
        float negatives = Math.max(0f, 1 - positives.sum(0));
        sum += weight * positives.decoupledLoss(0, negatives);
        factor = positives.decoupled(0, negatives, share);
      } else if (positives.size() > 0) {
        sum += weight * (double) logSums[e];
        positives.crossEntropy(0);
        factor = share;
        trueFactor = share;
      }
      for (int label = 0; label < net.rows(); label++) {
        net.data()[net.offset(label) + e] *= factor;
      }
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        net.data()[net.offset(batch.labels()[i]) + e] =
            trueFactor * positives.gradients()[i - offsets[e]];
      }
    }
    return sum;
  }

  /// Sum over the examples of the mean score of their true labels.
  private static double targets(Block net, Batch batch) {
    int[] offsets = batch.labelOffsets();
    double targets = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      double sum = 0;
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        sum += net.at(batch.labels()[i], e);
      }
      targets += batch.weights()[e] * (sum / Math.max(1, offsets[e + 1] - offsets[e]));
    }
    return targets;
  }

  /// Independent logistic or squared losses.
  private double logistic(Block net, Batch batch, boolean squared) {
    int[] offsets = batch.labelOffsets();
    double sum = 0;
    for (int e = 0; e < batch.exampleCount() && !squared; e++) {
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        sum -= batch.weights()[e] * (double) net.at(batch.labels()[i], e);
      }
    }
    for (int label = 0; label < net.rows(); label++) {
      int start = net.offset(label);
      double weighted = batch.isWeighted() ? ExampleWeights.softplus(net, label, batch) : 0;
      double softplus = KERNELS.sigmoid(net.data(), start, start + net.columns());
      sum += squared ? 0 : batch.isWeighted() ? weighted : softplus;
    }
    for (int e = 0; e < batch.exampleCount(); e++) {
      float weight = batch.weights()[e];
      float share = weight / batch.exampleCount();
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        // p - 1, told from p by its sign: p is never negative
        net.data()[net.offset(batch.labels()[i]) + e] -= 1f;
      }
      for (int label = 0; label < net.rows(); label++) {
        int at = net.offset(label) + e;
        float difference = net.data()[at];
        float slope = 1f;
        if (squared) {
          sum += weight * (0.5 * difference * difference);
          slope = Math.abs(difference) * (1 - Math.abs(difference));
        }
        net.data()[at] = share * difference * slope;
      }
    }
    return sum;
  }
}
