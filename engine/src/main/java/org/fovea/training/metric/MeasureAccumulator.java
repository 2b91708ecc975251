package org.fovea.training.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.fovea.network.TopK;

/// Measures predictions, one example at a time.
///
/// Examples without true labels are left out and counted as such, unless the spec says otherwise;
/// for examples without features the caller decides, with [#leaveOut]. Fewer predictions than k are
/// allowed: the missing ones are misses, and k stays the divisor.
///
/// **Threads** confined; give each thread its own and [#merge] them. The order of the examples and
/// of the merging does not change the result, not even its last bit. **Cost** O(k log labels) an
/// example, no allocation; a few numbers for each k, and 24 bytes a label with a [Decision].
public final class MeasureAccumulator {

  private final MeasureSpec spec;
  private final RankingSums rankings;
  private final DecisionCounts decisions;
  private final boolean decides;
  private final int propensityCount;
  private final int[] sortedIds = new int[TopK.MAX_K];
  private final ReliabilitySums reliability = new ReliabilitySums();
  private long exampleCount;
  private long leftOutCount;

  /// An accumulator that has seen nothing.
  public MeasureAccumulator(MeasureSpec spec) {
    this.spec = spec;
    rankings = new RankingSums(spec);
    int decidedLabels =
        switch (spec.decision()) {
          case Decision.None() -> 0;
          case Decision.Best(int labelCount) -> labelCount;
          case Decision.Threshold(int labelCount, float _) -> labelCount;
        };
    decides = decidedLabels > 0;
    decisions = new DecisionCounts(spec.decision(), decidedLabels);
    propensityCount = spec.propensities().map(Propensities::labelCount).orElse(Integer.MAX_VALUE);
  }

  /// Adds an example.
  ///
  /// @param ranked the finished ranking; what is beyond the largest k is used by a threshold only
  /// @param labels where the true labels are, ascending, each once
  /// @param from the first of the example's true labels in `labels`
  /// @param to the end of them
  /// @throws IllegalArgumentException if the labels do not ascend, a prediction is repeated, or a
  ///   label has no propensity or is beyond the label count; nothing is counted then
  public void add(TopK ranked, int[] labels, int from, int to) {
    Objects.checkFromToIndex(from, to, labels.length);
    checkRanking(ranked);
    checkLabels(labels, from, to);
    if (from == to && !spec.countsUnlabelled()) {
      leftOutCount++;
      return;
    }
    if (decides) {
      decisions.check(ranked, labels, from, to);
      decisions.add(ranked, labels, from, to);
    }
    rankings.add(ranked, labels, from, to);
    if (spec.measuresReliability()) {
      reliability.add(ranked, labels, from, to);
    }
    exampleCount++;
  }

  /// Counts an example as left out: one that has no features, for instance.
  public void leaveOut() {
    leftOutCount++;
  }

  /// Adds all that another accumulator has seen.
  ///
  /// @param other one of the same spec, or of one that asks for the same; left unchanged
  public void merge(MeasureAccumulator other) {
    if (other == this || !compatible(other.spec)) {
      throw new IllegalArgumentException(
          "cannot merge " + other.spec + (other == this ? " with itself" : " into " + spec));
    }
    rankings.addAll(other.rankings);
    decisions.addAll(other.decisions);
    reliability.addAll(other.reliability);
    exampleCount += other.exampleCount;
    leftOutCount += other.leftOutCount;
  }

  /// What was measured so far; more may be added afterwards.
  public Measures measures() {
    LinkedHashMap<String, Number> values = new LinkedHashMap<>();
    if (exampleCount > 0) {
      rankings.report(exampleCount, values);
      if (decides) {
        decisions.report(values);
      }
      if (spec.measuresReliability()) {
        reliability.report(values);
      }
    }
    values.put(Measures.EXAMPLES, exampleCount);
    values.put(Measures.LEFT_OUT, leftOutCount);
    return new Measures(values);
  }

  private boolean compatible(MeasureSpec other) {
    return spec.ks().equals(other.ks())
        && spec.measuresReliability() == other.measuresReliability()
        && spec.decision().equals(other.decision())
        && spec.countsUnlabelled() == other.countsUnlabelled()
        && spec.propensities().equals(other.propensities());
  }

  private void checkRanking(TopK ranked) {
    int count = ranked.size();
    for (int place = 0; place < count; place++) {
      sortedIds[place] = ranked.id(place);
    }
    Arrays.sort(sortedIds, 0, count);
    for (int index = 1; index < count; index++) {
      if (sortedIds[index] == sortedIds[index - 1]) {
        throw refused("label " + sortedIds[index] + " is predicted twice");
      }
    }
  }

  private void checkLabels(int[] labels, int from, int to) {
    for (int index = from; index < to; index++) {
      int label = labels[index];
      if (label < 0 || (index > from && label <= labels[index - 1])) {
        throw refused(
            index == from
                ? "true label " + label + " is negative"
                : "true labels must ascend: " + label + " after " + labels[index - 1]);
      }
    }
    if (to > from && labels[to - 1] >= propensityCount) {
      throw refused(
          "true label " + labels[to - 1] + " has no propensity, only " + propensityCount + " have");
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("example " + (exampleCount + leftOutCount) + ": " + why);
  }
}
