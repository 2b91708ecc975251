package org.fovea.kernel;

import static org.fovea.kernel.Simd.LANES;

import java.util.Arrays;

/// Products with a [SparseMatrix], vectorised over the batch; narrow batches go to [NarrowSparse].
///
/// A strip of a row's sums stays in registers while every connection of the row adds one unit's
/// activations to it ([VectorSparseSums]). Where the activations of a layer fit no second-level
/// cache, rows are cut into cells of neighbouring units ([SparseCells]), and all rows pass over the
/// units of one cell before those of the next.
///
/// Each sum is one chain of multiply-adds in the order of the connections, so the bits depend
/// neither on strips and cells nor on the rows that a thread was given.
final class VectorSparse {

  private final SparseCells cells;

  VectorSparse(SparseCells cells) {
    this.cells = cells;
  }

  /// See [Kernels#multiplySparse(SparseMatrix, UnitBlock, UnitBlock, int, int, SparseScratch)].
  void multiply(SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to, SparseScratch scratch) {
    final SparsePattern pattern = w.pattern();
    final int columns = pattern.columns();
    final int stride = x.stride();
    int width;
    for (int lane = 0; lane < stride; lane += width) {
      width = width(stride - lane);
      final long count = pattern.offset(to) - pattern.offset(from);
      final int cell = cells.forward(columns, width, count, to - from);
      if (cell >= columns) {
        for (int row = from; row < to; row++) {
          addRow(w, x, y, row, pattern.offset(row), pattern.offset(row + 1), lane, width);
        }
        continue;
      }
      final int[] done = scratch.zeros(to - from);
      for (int first = 0; first < columns; first += cell) {
        final int last = Math.min(columns, first + cell);
        for (int row = from; row < to; row++) {
          final long begin = pattern.offset(row) + done[row - from];
          final long end = pattern.firstFrom(row, begin, last);
          done[row - from] = (int) (end - pattern.offset(row));
          addRow(w, x, y, row, begin, end, lane, width);
        }
      }
    }
  }

  /// Adds the connections `[begin, end)` to a strip of a row's sums.
  private static void addRow(
      SparseMatrix w,
      UnitBlock x,
      UnitBlock y,
      int row,
      long begin,
      long end,
      int lane,
      int width) {
    int n;
    for (long p = begin; p < end; p += n) {
      final int chunk = (int) (p >>> IntChunks.SHIFT);
      final int at = (int) p & IntChunks.MASK;
      n = (int) Math.min(end - p, IntChunks.LENGTH - at);
      VectorSparseSums.add(
          w.weights().chunks()[chunk],
          SparseMatrix.FIRST + at,
          w.pattern().indexChunks()[chunk],
          at,
          n,
          x,
          lane,
          width,
          y.data(),
          y.offset(row) + lane);
    }
  }

