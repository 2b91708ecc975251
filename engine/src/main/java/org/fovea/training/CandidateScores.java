package org.fovea.training;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.network.DirectScores;
import org.fovea.network.TopK;

/// The likely labels of some examples with their scores in parts, so that they can be ranked with
/// any [Balance].
///
/// **Threads** confined. **Cost** 8 bytes for each example and label kept; a ranking is one pass
/// over them.
final class CandidateScores {

  /// Places of the ranking that count.
  private static final int PLACES = 5;

  /// What a true label is worth at a place: `1 / log2(place + 2)`.
  private static final double[] DISCOUNTS = new double[PLACES];

  /// Lengths of the rankings whose gains are averaged: what comes first counts most.
  private static final int[] LENGTHS = {1, 3, PLACES};

  static {
    for (int place = 0; place < PLACES; place++) {
      DISCOUNTS[place] = Math.log(2) / Math.log(place + 2);
    }
  }

  private final double[] logarithms;
  private final boolean[] present;
  private final int[][] trueLabels;
  private final int[][] labels;
  private final float[][] rest;
  private final float[][] direct;
  private final int[] bestLabels = new int[PLACES];
  private final double[] bestScores = new double[PLACES];

  /// None yet.
  ///
  /// @param examples how many there will be
  /// @param occurrences training examples of each label
  CandidateScores(int examples, long[] occurrences) {
    this.logarithms = new double[occurrences.length];
    Balance unit = new Balance(1, 1);
    Arrays.setAll(logarithms, label -> unit.gain(occurrences[label]));
    this.present = new boolean[occurrences.length];
    this.trueLabels = new int[examples][0];
    this.labels = new int[examples][0];
    this.rest = new float[examples][0];
    this.direct = new float[examples][0];
  }

  /// Adds labels to an example that it does not have yet.
  ///
  /// @param example its number among all
  /// @param batch where it is, at `place`
  /// @param best ranked labels with their scores
  /// @param parts what direct connections, as training left them, add to its labels
  /// @param balance with which the scores were made
  void add(int example, Batch batch, int place, TopK best, DirectScores parts, Balance balance) {
    if (batch.featureOffsets()[place] == batch.featureOffsets()[place + 1]) {
      return;
    }
    trueLabels[example] =
        Arrays.copyOfRange(
            batch.labels(), batch.labelOffsets()[place], batch.labelOffsets()[place + 1]);
    int count = labels[example].length;
    for (int label : labels[example]) {
      present[label] = true;
    }
    int[] ids = Arrays.copyOf(labels[example], count + best.size());
    float[] rests = Arrays.copyOf(rest[example], ids.length);
    float[] directs = Arrays.copyOf(direct[example], ids.length);
    for (int i = 0; i < best.size(); i++) {
      int label = best.id(i);
      if (!present[label]) {
        float ofDirect = parts.of(label);
        ids[count] = label;
        directs[count] = ofDirect;
        rests[count++] =
            (float)
                (best.score(i)
                    - balance.direct() * ofDirect
                    - balance.frequency() * logarithms[label]);
      }
    }
    for (int label : labels[example]) {
      present[label] = false;
    }
    labels[example] = Arrays.copyOf(ids, count);
    rest[example] = Arrays.copyOf(rests, count);
    direct[example] = Arrays.copyOf(directs, count);
  }

  /// How well the examples are ranked: the mean of nDCG@1, nDCG@3 and nDCG@5.
  double quality(Balance balance) {
    double sum = 0;
    int ranked = 0;
    for (int example = 0; example < labels.length; example++) {
      if (trueLabels[example].length > 0) {
        rank(example, balance);
        sum += gain(trueLabels[example]);
        ranked++;
      }
    }
    return ranked == 0 ? 0 : sum / ranked;
  }

  private void rank(int example, Balance balance) {
    Arrays.fill(bestScores, Double.NEGATIVE_INFINITY);
    Arrays.fill(bestLabels, -1);
    int[] ids = labels[example];
    for (int i = 0; i < ids.length; i++) {
      double score =
          rest[example][i]
              + balance.direct() * direct[example][i]
              + balance.frequency() * logarithms[ids[i]];
      if (score > bestScores[PLACES - 1]) {
        insert(ids[i], score);
      }
    }
  }

  private void insert(int label, double score) {
    int place = PLACES - 1;
    while (place > 0 && score > bestScores[place - 1]) {
      bestScores[place] = bestScores[place - 1];
      bestLabels[place] = bestLabels[place - 1];
      place--;
    }
    bestScores[place] = score;
    bestLabels[place] = label;
  }

  private double gain(int[] truth) {
    double sum = 0;
    double gained = 0;
    double possible = 0;
    int place = 0;
    for (int length : LENGTHS) {
      for (; place < length; place++) {
        gained += Arrays.binarySearch(truth, bestLabels[place]) >= 0 ? DISCOUNTS[place] : 0;
        possible += place < truth.length ? DISCOUNTS[place] : 0;
      }
      sum += gained / possible;
    }
    return sum / LENGTHS.length;
  }
}
