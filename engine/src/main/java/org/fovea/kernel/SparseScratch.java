package org.fovea.kernel;

import java.util.Arrays;

/// Room for the products with a [SparseMatrix]: each grows to what a layer needs, then stays.
///
/// **Threads** confined to one thread at a time.
public final class SparseScratch {

  private int[] integers = new int[0];
  private final Block piece = new Block();
  private final Block sums = new Block();
  private final Block terms = new Block();

  /// Empty room.
  public SparseScratch() {}

  /// At least `count` integers, the first `count` zero.
  int[] zeros(int count) {
    if (integers.length < count) {
      integers = new int[count];
    } else {
      Arrays.fill(integers, 0, count, 0);
    }
    return integers;
  }

  /// A piece of a matrix, of any values.
  Block piece(int rows, int columns) {
    piece.resize(rows, columns);
    return piece;
  }

  /// Sums, of any values.
  Block sums(int rows, int columns) {
    sums.resize(rows, columns);
    return sums;
  }

  /// The units `[from, to)` of a batch, padding included.
  Block terms(UnitBlock batch, int from, int to) {
    terms.resize(to - from, batch.stride());
    System.arraycopy(
        batch.data(), batch.offset(from), terms.data(), 0, (to - from) * batch.stride());
    return terms;
  }
}
