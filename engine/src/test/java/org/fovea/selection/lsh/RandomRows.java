package org.fovea.selection.lsh;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.ActiveSet;

/// Random rows and queries for tests of hashing.
final class RandomRows {

  private RandomRows() {}

  /// Rows with normal weights, and biases if asked for.
  static HashedRows normal(int count, int inputs, boolean biased, SplittableRandom random) {
    RowMatrix weights = new RowMatrix(count, inputs);
    RowMatrix bias = new RowMatrix(count, 1);
    for (int row = 0; row < count; row++) {
      redraw(weights, row, random);
      bias.set(row, 0, biased ? (float) random.nextGaussian() : 0f);
    }
    return new HashedRows(weights, bias);
  }

  static void redraw(RowMatrix weights, int row, SplittableRandom random) {
    for (int column = 0; column < weights.columns(); column++) {
      weights.set(row, column, (float) random.nextGaussian());
    }
  }

  /// Normal vectors, one a row.
  static Block queries(int count, int inputs, SplittableRandom random) {
    Block block = new Block(count, inputs);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < inputs; column++) {
        block.data()[block.offset(row) + column] = (float) random.nextGaussian();
      }
    }
    return block;
  }

  /// Copies the members of a set, in order.
  static int[] members(ActiveSet set) {
    return Arrays.copyOf(set.rows(), set.size());
  }

  /// Copies the members of a set, ascending.
  static int[] sorted(ActiveSet set) {
    int[] members = members(set);
    Arrays.sort(members);
    return members;
  }
}
