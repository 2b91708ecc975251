package org.fovea.selection.lsh;

import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;

/// Queries whose answers are known: what an index for prediction is tuned on.
///
/// **Threads** confined.
public interface Queries {

  /// Number of queries.
  int count();

  /// Number of best neurons that a query should find, at most.
  int depth();

  /// Inputs of the layer, one query a row.
  Block inputs();

  /// Begins a query's active set: what is known before the layer's rows are looked at.
  void begin(int query, ActiveSet set);

  /// The neurons that a query should find.
  int[] best(int query);

  /// Queries to rows alone: the best are those with the largest net inputs.
  static Queries of(HashedRows rows, Block inputs, int depth) {
    ExactTop exact = new ExactTop(rows, inputs, depth);
    return new Queries() {
      @Override
      public int count() {
        return inputs.rows();
      }

      @Override
      public int depth() {
        return depth;
      }

      @Override
      public Block inputs() {
        return inputs;
      }

      @Override
      public void begin(int query, ActiveSet set) {
        set.clear();
        set.endRequired();
      }

      @Override
      public int[] best(int query) {
        return exact.ids(query);
      }
    };
  }
}
