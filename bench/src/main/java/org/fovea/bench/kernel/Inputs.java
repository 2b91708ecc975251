package org.fovea.bench.kernel;

import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;

/// Random numbers between -1 and 1 for benchmarks.
final class Inputs {

  private Inputs() {}

  static float[] floats(SplittableRandom random, int count) {
    float[] array = new float[count];
    for (int i = 0; i < count; i++) {
      array[i] = random.nextFloat() * 2 - 1;
    }
    return array;
  }

  static Block block(SplittableRandom random, int rows, int columns) {
    Block block = new Block(rows, columns);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(floats(random, columns), 0, block.data(), block.offset(row), columns);
    }
    return block;
  }

  static RowMatrix matrix(SplittableRandom random, int rows, int columns) {
    RowMatrix matrix = new RowMatrix(rows, columns);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(floats(random, columns), 0, matrix.chunk(row), matrix.offset(row), columns);
    }
    return matrix;
  }
}
