package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// A way to choose the active labels of the output layer, by the name that tables give it.
///
/// @param name as in tables: `simhash-example`
/// @param kind what chooses
/// @param sharing for whom
record OutputSelection(String name, Kind kind, Sharing sharing) {

  /// What chooses.
  enum Kind {
    /// All labels are active.
    FULL,
    /// Drawn uniformly.
    UNIFORM,
    /// Drawn by the square root of the frequency.
    FREQUENCY,
    /// Signed random projections.
    SIMHASH,
    /// Densified winner takes all.
    DWTA,
    /// Learned clusters.
    CLUSTERS
  }

  /// Half of the negatives are found through tables and half drawn, by frequency and corrected.
  private static final int FOUND_SHARE = 2;

  /// All ways.
  static List<OutputSelection> all() {
    List<OutputSelection> all = new ArrayList<>();
    for (Sharing sharing : List.of(Sharing.BATCH, Sharing.EXAMPLE)) {
      String suffix = sharing == Sharing.BATCH ? "-batch" : "-example";
      for (Kind kind :
          List.of(Kind.UNIFORM, Kind.FREQUENCY, Kind.SIMHASH, Kind.DWTA, Kind.CLUSTERS)) {
        all.add(new OutputSelection(kind.name().toLowerCase(Locale.ROOT) + suffix, kind, sharing));
      }
    }
    all.add(new OutputSelection("full", Kind.FULL, Sharing.BATCH));
    return all;
  }

  static OutputSelection of(String name) {
    return all().stream().filter(way -> way.name.equals(name)).findFirst().orElseThrow();
  }

  /// The selection of a layer of some labels that activates about so many besides the true ones.
  Selection spec(int labels, int negatives) {
    return switch (kind) {
      case FULL -> new Selection.All();
      case UNIFORM -> new Selection.Sampled(negatives, 0, sharing, true);
      case FREQUENCY -> new Selection.Sampled(negatives, 0.5, sharing, true);
      case SIMHASH -> tables(new HashFamily.SimHash(true), 16, bits(labels), negatives);
      case DWTA ->
          tables(
              new HashFamily.DensifiedWinnerTakesAll(8),
              16,
              Math.max(2, bits(labels) / 3),
              negatives);
      case CLUSTERS ->
          tables(
              new HashFamily.Clusters(
                  clusters(labels), sharing == Sharing.BATCH ? 1 : Math.min(8, clusters(labels))),
              1,
              1,
              negatives);
    };
  }

  private static int clusters(int labels) {
    return Math.max(16, 2 * (int) Math.sqrt(labels));
  }

  /// So many bits that a bucket holds about 16 labels.
  private static int bits(int labels) {
    return Math.max(4, 32 - Integer.numberOfLeadingZeros(labels / 16));
  }

  private Selection tables(HashFamily family, int tables, int hashes, int negatives) {
    int found = Math.max(1, negatives / FOUND_SHARE);
    return new Selection.Lsh(
        family,
        tables,
        hashes,
        family instanceof HashFamily.Clusters
            ? new BucketPolicy.Unbounded()
            : new BucketPolicy.Reservoir(128),
        new Retrieval.MostFrequent(found),
        Optional.of(new Selection.Sampled(Math.max(1, negatives - found), 0.5, sharing, true)),
        new Rehash.Incremental(50),
        sharing);
  }
}
