package org.fovea.data;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.fovea.data.Examples.HoldOut;

/// Divides a data set into two parts and counts what is in each.
///
/// **Threads** Confined.
final class PartSummary {

  /// Keeps the draw apart from the shuffled order of the same seed.
  private static final long HOLD_OUT_SEEDS = 0xaf251af3b0f025b5L;

  private final DataSummary whole;
  private final String suffix;

  private PartSummary(DataSummary whole, String suffix) {
    this.whole = whole;
    this.suffix = suffix;
  }

  /// @param make makes the examples of a part, with its summary counted by the second argument
  static HoldOut divide(
      Part whole,
      DataSummary summary,
      double share,
      long seed,
      BiFunction<Part, PartSummary, Examples> make) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share from 0 to 1 was expected, " + share + " came");
    }
    long held = Math.round(share * whole.count());
    Permutation order = new Permutation(whole.count(), seed + HOLD_OUT_SEEDS);
    Part training = new Part.Range(whole, order, held, whole.count() - held);
    Part validation = new Part.Range(whole, order, 0, held);
    return new HoldOut(
        make.apply(training, new PartSummary(summary, " (training part)")),
        make.apply(validation, new PartSummary(summary, " (validation part)")));
  }

  /// @param held ids of the validation part, ascending
  static HoldOut divide(
      Part whole, DataSummary summary, long[] held, BiFunction<Part, PartSummary, Examples> make) {
    long[] kept = new long[Math.toIntExact(whole.count() - held.length)];
    int count = 0;
    for (long member = 0; member < whole.count(); member++) {
      long id = whole.idOf(member);
      if (Arrays.binarySearch(held, id) < 0) {
        if (count == kept.length) {
          throw new IllegalArgumentException("ids of examples, each once, were expected");
        }
        kept[count++] = id;
      }
    }
    Arrays.sort(kept);
    return new HoldOut(
        make.apply(new Part.Listed(kept), new PartSummary(summary, " (training part)")),
        make.apply(new Part.Listed(held.clone()), new PartSummary(summary, " (validation part)")));
  }

  /// Counts the examples of the part, read in order and closed here.
  DataSummary summary(ExampleReader examples) {
    SummaryCounter counter =
        new SummaryCounter(whole.name() + suffix, whole.featureCount(), whole.labelCount());
    Batch batch = new Batch();
    try (examples) {
      while (examples.read(batch, 64) > 0) {
        counter.add(batch);
        batch.clear();
      }
    }
    return counter.summary(0);
  }
}
