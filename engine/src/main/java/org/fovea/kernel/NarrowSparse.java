package org.fovea.kernel;

/// Products with a [SparseMatrix] for batches of at most [UnitBlock#NARROW] examples, whose units
/// would leave most lanes of a vector idle.
///
/// A connection costs its own loads and one multiply-add per example, and a unit's examples lie in
/// one line of the cache. Sums of one and two examples have two accumulators each, so that an
/// addition need not wait for the one before.
final class NarrowSparse {

  private NarrowSparse() {}

  /// `sums[at, at + stride) += sum_i w[wAt + i] * x[units[uAt + i]]` for `i < n`.
  static void add(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int xAt,
      int stride,
      float[] sums,
      int at) {
    switch (stride) {
      case 1 -> add1(w, wAt, units, uAt, n, x, xAt, sums, at);
      case 2 -> add2(w, wAt, units, uAt, n, x, xAt, sums, at);
      case 4 -> add4(w, wAt, units, uAt, n, x, 4, xAt, sums, at);
      default -> {
        add4(w, wAt, units, uAt, n, x, 8, xAt, sums, at);
        add4(w, wAt, units, uAt, n, x, 8, xAt + 4, sums, at + 4);
      }
    }
  }

  private static void add1(
      float[] w, int wAt, int[] units, int uAt, int n, float[] x, int xAt, float[] sums, int at) {
    float even = sums[at];
    float odd = 0f;
    int i = 0;
    for (; i < n - 1; i += 2) {
      even += w[wAt + i] * x[xAt + units[uAt + i]];
      odd += w[wAt + i + 1] * x[xAt + units[uAt + i + 1]];
    }
    if (i < n) {
      even += w[wAt + i] * x[xAt + units[uAt + i]];
    }
    sums[at] = even + odd;
  }

  private static void add2(
      float[] w, int wAt, int[] units, int uAt, int n, float[] x, int xAt, float[] sums, int at) {
    float even0 = sums[at];
    float even1 = sums[at + 1];
    float odd0 = 0f;
    float odd1 = 0f;
    int i = 0;
    for (; i < n - 1; i += 2) {
      int p = xAt + (units[uAt + i] << 1);
      int q = xAt + (units[uAt + i + 1] << 1);
      even0 += w[wAt + i] * x[p];
      even1 += w[wAt + i] * x[p + 1];
      odd0 += w[wAt + i + 1] * x[q];
      odd1 += w[wAt + i + 1] * x[q + 1];
    }
    if (i < n) {
      int p = xAt + (units[uAt + i] << 1);
      even0 += w[wAt + i] * x[p];
      even1 += w[wAt + i] * x[p + 1];
    }
    sums[at] = even0 + odd0;
    sums[at + 1] = even1 + odd1;
  }

