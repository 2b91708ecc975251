package org.fovea.bench.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Rows of 128 floats in one kind of memory, with the loops of the kernels reduced to their core,
/// so that nothing but the memory differs. Decision 0001 rests on them.
sealed interface WeightRows {

  /// Floats in a row.
  int COLUMNS = 128;

  /// The vectors.
  VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /// Adds rows to `out`.
  void add(int[] rows, float[] out);

  /// Dot products of rows and `x`.
  void dot(int[] rows, float[] x, float[] out);

  /// Copies rows into `block`.
  void gather(int[] rows, float[] block);

  /// `row -= 1e-9 x` for each of the rows.
  void descend(int[] rows, float[] x);

  /// In an array whose rows start `skip` floats after its first.
  record Heap(float[] data, int skip) implements WeightRows {

    @Override
    public void add(int[] rows, float[] out) {
      final int lanes = FLOATS.length();
      for (int u = 0; u < COLUMNS; u += 4 * lanes) {
        FloatVector sum0 = FloatVector.fromArray(FLOATS, out, u);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, out, u + lanes);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, out, u + 2 * lanes);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, out, u + 3 * lanes);
        for (int row : rows) {
          final int p = skip + row * COLUMNS + u;
          sum0 = sum0.add(FloatVector.fromArray(FLOATS, data, p));
          sum1 = sum1.add(FloatVector.fromArray(FLOATS, data, p + lanes));
          sum2 = sum2.add(FloatVector.fromArray(FLOATS, data, p + 2 * lanes));
          sum3 = sum3.add(FloatVector.fromArray(FLOATS, data, p + 3 * lanes));
        }
        sum0.intoArray(out, u);
        sum1.intoArray(out, u + lanes);
        sum2.intoArray(out, u + 2 * lanes);
        sum3.intoArray(out, u + 3 * lanes);
      }
    }

    @Override
    public void dot(int[] rows, float[] x, float[] out) {
      final int lanes = FLOATS.length();
      for (int i = 0; i < rows.length; i++) {
        final int p = skip + rows[i] * COLUMNS;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        for (int u = 0; u < COLUMNS; u += 2 * lanes) {
          sum0 =
              FloatVector.fromArray(FLOATS, data, p + u)
                  .fma(FloatVector.fromArray(FLOATS, x, u), sum0);
          sum1 =
              FloatVector.fromArray(FLOATS, data, p + u + lanes)
                  .fma(FloatVector.fromArray(FLOATS, x, u + lanes), sum1);
        }
        out[i] = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
      }
    }

    @Override
    public void gather(int[] rows, float[] block) {
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(data, skip + rows[i] * COLUMNS, block, i * COLUMNS, COLUMNS);
      }
    }

    @Override
    public void descend(int[] rows, float[] x) {
      final int lanes = FLOATS.length();
      final FloatVector step = FloatVector.broadcast(FLOATS, -1e-9f);
      for (int row : rows) {
        final int p = skip + row * COLUMNS;
        for (int u = 0; u < COLUMNS; u += lanes) {
          step.fma(FloatVector.fromArray(FLOATS, x, u), FloatVector.fromArray(FLOATS, data, p + u))
              .intoArray(data, p + u);
        }
      }
    }
  }

  /// In native memory whose rows start at multiples of 64 bytes.
  record Native(MemorySegment data) implements WeightRows {

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long FLOAT = Float.BYTES;

    Native(Arena arena, int rowCount) {
      this(arena.allocate(FLOAT * rowCount * COLUMNS, 64));
    }

    private FloatVector at(long p) {
      return FloatVector.fromMemorySegment(FLOATS, data, p * FLOAT, ORDER);
    }

    @Override
    public void add(int[] rows, float[] out) {
      final int lanes = FLOATS.length();
      for (int u = 0; u < COLUMNS; u += 4 * lanes) {
        FloatVector sum0 = FloatVector.fromArray(FLOATS, out, u);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, out, u + lanes);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, out, u + 2 * lanes);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, out, u + 3 * lanes);
        for (int row : rows) {
          final long p = (long) row * COLUMNS + u;
          sum0 = sum0.add(at(p));
          sum1 = sum1.add(at(p + lanes));
          sum2 = sum2.add(at(p + 2L * lanes));
          sum3 = sum3.add(at(p + 3L * lanes));
        }
        sum0.intoArray(out, u);
        sum1.intoArray(out, u + lanes);
        sum2.intoArray(out, u + 2 * lanes);
        sum3.intoArray(out, u + 3 * lanes);
      }
    }

    @Override
    public void dot(int[] rows, float[] x, float[] out) {
      final int lanes = FLOATS.length();
      for (int i = 0; i < rows.length; i++) {
        final long p = (long) rows[i] * COLUMNS;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        for (int u = 0; u < COLUMNS; u += 2 * lanes) {
          sum0 = at(p + u).fma(FloatVector.fromArray(FLOATS, x, u), sum0);
          sum1 = at(p + u + lanes).fma(FloatVector.fromArray(FLOATS, x, u + lanes), sum1);
        }
        out[i] = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
      }
    }

    @Override
    public void gather(int[] rows, float[] block) {
      for (int i = 0; i < rows.length; i++) {
        MemorySegment.copy(
            data, ValueLayout.JAVA_FLOAT, FLOAT * rows[i] * COLUMNS, block, i * COLUMNS, COLUMNS);
      }
    }

    @Override
    public void descend(int[] rows, float[] x) {
      final int lanes = FLOATS.length();
      final FloatVector step = FloatVector.broadcast(FLOATS, -1e-9f);
      for (int row : rows) {
        final long p = (long) row * COLUMNS;
        for (int u = 0; u < COLUMNS; u += lanes) {
          step.fma(FloatVector.fromArray(FLOATS, x, u), at(p + u))
              .intoMemorySegment(data, (p + u) * FLOAT, ORDER);
        }
      }
    }
  }
}
