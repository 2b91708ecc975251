package org.fovea.training.metric;

import java.util.Arrays;
import java.util.Map;
import org.fovea.network.TopK;

/// For each label how often it was predicted, true, and both.
///
/// `F1_l = 2 both_l / (predicted_l + true_l)`; micro F1 is the same of the totals; macro F1 is the
/// mean of F1_l over the labels that were predicted or true at least once (others have no F1).
final class DecisionCounts {

  private final Decision decision;
  private final long[] hits;
  private final long[] predictions;
  private final long[] truths;
  private long exampleCount;

  DecisionCounts(Decision decision, int labelCount) {
    this.decision = decision;
    hits = new long[labelCount];
    predictions = new long[labelCount];
    truths = new long[labelCount];
  }

  /// Checks an example before anything is counted.
  void check(TopK ranked, int[] labels, int from, int to) {
    if (decision instanceof Decision.Best && to - from != 1) {
      throw new IllegalArgumentException(
          "example %s has %s labels, accuracy needs exactly one"
              .formatted(exampleCount, to - from));
    }
    if (to > from && labels[to - 1] >= truths.length) {
      throw unknown("true label", labels[to - 1]);
    }
    for (int place = 0; place < decidedCount(ranked); place++) {
      int id = ranked.id(place);
      if (id < 0 || id >= truths.length) {
        throw unknown("predicted label", id);
      }
    }
  }

  void add(TopK ranked, int[] labels, int from, int to) {
    int count = decidedCount(ranked);
    for (int place = 0; place < count; place++) {
      int id = ranked.id(place);
      predictions[id]++;
      if (Arrays.binarySearch(labels, from, to, id) >= 0) {
        hits[id]++;
      }
    }
    for (int index = from; index < to; index++) {
      truths[labels[index]]++;
    }
    exampleCount++;
  }

  private int decidedCount(TopK ranked) {
    return switch (decision) {
      case Decision.None() -> 0;
      case Decision.Best(int _) -> Math.min(1, ranked.size());
      case Decision.Threshold(int _, float threshold) -> {
        int count = 0;
        while (count < ranked.size() && ranked.score(count) >= threshold) {
          count++;
        }
        yield count;
      }
    };
  }

  private IllegalArgumentException unknown(String what, int label) {
    return new IllegalArgumentException(
        "example %s: %s %s of %s labels".formatted(exampleCount, what, label, truths.length));
  }

  void addAll(DecisionCounts other) {
    for (int label = 0; label < truths.length; label++) {
      hits[label] += other.hits[label];
      predictions[label] += other.predictions[label];
      truths[label] += other.truths[label];
    }
    exampleCount += other.exampleCount;
  }

  void report(Map<String, Number> values) {
    long hitSum = 0;
    long markSum = 0;
    long predictionSum = 0;
    long truthSum = 0;
    double precisionSum = 0;
    double recallSum = 0;
    double f1Sum = 0;
    int labelsSeen = 0;
    for (int label = 0; label < truths.length; label++) {
      long marks = predictions[label] + truths[label];
      if (marks > 0) {
        hitSum += hits[label];
        markSum += marks;
        predictionSum += predictions[label];
        truthSum += truths[label];
        precisionSum += (double) hits[label] / Math.max(1, predictions[label]);
        recallSum += (double) hits[label] / Math.max(1, truths[label]);
        f1Sum += 2.0 * hits[label] / marks;
        labelsSeen++;
      }
    }
    if (decision instanceof Decision.Best) {
      values.put("accuracy", (double) hitSum / exampleCount);
    }
    values.put("micro-F1", markSum == 0 ? 0.0 : 2.0 * hitSum / markSum);
    values.put("macro-F1", labelsSeen == 0 ? 0.0 : f1Sum / labelsSeen);
    if (decision instanceof Decision.Threshold) {
      values.put("micro-precision", (double) hitSum / Math.max(1, predictionSum));
      values.put("micro-recall", (double) hitSum / Math.max(1, truthSum));
      values.put("macro-precision", precisionSum / Math.max(1, labelsSeen));
      values.put("macro-recall", recallSum / Math.max(1, labelsSeen));
    }
  }
}
