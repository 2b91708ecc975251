package org.fovea.selection;

import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// Adds neurons drawn at random to those that are required.
///
/// `n` neurons are drawn with replacement, neuron `j` with probability `q_j` in proportion to `(f_j
/// + 1)^power`, where `f_j` is its label's frequency; so every neuron may be drawn. One that is
///   drawn again, or is required, is in the set once: the set grows by at most `n`.
///
/// The correction of a member is the log of the probability that it would be in the set if it were
/// not required, which for a set is the expected number of its draws:
///
/// - sets of one example: `log(1 - (1 - q_j)^n)`;
/// - sets shared by a batch, where the labels of the other examples are negatives too (mixed
///   negative sampling): `log(1 - (1 - q_j)^n (1 - p_j)^m)`, with `p_j` the share of the label
///   among all labels and `m` the number of labels in the batch, estimated from the number of
///   different ones.
///
/// It is written for required members too. The softmax over the set with logits reduced by it
/// estimates which member is the label given that the set came about as it did: where the model is
/// right, the gradient of its loss is zero in expectation for any `n` (but for the slight
/// dependence of the draws on each other), and as `n` grows it becomes the gradient of the full
/// softmax.
///
/// **Threads** safe: nothing changes after construction. **Cost** O(n) a set, no allocation.
/// **Source** Jean and others, ACL 2015, arXiv:1412.2007, section 3; Yang and others, WWW 2020.
/// **Differs** draws are merged into a set and weighed by the probability of inclusion, not
/// counted.
public final class SampledSelector implements Selector {

  private final int neurons;
  private final int count;
  private final boolean shared;
  private final boolean correction;
  private final boolean uniform;
  private final AliasTable table;
  private final LabelDraws labelDraws;

  /// By neuron `n log(1 - q_j)`, or one entry if all are alike.
  private final float[] logUndrawn;

  /// By neuron `log(1 - p_j)`, or one entry if all are alike.
  private final float[] logNoLabel;

  /// A selector over the neurons `[0, neurons)`.
  ///
  /// @param labelFrequencies by neuron, or empty if they are not known
  /// @throws IllegalArgumentException if there are frequencies, but not one for each neuron, or a
  ///   negative one
  public SampledSelector(Selection.Sampled spec, int neurons, int[] labelFrequencies) {
    if (labelFrequencies.length != 0 && labelFrequencies.length != neurons) {
      throw new IllegalArgumentException(
          "expected a frequency for each of %s neurons, not %s"
              .formatted(neurons, labelFrequencies.length));
    }
    for (int label = 0; label < labelFrequencies.length; label++) {
      if (labelFrequencies[label] < 0) {
        throw new IllegalArgumentException(
            "frequency of label %s is negative: %s".formatted(label, labelFrequencies[label]));
      }
    }
    this.neurons = neurons;
    this.count = spec.count();
    this.shared = spec.sharing() == Sharing.BATCH;
    this.correction = spec.correction();
    boolean alike = labelFrequencies.length == 0;
    this.uniform = alike || spec.power() == 0;
    int[] frequencies = alike ? new int[] {0} : labelFrequencies;
    double[] weights = powers(frequencies, uniform ? 0 : spec.power());
    this.table = new AliasTable(weights);
    this.logUndrawn =
        uniform
            ? new float[] {(float) (count * logMiss(1, neurons))}
            : logMisses(weights, sum(weights), count);
    double[] smoothed = powers(frequencies, 1);
    double labelTotal = alike ? neurons : sum(smoothed);
    this.logNoLabel = logMisses(smoothed, labelTotal, 1);
    this.labelDraws = new LabelDraws(alike ? new int[neurons] : labelFrequencies, labelTotal);
  }

  private static double[] powers(int[] frequencies, double power) {
    double[] powers = new double[frequencies.length];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.pow(frequencies[i] + 1.0, power);
    }
    return powers;
  }

  private static double sum(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static double logMiss(double weight, double total) {
    return Math.log1p(-Math.min(weight / total, 1 - 1e-12));
  }

  private static float[] logMisses(double[] weights, double total, int draws) {
    float[] logs = new float[weights.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) (draws * logMiss(weights[i], total));
    }
    return logs;
  }

  @Override
  public Scratch newScratch() {
    return Nothing.NOTHING;
  }

  @Override
  public boolean shared() {
    return shared;
  }

  @Override
  public int limit() {
    return count;
  }

  /// {@inheritDoc}
  ///
  /// When predicting, nothing is added and the corrections are zero.
  @Override
  public void select(
      Block inputs,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    draw(set, random, training);
  }

  @Override
  public void selectSparse(
      int[] indices,
      float[] values,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    draw(set, random, training);
  }

  private void draw(ActiveSet set, RandomGenerator random, boolean training) {
    if (!training) {
      return;
    }
    if (uniform) {
      for (int i = 0; i < count; i++) {
        set.add((int) (((random.nextLong() >>> 32) * neurons) >>> 32));
      }
    } else {
      for (int i = 0; i < count; i++) {
        set.add(table.draw(random));
      }
    }
    if (correction) {
      correct(set);
    }
  }

  private void correct(ActiveSet set) {
    double labels = shared ? labelDraws.draws(set.requiredCount()) : 0;
    int[] rows = set.rows();
    float[] corrections = set.corrections();
    for (int place = 0; place < set.size(); place++) {
      corrections[place] = (float) logInclusion(rows[place], labels);
    }
  }

  /// The log of the probability that a neuron is drawn at least once, or is one of `labels` labels.
  double logInclusion(int row, double labels) {
    double logMissed = logUndrawn[logUndrawn.length == 1 ? 0 : row];
    if (labels > 0) {
      logMissed += labels * logNoLabel[logNoLabel.length == 1 ? 0 : row];
    }
    return Math.log(-Math.expm1(logMissed));
  }

  /// Does nothing: the draws do not depend on the weights.
  @Override
  public void rowsChanged(int[] rows, int from, int to) {}

  /// Does nothing: the draws do not depend on the weights.
  @Override
  public void maintain(long batch) {}

  /// Does nothing: the draws do not depend on the weights.
  @Override
  public void refresh() {}

  @Override
  public long work(Scratch scratch) {
    return 0;
  }

  @Override
  public void close() {}

  /// Drawing needs no working memory.
  private enum Nothing implements Scratch {
    NOTHING
  }
}