  /// See [Kernels#multiplySparseTransposed]: the weights of some columns' connections are gathered,
  /// then it is the same sum, in cells of neighbouring rows. For narrow batches, whose sums are
  /// shorter than what is gathered, rows are scattered instead.
  void multiplyTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    if (y.stride() <= UnitBlock.NARROW) {
      NarrowSparse.scatter(w, y, x, from, to);
      return;
    }
    x.clear(from, to);
    final int many = cells.gathered(w.pattern().rows());
    int next;
    for (int column = from; column < to; column = next) {
      next = column + 1;
      while (next < to && w.columnOffset(next + 1) - w.columnOffset(column) <= many) {
        next++;
      }
      multiplyColumns(w, y, x, column, next, scratch);
    }
  }

  /// The columns `[from, to)`, whose weights are gathered once.
  private void multiplyColumns(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    final int rows = w.pattern().rows();
    final int stride = y.stride();
    final long first = w.columnOffset(from);
    final int count = Math.toIntExact(w.columnOffset(to) - first);
    final float[] weights = scratch.floats(count);
    gather(w, first, count, weights);
    int width;
    for (int lane = 0; lane < stride; lane += width) {
      width = width(stride - lane);
      final int cell = cells.backward(rows, width, count, to - from);
      if (cell >= rows) {
        for (int column = from; column < to; column++) {
          addColumn(
              weights,
              first,
              w,
              y,
              x,
              column,
              w.columnOffset(column),
              w.columnOffset(column + 1),
              lane,
              width);
        }
        continue;
      }
      final int[] done = scratch.zeros(to - from);
      for (int top = 0; top < rows; top += cell) {
        final int bottom = Math.min(rows, top + cell);
        for (int column = from; column < to; column++) {
          final long begin = w.columnOffset(column) + done[column - from];
          final long end = w.sources().firstFrom(begin, w.columnOffset(column + 1), bottom);
          done[column - from] = (int) (end - w.columnOffset(column));
          addColumn(weights, first, w, y, x, column, begin, end, lane, width);
        }
      }
    }
  }

  /// Weights of the entries of the transposed view from `first` on, one after another.
  private static void gather(SparseMatrix w, long first, int count, float[] out) {
    final float[][] weights = w.weights().chunks();
    int n;
    for (int i = 0; i < count; i += n) {
      final long q = first + i;
      final int[] places = w.positions().chunks()[(int) (q >>> IntChunks.SHIFT)];
      final int at = (int) q & IntChunks.MASK;
      n = Math.min(count - i, IntChunks.LENGTH - at);
      if (weights.length == 1) {
        gather(weights[0], places, at, n, out, i);
      } else {
        gather(weights, places, at, n, out, i);
      }
    }
  }

  private static void gather(float[] weights, int[] places, int at, int n, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = weights[SparseMatrix.FIRST + places[at + i]];
    }
  }

  private static void gather(
      float[][] weights, int[] places, int at, int n, float[] out, int outAt) {
    for (int i = 0; i < n; i++) {
      final int place = places[at + i];
      out[outAt + i] =
          weights[place >>> IntChunks.SHIFT][SparseMatrix.FIRST + (place & IntChunks.MASK)];
    }
  }

  /// Adds the entries `[begin, end)` of the transposed view to a strip of a column's sums.
  ///
  /// @param weights of the entries from `first` on
  private static void addColumn(
      float[] weights,
      long first,
      SparseMatrix w,
      UnitBlock y,
      UnitBlock x,
      int column,
      long begin,
      long end,
      int lane,
      int width) {
    int n;
    for (long q = begin; q < end; q += n) {
      final int[] rows = w.sources().chunks()[(int) (q >>> IntChunks.SHIFT)];
      final int at = (int) q & IntChunks.MASK;
      n = (int) Math.min(end - q, IntChunks.LENGTH - at);
      final int from = (int) (q - first);
      final int xAt = x.offset(column) + lane;
      VectorSparseSums.add(weights, from, rows, at, n, y, lane, width, x.data(), xAt);
    }
  }

  /// See [Kernels#sparseGradients(SparsePattern, UnitBlock, UnitBlock, long, long, float[],
  /// SparseScratch)].
  void gradients(
      SparsePattern pattern,
      UnitBlock dy,
      UnitBlock x,
      long from,
      long to,
      float[] out,
      SparseScratch scratch) {
    if (from >= to) {
      return;
    }
    final int columns = pattern.columns();
    final int first = pattern.rowOf(from);
    final int last = pattern.rowOf(to - 1);
    final int cell = cells.gradients(columns, x.stride(), to - from, last - first + 1);
    if (cell >= columns) {
      for (int row = first; row <= last; row++) {
        final long begin = Math.max(from, pattern.offset(row));
        dots(pattern, dy, x, row, begin, Math.min(to, pattern.offset(row + 1)), out, from);
      }
      return;
    }
    final int[] done = scratch.zeros(last - first + 1);
    for (int left = 0; left < columns; left += cell) {
      final int right = Math.min(columns, left + cell);
      for (int row = first; row <= last; row++) {
        final long start = Math.max(from, pattern.offset(row));
        final long begin = start + done[row - first];
        final long end = Math.min(to, pattern.firstFrom(row, begin, right));
        done[row - first] = (int) (end - start);
        dots(pattern, dy, x, row, begin, end, out, from);
      }
    }
  }

  /// Gradients of the connections `[begin, end)` of a row.
  private static void dots(
      SparsePattern pattern,
      UnitBlock dy,
      UnitBlock x,
      int row,
      long begin,
      long end,
      float[] out,
      long outFrom) {
    final int stride = x.stride();
    int n;
    for (long p = begin; p < end; p += n) {
      final int[] units = pattern.indexChunks()[(int) (p >>> IntChunks.SHIFT)];
      final int at = (int) p & IntChunks.MASK;
      n = (int) Math.min(end - p, IntChunks.LENGTH - at);
      final int outAt = (int) (p - outFrom);
      final float[] d = dy.data();
      final int dAt = dy.offset(row);
      if (stride > UnitBlock.NARROW) {
        VectorSparseDots.dots(d, dAt, x.data(), x.offset(0), stride, units, at, n, out, outAt);
      } else if (NarrowSparse.isZero(d, dAt, stride)) {
        Arrays.fill(out, outAt, outAt + n, 0f);
      } else {
        NarrowSparse.dots(d, dAt, x.data(), x.offset(0), stride, units, at, n, out, outAt);
      }
    }
  }

  /// Examples of the next strip: 8, 4, 2 or 1 vectors, or all lanes of a narrow batch.
  private static int width(int left) {
    return left < LANES ? left : LANES * Math.min(8, Integer.highestOneBit(left / LANES));
  }
}
