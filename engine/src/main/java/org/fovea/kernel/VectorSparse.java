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

  /// See [Kernels#multiplySparseTransposed]: a strip of a row's numbers stays in registers, and
  /// each connection of the row adds it, weighted, to its unit. So weights are read where they lie,
  /// one after another, and only the units of a cell are written in no order.
  void multiplyTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    if (y.stride() <= UnitBlock.NARROW) {
      NarrowSparse.scatter(w, y, x, from, to);
      return;
    }
    x.clear(from, to);
    final SparsePattern pattern = w.pattern();
    final int rows = pattern.rows();
    final int stride = y.stride();
    int width;
    for (int lane = 0; lane < stride; lane += width) {
      width = width(stride - lane);
      final int cell = cells.backward(pattern.columns(), width, pattern.count(), rows);
      final int[] done = scratch.zeros(rows);
      for (int row = 0; row < rows && from > 0; row++) {
        done[row] = (int) (pattern.firstFrom(row, from) - pattern.offset(row));
      }
      int next;
      for (int left = from; left < to; left = next) {
        next = left + Math.min(cell, to - left);
        for (int row = 0; row < rows; row++) {
          done[row] += scatterRow(w, y, x, row, done[row], next, lane, width);
        }
      }
    }
  }

  /// Adds a strip of a row's numbers, weighted, to the units before `to`.
  ///
  /// @param done connections of the row that come from units before these
  /// @return connections of these units
  private static int scatterRow(
      SparseMatrix w, UnitBlock y, UnitBlock x, int row, int done, int to, int lane, int width) {
    final SparsePattern pattern = w.pattern();
    final long begin = pattern.offset(row) + done;
    final long end = pattern.offset(row + 1);
    long p = begin;
    boolean more = true;
    while (more && p < end) {
      final int chunk = (int) (p >>> IntChunks.SHIFT);
      final int at = (int) p & IntChunks.MASK;
      final int last = (int) Math.min(at + end - p, IntChunks.LENGTH);
      final int stop =
          VectorSparseScatter.add(
              w.weights().chunks()[chunk],
              pattern.indexChunks()[chunk],
              at,
              last,
              to,
              y.data(),
              y.offset(row) + lane,
              x,
              lane,
              width);
      p += stop - at;
      more = stop == last;
    }
    return (int) (p - begin);
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
