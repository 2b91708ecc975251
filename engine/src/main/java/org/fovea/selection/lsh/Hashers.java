package org.fovea.selection.lsh;

import org.fovea.spec.HashFamily;
import org.fovea.spec.Selection;

/// Makes the hash functions that a spec asks for.
final class Hashers {

  private Hashers() {}

  static Hasher create(Selection.Lsh spec, HashedRows rows, long seed) {
    int tables = spec.tables();
    int hashes = spec.hashes();
    return switch (spec.family()) {
      case HashFamily.SimHash(boolean asymmetric) ->
          new SimHasher(rows, tables, hashes, asymmetric, seed);
      case HashFamily.WinnerTakesAll(int window) ->
          new WinnerHasher(rows, tables, hashes, window, false, seed);
      case HashFamily.DensifiedWinnerTakesAll(int window) ->
          new WinnerHasher(rows, tables, hashes, window, true, seed);
      case HashFamily.DensifiedMinHash(int top) -> new MinHasher(rows, tables, hashes, top, seed);
      case HashFamily.Clusters(int clusters, int probes) -> {
        if (hashes != 1) {
          throw new IllegalArgumentException(
              "clusters are one hash function a table: hashes must be 1, not " + hashes);
        }
        yield new ClusterHasher(rows, tables, clusters, probes, seed);
      }
    };
  }
}
