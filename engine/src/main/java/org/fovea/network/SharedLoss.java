package org.fovea.network;

import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.spec.Loss;

/// The loss of a batch whose examples share one set of active labels, and its gradient with respect
/// to their net inputs.
///
/// **Shapes** net inputs, probabilities and gradients `[active, examples]`, one after the other in
/// the same block.
final class SharedLoss {

  private static final Kernels KERNELS = Kernels.best();
  private static final int ROW_GRAIN = 32;

  private final Loss kind;
  private final ActiveLabels active;
  private final Block net;
  private final Team team;
  private final TrueLabels positives = new TrueLabels();
  private float[] logSums = new float[0];
  private float[] factors = new float[0];
  private double[] rowLoss = new double[0];
  private Batch batch = new Batch();
  private final Team.Phase softmax = this::softmax;
  private final Team.Phase logistic = this::logistic;
  private final Team.Phase scale = this::scale;

  /// @param net net inputs of the active labels, which gradients take the place of
  SharedLoss(Loss kind, ActiveLabels active, Block net, Team team) {
    this.kind = kind;
    this.active = active;
    this.net = net;
    this.team = team;
  }

  /// Turns net inputs into gradients, each times the weight of its example and divided by the
  /// number of examples.
  ///
  /// @return the sum of the examples' losses, each times its weight
  double apply(Batch batch) {
    this.batch = batch;
    resize();
    positives.clear();
    double loss =
        switch (kind) {
          case Loss.Softmax _ -> softmaxLoss(batch, false);
          case Loss.DecoupledSoftmax _ -> softmaxLoss(batch, true);
          case Loss.Logistic _ -> logisticLoss(batch);
          case Loss.Squared _ -> squaredLoss(batch);
          case Loss.Reconstruction _ ->
              throw new IllegalStateException("only sparse output layers reconstruct");
        };
    team.run(active.size(), ROW_GRAIN, scale);
    writePositives(batch);
    return loss;
  }

  private void resize() {
    if (logSums.length < net.stride()) {
      logSums = new float[net.stride()];
      factors = new float[net.stride()];
    }
    if (rowLoss.length < active.size()) {
      rowLoss = new double[active.size() + active.size() / 4];
    }
  }

  /// Softmax over the active labels. Leaves the probabilities in `net`, what each example's are to
  /// be multiplied with in `factors`, and the gradients of the true labels in `positives`.
  private double softmaxLoss(Batch batch, boolean decoupled) {
    int[] offsets = batch.labelOffsets();
    double targets = 0;
    for (int e = 0; e < batch.exampleCount() && !decoupled; e++) {
      double sum = 0;
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        sum += net.at(active.place(batch.labels()[i]), e);
      }
      targets += batch.weights()[e] * (sum / Math.max(1, offsets[e + 1] - offsets[e]));
    }
    team.run(net.stride() / Block.PADDING, 1, softmax);
    double loss = -targets;
    for (int e = 0; e < batch.exampleCount(); e++) {
      float weight = batch.weights()[e];
      float share = weight / batch.exampleCount();
      int first = positives.size();
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        positives.add(net.at(active.place(batch.labels()[i]), e));
      }
      if (offsets[e] == offsets[e + 1]) {
        // an example without labels has nothing to say under a softmax
        factors[e] = 0f;
      } else if (decoupled) {
        float negatives = Math.max(0f, 1 - positives.sum(first));
        loss += weight * positives.decoupledLoss(first, negatives);
        factors[e] = positives.decoupled(first, negatives, share);
      } else {
        loss += weight * (double) logSums[e];
        factors[e] = share;
        positives.crossEntropy(first);
        scale(positives.gradients(), first, share);
      }
    }
    return loss;
  }

  private void scale(float[] gradients, int from, float share) {
    for (int i = from; i < positives.size(); i++) {
      gradients[i] *= share;
    }
  }

  private void softmax(int from, int to, int thread) {
    KERNELS.softmaxColumns(net, logSums, from * Block.PADDING, to * Block.PADDING);
  }

  private double logisticLoss(Batch batch) {
    int[] offsets = batch.labelOffsets();
    double loss = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        loss -= batch.weights()[e] * (double) net.at(active.place(batch.labels()[i]), e);
      }
    }
    team.run(active.size(), ROW_GRAIN, logistic);
    for (int i = 0; i < active.size(); i++) {
      loss += rowLoss[i];
    }
    for (int e = 0; e < batch.exampleCount(); e++) {
      float share = batch.weights()[e] / batch.exampleCount();
      factors[e] = share;
      for (int i = offsets[e]; i < offsets[e + 1]; i++) {
        positives.add(share * (net.at(active.place(batch.labels()[i]), e) - 1f));
      }
    }
    return loss;
  }

  private void logistic(int from, int to, int thread) {
    for (int i = from; i < to; i++) {
      int start = net.offset(i);
      double weighted = batch.isWeighted() ? ExampleWeights.softplus(net, i, batch) : 0;
      double softplus = KERNELS.sigmoid(net.data(), start, start + net.columns());
      rowLoss[i] = batch.isWeighted() ? weighted : softplus;
    }
  }

  /// Leaves `p (p (1 - p))` in `net`, what the squared loss of a label that is not true asks for.
  private double squaredLoss(Batch batch) {
    team.run(active.size(), ROW_GRAIN, logistic);
    double loss = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      float weight = batch.weights()[e];
      float share = weight / batch.exampleCount();
      factors[e] = share;
      for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
        float p = net.at(active.place(batch.labels()[i]), e);
        loss += weight * (0.5 * (1 - 2 * p));
        positives.add(share * (p - 1f) * p * (1 - p));
      }
      for (int i = 0; i < active.size(); i++) {
        int at = net.offset(i) + e;
        float p = net.data()[at];
        loss += weight * (0.5 * p * p);
        net.data()[at] = p * p * (1 - p);
      }
    }
    return loss;
  }

  /// Turns probabilities into gradients, except for the true labels.
  private void scale(int from, int to, int thread) {
    float[] data = net.data();
    for (int i = from; i < to; i++) {
      int start = net.offset(i);
      for (int e = 0; e < net.stride(); e++) {
        data[start + e] *= factors[e];
      }
    }
  }

  private void writePositives(Batch batch) {
    int next = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
        net.data()[net.offset(active.place(batch.labels()[i])) + e] = positives.gradients()[next++];
      }
    }
  }
}
