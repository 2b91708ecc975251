package org.fovea.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Draws examples so that each class is drawn in proportion.
///
/// **Threads** Immutable once made; safe. **Cost** 8 bytes an example.
public final class Strata {

  /// Keeps draws apart from other orders of the same seed.
  private static final long SEEDS = 0x5851f42d4c957f2dL;

  private final long[][] members;
  private final long count;

  private Strata(long[][] members) {
    this.members = members;
    this.count = Arrays.stream(members).mapToLong(ids -> ids.length).sum();
  }

  /// The examples by their label.
  ///
  /// @throws IllegalArgumentException if an example has not exactly one
  public static Strata byLabel(Examples examples) {
    DataSummary summary = examples.summary();
    if (summary.unlabelledCount() > 0 || summary.labelEntryCount() != summary.exampleCount()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "one label an example was expected, %.2f of an average example came",
              summary.labelsPerExample()));
    }
    long[][] members = new long[summary.labelCount()][];
    for (int label = 0; label < members.length; label++) {
      members[label] = new long[Math.toIntExact(summary.labelFrequencies().of(label))];
    }
    int[] counts = new int[members.length];
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, 64) > 0) {
        for (int i = 0; i < batch.exampleCount(); i++) {
          int label = batch.labels()[i];
          members[label][counts[label]++] = batch.exampleIds()[i];
        }
        batch.clear();
      }
    }
    return new Strata(members);
  }

  /// All examples alike.
  public static Strata alike(Examples examples) {
    long[] members = new long[Math.toIntExact(examples.summary().exampleCount())];
    int count = 0;
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, 64) > 0) {
        for (int i = 0; i < batch.exampleCount(); i++) {
          members[count++] = batch.exampleIds()[i];
        }
        batch.clear();
      }
    }
    return new Strata(new long[][] {members});
  }

  /// Draws a share of the examples: rounded to whole examples, and less than one away from the
  /// share in each class.
  ///
  /// @param share from 0 to 1
  /// @return ids, ascending
  public long[] draw(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share from 0 to 1 was expected, " + share + " came");
    }
    int[] wanted = new int[members.length];
    double[] left = new double[members.length];
    long open = Math.round(share * count);
    for (int c = 0; c < members.length; c++) {
      double exact = share * members[c].length;
      wanted[c] = (int) exact;
      left[c] = exact - wanted[c];
      open -= wanted[c];
    }
    int[] order =
        IntStream.range(0, members.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -left[c]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < open; i++) {
      wanted[order[i]]++;
    }
    long[] drawn = new long[Arrays.stream(wanted).sum()];
    int at = 0;
    for (int c = 0; c < members.length; c++) {
      Permutation shuffled = order(c, seed);
      for (int i = 0; i < wanted[c]; i++) {
        drawn[at++] = members[c][(int) shuffled.at(i)];
      }
    }
    Arrays.sort(drawn);
    return drawn;
  }

  /// Divides the examples into folds: each is in one, and the sizes of folds, and of a class in the
  /// folds, differ by at most one.
  ///
  /// @param folds from 2 to the number of examples
  /// @return ids of each fold, ascending
  public List<long[]> folds(int folds, long seed) {
    if (folds < 2 || folds > count) {
      throw new IllegalArgumentException(
          "2 to " + count + " folds were expected, " + folds + " came");
    }
    long[][] ids = new long[folds][(int) ((count + folds - 1) / folds)];
    int[] sizes = new int[folds];
    int next = 0;
    for (int c = 0; c < members.length; c++) {
      Permutation shuffled = order(c, seed);
      for (int i = 0; i < members[c].length; i++) {
        ids[next][sizes[next]++] = members[c][(int) shuffled.at(i)];
        next = (next + 1) % folds;
      }
    }
    List<long[]> all = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      long[] fold = Arrays.copyOf(ids[f], sizes[f]);
      Arrays.sort(fold);
      all.add(fold);
    }
    return all;
  }

  private Permutation order(int stratum, long seed) {
    return new Permutation(members[stratum].length, SEEDS * (stratum + 1) + seed);
  }
}
