package org.fovea.selection.lsh;

import org.fovea.kernel.Block;
import org.fovea.network.Team;

/// The hash functions of all tables: from rows and from queries to buckets.
///
/// **Threads** safe once made, each thread with a scratch of its own; rows are read while others
/// write them.
sealed interface Hasher permits SimHasher, WinnerHasher, MinHasher, ClusterHasher {

  /// Number of tables.
  int tables();

  /// Log2 of the number of buckets of a table.
  int addressBits();

  /// Whether [#fitted] learns other hash functions; most families have none to learn.
  default boolean learns() {
    return false;
  }

  /// Measures the rows, where the codes depend on all of them, before all are hashed.
  ///
  /// @return the hasher to use: this one, or one that has learned from the rows
  default Hasher fitted(Team team) {
    return this;
  }

  /// Whether rows have changed so much that all must be hashed again, with a hasher that [#fitted]
  /// returns.
  default boolean outgrown() {
    return false;
  }

  /// Buckets of the rows `rows[from, to)`: `out[(i - from) * tables + table]`.
  void hashRows(int[] rows, int from, int to, HashScratch scratch, int[] out);

  /// Number of buckets of one table that a query can look into, at most `wanted`; 0 stands for what
  /// the family does by itself.
  default int probes(int wanted) {
    return 1;
  }

  /// Buckets of the queries `inputs[from, to)`, into the addresses of the scratch: `[((e - from) *
  /// tables + table) * probes + p]`, the most promising first.
  ///
  /// @param probes a result of [#probes]
  void hashQueries(Block inputs, int from, int to, int probes, HashScratch scratch);

  /// Buckets of one query of which `values[from, to)` at `indices[from, to)` are not zero; as
  /// [#hashQueries].
  void hashSparse(int[] indices, float[] values, int from, int to, int probes, HashScratch scratch);

  /// Multiply-adds, or comparisons, to hash a query with `active` inputs.
  long work(int active);
}
