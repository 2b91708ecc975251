package org.fovea.kernel;

/// Products with a [SparseMatrix] that has so many of its places connected that a dense product
/// over all of them is faster: pieces of it are expanded, with zeros where nothing is connected,
/// just before they are used. The connections stay what they are.
///
/// A sum is one chain of multiply-adds in ascending order here as in [VectorSparse], and a term of
/// zero changes no finite sum: so both give the same numbers, and it matters to nothing but speed
/// which of them a layer gets. Gradients of weights have no such form: to take those of connections
/// from all costs what dense products save.
final class VectorExpanded {

  /// Sums of a piece, and terms: what [VectorProducts] works on at a time.
  private static final int SUMS = 240;

  private static final int TERMS = 256;

  /// Share of the places from which on expanding wins. Milliseconds of a layer of 1,000 x 1,000 at
  /// batch 128 on Zen 4, connection by connection and expanded, with 30, 40, 50 and 100 % of the
  /// places: forward 2.3, 2.8, 4.8, 6.3 and 3.1, 3.3, 4.8, 4.1; to the inputs 4.2, 3.6, 6.8, 8.3
  /// and 3.2, 3.7, 5.8, 4.5.
  private static final double FORWARD = 0.45;

  private static final double BACKWARD = 0.35;

  /// Narrower batches, and smaller layers, leave tiles unfilled.
  private static final int FORWARD_STRIDE = 64;

  private static final int BACKWARD_STRIDE = 32;
  private static final int LEAST_UNITS = 32;

  private VectorExpanded() {}

  /// Whether [#multiply] is faster than [VectorSparse#multiply].
  static boolean isForwardFaster(SparsePattern pattern, int stride) {
    return stride >= FORWARD_STRIDE && has(pattern, FORWARD);
  }

  /// Whether [#multiplyTransposed] is faster than [VectorSparse#multiplyTransposed].
  static boolean isBackwardFaster(SparsePattern pattern, int stride) {
    return stride >= BACKWARD_STRIDE && has(pattern, BACKWARD);
  }

  private static boolean has(SparsePattern pattern, double share) {
    return pattern.rows() >= LEAST_UNITS
        && pattern.columns() >= LEAST_UNITS
        && pattern.count() >= share * pattern.places();
  }

  /// See [Kernels#multiplySparse(SparseMatrix, UnitBlock, UnitBlock, int, int, SparseScratch)].
  static void multiply(
      SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to, SparseScratch scratch) {
    final int columns = w.pattern().columns();
    for (int top = from; top < to; top += SUMS) {
      final int bottom = Math.min(to, top + SUMS);
      final int[] done = scratch.zeros(bottom - top);
      final Block sums = scratch.sums(bottom - top, y.stride());
      System.arraycopy(y.data(), y.offset(top), sums.data(), 0, (bottom - top) * y.stride());
      for (int left = 0; left < columns; left += TERMS) {
        final int right = Math.min(columns, left + TERMS);
        final Block piece = scratch.piece(bottom - top, right - left);
        expand(w, top, bottom, left, right, done, 0, piece);
        final Block terms = scratch.terms(x, left, right);
        VectorProducts.multiply(piece, false, terms, sums, true, 0, bottom - top);
      }
      System.arraycopy(sums.data(), 0, y.data(), y.offset(top), (bottom - top) * y.stride());
    }
  }

  /// See [Kernels#multiplySparseTransposed].
  static void multiplyTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    final SparsePattern pattern = w.pattern();
    final int rows = pattern.rows();
    final int[] done = scratch.zeros(rows);
    for (int row = 0; row < rows && from > 0; row++) {
      done[row] = (int) (pattern.firstFrom(row, from) - pattern.offset(row));
    }
    for (int left = from; left < to; left += SUMS) {
      final int right = Math.min(to, left + SUMS);
      final Block sums = scratch.sums(right - left, x.stride());
      sums.clear();
      for (int top = 0; top < rows; top += TERMS) {
        final int bottom = Math.min(rows, top + TERMS);
        final Block piece = scratch.piece(bottom - top, right - left);
        expand(w, top, bottom, left, right, done, top, piece);
        final Block terms = scratch.terms(y, top, bottom);
        VectorProducts.multiply(piece, true, terms, sums, true, 0, right - left);
      }
      System.arraycopy(sums.data(), 0, x.data(), x.offset(left), (right - left) * x.stride());
    }
  }

  /// Writes the weights of the rows `[top, bottom)` and columns `[left, right)`, and zeros
  /// elsewhere.
  ///
  /// @param done connections of each row before the columns, then with them; that of row `top` is
  ///   at `doneAt`
  private static void expand(
      SparseMatrix w,
      int top,
      int bottom,
      int left,
      int right,
      int[] done,
      int doneAt,
      Block piece) {
    final SparsePattern pattern = w.pattern();
    piece.clear();
    for (int row = top; row < bottom; row++) {
      final long offset = pattern.offset(row);
      final int at = piece.offset(row - top) - left;
      long p = offset + done[doneAt + row - top];
      long end = pattern.offset(row + 1);
      while (p < end) {
        final int chunk = (int) (p >>> IntChunks.SHIFT);
        final int first = (int) p & IntChunks.MASK;
        final int last = (int) Math.min(end - p + first, IntChunks.LENGTH);
        final int next =
            expand(
                pattern.indexChunks()[chunk],
                w.weights().chunks()[chunk],
                first,
                last,
                right,
                piece.data(),
                at);
        p += next - first;
        if (next < last) {
          end = p;
        }
      }
      done[doneAt + row - top] = (int) (p - offset);
    }
  }

  /// The position of the first connection, from `from` on, that does not come from before `right`.
  private static int expand(
      int[] columns, float[] weights, int from, int to, int right, float[] sink, int sinkAt) {
    int p = from;
    for (; p < to && columns[p] < right; p++) {
      sink[sinkAt + columns[p]] = weights[SparseMatrix.FIRST + p];
    }
    return p;
  }
}
