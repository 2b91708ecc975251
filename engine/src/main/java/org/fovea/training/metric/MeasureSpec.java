package org.fovea.training.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.network.TopK;
import org.jspecify.annotations.Nullable;

/// What to measure: at which k, with which propensities, with which decision.
///
/// ```java
/// MeasureSpec spec = MeasureSpec.at(1, 3, 5).with(Propensities.of(labelCounts, exampleCount));
/// ```
///
/// **Threads** immutable, safe.
public final class MeasureSpec {

  private final List<Integer> ks;
  private final @Nullable Propensities propensities;
  private final Decision decision;
  private final boolean unlabelledCount;
  private final boolean reliability;

  private MeasureSpec(
      List<Integer> ks,
      @Nullable Propensities propensities,
      Decision decision,
      boolean unlabelledCount,
      boolean reliability) {
    this.ks = ks;
    this.propensities = propensities;
    this.decision = decision;
    this.unlabelledCount = unlabelledCount;
    this.reliability = reliability;
  }

  /// Rankings, measured at each of some k.
  ///
  /// @param ks ascending, from 1 to [TopK#MAX_K]; none when only a decision is to be measured
  public static MeasureSpec at(int... ks) {
    List<Integer> places = new ArrayList<>(ks.length);
    int previous = 0;
    for (int k : ks) {
      if (k <= previous || k > TopK.MAX_K) {
        throw new IllegalArgumentException(
            "k must ascend from 1 to %s: %s after %s".formatted(TopK.MAX_K, k, previous));
      }
      places.add(k);
      previous = k;
    }
    return new MeasureSpec(List.copyOf(places), null, new Decision.None(), false, false);
  }

  /// The same with propensity-scored measures as well.
  public MeasureSpec with(Propensities newPropensities) {
    return new MeasureSpec(ks, newPropensities, decision, unlabelledCount, reliability);
  }

  /// The same with accuracy or F1 as well.
  public MeasureSpec with(Decision newDecision) {
    return new MeasureSpec(ks, propensities, newDecision, unlabelledCount, reliability);
  }

  /// The same with examples that have no true label counted as missed, as the repository's scripts
  /// do, instead of left out.
  public MeasureSpec countingUnlabelled() {
    return new MeasureSpec(ks, propensities, decision, true, reliability);
  }

  /// The same with the reliability of probabilities as well: scores are probabilities.
  public MeasureSpec withReliability() {
    return new MeasureSpec(ks, propensities, decision, unlabelledCount, true);
  }

  /// The places at which rankings are measured, ascending.
  public List<Integer> ks() {
    return ks;
  }

  /// The longest ranking that is looked at, at least 1: the [TopK#k] that suffices, but for
  /// [Decision.Threshold].
  public int largestK() {
    return ks.isEmpty() ? 1 : ks.getLast();
  }

  /// The length of ranking that suffices, also for a threshold: [TopK#MAX_K] for that.
  public int rankingLength() {
    return decision instanceof Decision.Threshold ? TopK.MAX_K : largestK();
  }

  /// Whether the reliability of probabilities is measured.
  public boolean measuresReliability() {
    return reliability;
  }

  /// The propensities, if hits are weighed.
  public Optional<Propensities> propensities() {
    return Optional.ofNullable(propensities);
  }

  /// Which labels count as predicted.
  public Decision decision() {
    return decision;
  }

  /// Whether examples without true labels count as missed; otherwise they are left out.
  public boolean countsUnlabelled() {
    return unlabelledCount;
  }

  @Override
  public String toString() {
    return "MeasureSpec[ks=%s, propensities=%s, decision=%s, countsUnlabelled=%s]"
        .formatted(ks, propensities == null ? "none" : propensities, decision, unlabelledCount);
  }
}
