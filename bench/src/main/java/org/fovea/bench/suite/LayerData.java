package org.fovea.bench.suite;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.kernel.UnitBlock;

/// A square sparse layer with random connections, and a batch for it: what all systems are given.
public final class LayerData {

  private LayerData() {}

  /// The columns of each row's connections, ascending: places are connected with the same chance.
  public static int[][] columns(int width, double density, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double skip = Math.log1p(-density);
    int[][] columns = new int[width][];
    int[] row = new int[width];
    for (int r = 0; r < width; r++) {
      int count = 0;
      // the gaps between connections follow a geometric law
      double column = Math.floor(Math.log(1 - random.nextDouble()) / skip);
      while (column < width) {
        row[count++] = (int) column;
        column += 1 + Math.floor(Math.log(1 - random.nextDouble()) / skip);
      }
      columns[r] = Arrays.copyOf(row, count);
    }
    return columns;
  }

  /// The connections as the engine keeps them, with weights in `±1`.
  static SparseMatrix matrix(int[][] columns, int width) {
    long count = 0;
    for (int[] row : columns) {
      count += row.length;
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(width, width, count);
    for (int row = 0; row < width; row++) {
      for (int column : columns[row]) {
        builder.add(row, column);
      }
    }
    SparseMatrix matrix = new SparseMatrix(builder.build());
    for (long p = 0; p < count; p++) {
      SparseMatrix.setElement(matrix.weights(), p, weight(p));
    }
    return matrix;
  }

  /// Weight of a connection, by its position.
  public static float weight(long position) {
    return (position * 37 % 201 - 100) / 100f;
  }

  /// A batch of values in `±1`.
  static UnitBlock batch(int width, int batch) {
    UnitBlock block = new UnitBlock(width, batch);
    for (int unit = 0; unit < width; unit++) {
      for (int e = 0; e < batch; e++) {
        block.data()[block.offset(unit) + e] = weight((long) unit * batch + e);
      }
    }
    return block;
  }
}