  private static void add4(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] x,
      int stride,
      int first,
      float[] sums,
      int at) {
    float sum0 = sums[at];
    float sum1 = sums[at + 1];
    float sum2 = sums[at + 2];
    float sum3 = sums[at + 3];
    for (int i = 0; i < n; i++) {
      float weight = w[wAt + i];
      int p = units[uAt + i] * stride + first;
      sum0 += weight * x[p];
      sum1 += weight * x[p + 1];
      sum2 += weight * x[p + 2];
      sum3 += weight * x[p + 3];
    }
    sums[at] = sum0;
    sums[at + 1] = sum1;
    sums[at + 2] = sum2;
    sums[at + 3] = sum3;
  }

  /// `x[c] = sum_r w[r, c] * y[r]` for the columns `c` in `[from, to)`, row by row: weights are
  /// read where they lie, one after another, and only the few numbers of a column are sought for.
  /// The additions to a column come in the order of the rows, whatever the range, so its bits do
  /// not depend on who else works on others. Rows of zeros, such as neurons that were silent in so
  /// small a batch, cost nothing.
  static void scatter(SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to) {
    final SparsePattern pattern = w.pattern();
    final boolean all = from == 0 && to == pattern.columns();
    x.clear(from, to);
    for (int row = 0; row < pattern.rows(); row++) {
      if (isZero(y.data(), y.offset(row), y.stride())) {
        continue;
      }
      final long end = all ? pattern.offset(row + 1) : pattern.firstFrom(row, to);
      int n;
      for (long p = all ? pattern.offset(row) : pattern.firstFrom(row, from); p < end; p += n) {
        final int chunk = (int) (p >>> IntChunks.SHIFT);
        final int at = (int) p & IntChunks.MASK;
        n = (int) Math.min(end - p, IntChunks.LENGTH - at);
        scatter(
            w.weights().chunks()[chunk],
            SparseMatrix.FIRST + at,
            pattern.indexChunks()[chunk],
            at,
            n,
            y.data(),
            y.offset(row),
            y.stride(),
            x.data(),
            x.offset(0));
      }
    }
  }

  /// Whether a unit is zero for all examples.
  static boolean isZero(float[] data, int at, int stride) {
    for (int e = 0; e < stride; e++) {
      if (data[at + e] != 0f) {
        return false;
      }
    }
    return true;
  }

  /// `x[xAt + units[uAt + i]] += w[wAt + i] * y[yAt, yAt + stride)` for `i < n`.
  private static void scatter(
      float[] w,
      int wAt,
      int[] units,
      int uAt,
      int n,
      float[] y,
      int yAt,
      int stride,
      float[] x,
      int xAt) {
    switch (stride) {
      case 1 -> {
        float y0 = y[yAt];
        for (int i = 0; i < n; i++) {
          x[xAt + units[uAt + i]] += w[wAt + i] * y0;
        }
      }
      case 2 -> {
        float y0 = y[yAt];
        float y1 = y[yAt + 1];
        for (int i = 0; i < n; i++) {
          int p = xAt + (units[uAt + i] << 1);
          x[p] += w[wAt + i] * y0;
          x[p + 1] += w[wAt + i] * y1;
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          float weight = w[wAt + i];
          int p = xAt + units[uAt + i] * stride;
          for (int e = 0; e < stride; e += 4) {
            x[p + e] += weight * y[yAt + e];
            x[p + e + 1] += weight * y[yAt + e + 1];
            x[p + e + 2] += weight * y[yAt + e + 2];
            x[p + e + 3] += weight * y[yAt + e + 3];
          }
        }
      }
    }
  }

  /// `out[outAt + i] = d[dAt, dAt + stride) . x[units[uAt + i]]` for `i < n`.
  static void dots(
      float[] d,
      int dAt,
      float[] x,
      int xAt,
      int stride,
      int[] units,
      int uAt,
      int n,
      float[] out,
      int outAt) {
    switch (stride) {
      case 1 -> {
        float d0 = d[dAt];
        for (int i = 0; i < n; i++) {
          out[outAt + i] = d0 * x[xAt + units[uAt + i]];
        }
      }
      case 2 -> {
        float d0 = d[dAt];
        float d1 = d[dAt + 1];
        for (int i = 0; i < n; i++) {
          int p = xAt + (units[uAt + i] << 1);
          out[outAt + i] = d0 * x[p] + d1 * x[p + 1];
        }
      }
      default -> {
        for (int lane = 0; lane < stride; lane += 4) {
          dots4(d, dAt + lane, x, xAt, stride, lane, units, uAt, n, out, outAt);
        }
      }
    }
  }

  /// The first four lanes replace, further ones add.
  private static void dots4(
      float[] d,
      int dAt,
      float[] x,
      int xAt,
      int stride,
      int lane,
      int[] units,
      int uAt,
      int n,
      float[] out,
      int outAt) {
    float d0 = d[dAt];
    float d1 = d[dAt + 1];
    float d2 = d[dAt + 2];
    float d3 = d[dAt + 3];
    for (int i = 0; i < n; i++) {
      int p = xAt + units[uAt + i] * stride + lane;
      float sum = (d0 * x[p] + d1 * x[p + 1]) + (d2 * x[p + 2] + d3 * x[p + 3]);
      out[outAt + i] = lane == 0 ? sum : out[outAt + i] + sum;
    }
  }
}
