package org.fovea.training;

import java.util.ArrayList;
import java.util.List;

/// The scores of all labels of some examples, those of the true labels exactly and the others in
/// narrow bins, so that the losses of calibrations can be computed again and again.
///
/// **Threads** confined. **Cost** 2 kB an example.
final class ScoreHistograms {

  private static final int BINS = 512;

  /// What scale and offset are drawn towards 1 and 0 with, as so many examples.
  private static final double PRIOR = 1e-2;

  private final List<Example> all = new ArrayList<>();
  private double weight;
  private boolean single = true;

  /// The scores of an example.
  ///
  /// @param highest the largest score
  /// @param width of a bin
  /// @param counts labels by how far they are below the largest score; owned
  /// @param truth scores of the true labels; owned
  /// @param logSum `log sum exp score`
  private record Example(
      double highest, double width, int[] counts, float[] truth, double logSum, double weight) {

    double score(int bin) {
      return highest - (bin + 0.5) * width;
    }
  }

  /// The loss of a calibration, and its derivatives.
  record Slope(
      double loss,
      double scale,
      double offset,
      double scaleScale,
      double scaleOffset,
      double offsetOffset) {}

  /// Adds an example.
  ///
  /// @param scores of all labels
  void add(float[] scores, int[] labels, int from, int to, double exampleWeight) {
    float highest = Float.NEGATIVE_INFINITY;
    float lowest = Float.POSITIVE_INFINITY;
    for (float score : scores) {
      highest = Math.max(highest, score);
      lowest = Math.min(lowest, score);
    }
    double width = Math.max(1e-6, (highest - lowest) / (double) (BINS - 1));
    int[] counts = new int[BINS];
    double sum = 0;
    for (float score : scores) {
      counts[(int) ((highest - score) / width)]++;
      sum += Math.exp(score - highest);
    }
    float[] truth = new float[to - from];
    for (int i = from; i < to; i++) {
      truth[i - from] = scores[labels[i]];
      counts[(int) ((highest - scores[labels[i]]) / width)]--;
    }
    single &= truth.length == 1;
    weight += exampleWeight;
    all.add(new Example(highest, width, counts, truth, highest + Math.log(sum), exampleWeight));
  }

  int examples() {
    return all.size();
  }

  /// Whether each example has exactly one label.
  boolean isSingle() {
    return single;
  }

  /// Mean cross-entropy of a softmax of the scores times a scale.
  double softmaxLoss(double scale) {
    double loss = 0;
    for (Example example : all) {
      double sum = 0;
      for (int bin = 0; bin < BINS; bin++) {
        if (example.counts[bin] > 0) {
          sum += example.counts[bin] * Math.exp(scale * (example.score(bin) - example.highest));
        }
      }
      for (float score : example.truth) {
        sum += Math.exp(scale * (score - example.highest));
      }
      loss += example.weight * (scale * example.highest + Math.log(sum) - scale * example.truth[0]);
    }
    return loss / weight;
  }

  /// Mean over the examples of the sum over all labels of the logistic loss.
  ///
  /// @param share whether scores are logarithms of shares
  Slope sigmoidLoss(double scale, double offset, boolean share) {
    double[] sums = new double[6];
    for (Example example : all) {
      double shift = share ? example.logSum : 0;
      for (int bin = 0; bin < BINS; bin++) {
        if (example.counts[bin] > 0) {
          add(
              sums,
              example.score(bin) - shift,
              scale,
              offset,
              example.weight * example.counts[bin],
              0);
        }
      }
      for (float score : example.truth) {
        add(sums, score - shift, scale, offset, example.weight, 1);
      }
    }
    double prior = PRIOR;
    return new Slope(
        (sums[0] + prior * ((scale - 1) * (scale - 1) + offset * offset) / 2) / weight,
        (sums[1] + prior * (scale - 1)) / weight,
        (sums[2] + prior * offset) / weight,
        (sums[3] + prior) / weight,
        sums[4] / weight,
        (sums[5] + prior) / weight);
  }

  /// Adds a decision: loss, gradient and second derivatives.
  private static void add(
      double[] sums, double score, double scale, double offset, double count, double target) {
    double value = scale * score + offset;
    double p = 1 / (1 + Math.exp(-value));
    double slope = count * p * (1 - p);
    sums[0] +=
        count * (Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value))) - target * value);
    sums[1] += count * (p - target) * score;
    sums[2] += count * (p - target);
    sums[3] += slope * score * score;
    sums[4] += slope * score;
    sums[5] += slope;
  }
}
