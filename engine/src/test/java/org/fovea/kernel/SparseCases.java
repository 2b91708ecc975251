package org.fovea.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Random sparse matrices and batches for kernel tests.
final class SparseCases {

  /// Narrow batches, one and several vectors, and strips of every width.
  static final int[] BATCHES = {
    1, 2, 3, 4, 5, 8, 9, 16, 17, 31, 33, 64, 100, 128, 130, 200, 256, 300
  };

  private SparseCases() {}

  /// A matrix with a random number of random connections, none and all included.
  static SparseMatrix matrix(SplittableRandom random, int rows, int columns) {
    long places = (long) rows * columns;
    long count =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1 -> places;
          default -> places == 0 ? 0 : random.nextLong(places);
        };
    SparseMatrix matrix = new SparseMatrix(pattern(random, rows, columns, count));
    for (long p = 0; p < count; p++) {
      SparseMatrix.setElement(matrix.weights(), p, Cases.number(random));
    }
    return matrix;
  }

  static SparsePattern pattern(SplittableRandom random, int rows, int columns, long count) {
    TreeSet<Long> places = new TreeSet<>();
    long all = (long) rows * columns;
    if (count == all) {
      for (long place = 0; place < all; place++) {
        places.add(place);
      }
    }
    while (places.size() < count) {
      places.add(random.nextLong(all));
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(rows, columns, count);
    for (long place : places) {
      builder.add((int) (place / columns), (int) (place % columns));
    }
    return builder.build();
  }

  /// Activations, their padding finite, or zero for gradients.
  static UnitBlock units(SplittableRandom random, int units, int batch, boolean zeroPadding) {
    UnitBlock block = new UnitBlock(units, batch);
    for (int unit = 0; unit < units; unit++) {
      for (int e = 0; e < (zeroPadding ? batch : block.stride()); e++) {
        block.data()[block.offset(unit) + e] = Cases.number(random);
      }
    }
    return block;
  }

  static SparseMatrix absolute(SparseMatrix matrix) {
    SparseMatrix copy = new SparseMatrix(matrix.pattern());
    for (long p = 0; p < matrix.count(); p++) {
      SparseMatrix.setElement(copy.weights(), p, Math.abs(matrix.weight(p)));
    }
    return copy;
  }

  static UnitBlock absolute(UnitBlock block) {
    UnitBlock copy = copy(block);
    for (int i = 0; i < copy.data().length; i++) {
      copy.data()[i] = Math.abs(copy.data()[i]);
    }
    return copy;
  }

  static UnitBlock copy(UnitBlock block) {
    UnitBlock copy = new UnitBlock(block.units(), block.batch());
    System.arraycopy(block.data(), 0, copy.data(), 0, copy.data().length);
    return copy;
  }

  /// The same inputs by unit, without the zeros.
  static SparseUnits sparse(UnitBlock block) {
    int[] begins = new int[block.units()];
    int[] ends = new int[block.units()];
    int[] examples = new int[block.units() * block.batch()];
    float[] values = new float[examples.length];
    int size = 0;
    for (int unit = 0; unit < block.units(); unit++) {
      begins[unit] = size;
      for (int e = 0; e < block.batch(); e++) {
        if (block.at(unit, e) != 0) {
          examples[size] = e;
          values[size++] = block.at(unit, e);
        }
      }
      ends[unit] = size;
    }
    return new SparseUnits(
        begins, ends, Arrays.copyOf(examples, size), Arrays.copyOf(values, size));
  }
}
