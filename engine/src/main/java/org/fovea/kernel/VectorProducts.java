package org.fovea.kernel;

import static org.fovea.kernel.Simd.LANES;

import java.util.Arrays;

/// Matrix products, cut into pieces that stay in the caches and tiles that stay in registers.
///
/// The sums are cut into pieces of [#DEPTH] terms: a column panel of `b` (64 floats wide at 512
/// bits, 64 KiB) and [#HEIGHT] rows of `a` (240 KiB) then stay in a second-level cache of 1 MiB
/// while every tile of the panel uses them. Nothing is packed or copied: `c` needs no scratch.
///
/// **Source** K. Goto and R. van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM
/// Transactions on Mathematical Software 34(3), 2008. **Differs** no packing; second-level instead
/// of first-level panels.
final class VectorProducts {

  /// Terms per piece of a sum. 256 was the best of 64, 128, 256 and 512 on Zen 4.
  private static final int DEPTH = 256;

  /// Rows of most tiles.
  private static final int ROWS = 6;

  /// Rows of `c` that share a pass over the panels of `b`.
  private static final int HEIGHT = 40 * ROWS;

  /// Vectors per tile: a 6 x 4 tile needs 29 registers, which AVX-512 and AArch64 have.
  private static final int VECTORS =
      LANES == 16 || System.getProperty("os.arch").equals("aarch64") ? 4 : 2;

  private VectorProducts() {}

  /// The rows `[from, to)` of `c = a b`, of `c = aᵀ b` when `transposed`, of `c += ...` when
  /// `accumulate`.
  static void multiply(
      Block a, boolean transposed, Block b, Block c, boolean accumulate, int from, int to) {
    int terms = b.rows();
    if (terms == 0) {
      if (!accumulate) {
        c.clearRows(from, to);
      }
      return;
    }
    for (int start = 0; start < terms; start += DEPTH) {
      int end = Math.min(terms, start + DEPTH);
      boolean clear = start == 0 && !accumulate;
      for (int top = from; top < to; top += HEIGHT) {
        multiplyPiece(a, transposed, b, c, clear, top, Math.min(to, top + HEIGHT), start, end);
      }
    }
  }

  /// Adds the terms `[start, end)` to the rows `[top, bottom)` of `c`, cleared before if asked.
  private static void multiplyPiece(
      Block a,
      boolean transposed,
      Block b,
      Block c,
      boolean clear,
      int top,
      int bottom,
      int start,
      int end) {
    int columns = c.stride();
    int vectors;
    for (int j = 0; j < columns; j += vectors * LANES) {
      vectors = Math.min(VECTORS, (columns - j) / LANES);
      vectors = vectors == 3 ? 2 : vectors;
      int rows;
      for (int i = top; i < bottom; i += rows) {
        rows = rowsOfTile(bottom - i);
        if (clear) {
          clear(c, i, rows, j, vectors * LANES);
        }
        switch (rows) {
          case 6 -> addSix(a, transposed, b, c, i, j, vectors, start, end);
          case 4 -> addFour(a, transposed, b, c, i, j, vectors, start, end);
          default -> addOne(a, transposed, b, c, i, j, vectors, start, end);
        }
      }
    }
  }

  /// Six, or four where sixes would leave two or three rows over; one at the end.
  private static int rowsOfTile(int left) {
    if (left >= ROWS && left != 8 && left != 9) {
      return ROWS;
    }
    return left >= 4 ? 4 : 1;
  }

  private static void addSix(
      Block a,
      boolean transposed,
      Block b,
      Block c,
      int i,
      int j,
      int vectors,
      int start,
      int end) {
    switch (vectors) {
      case 4 -> VectorTiles.add6x4(a, transposed, b, c, i, j, start, end);
      case 2 -> VectorTiles.add6x2(a, transposed, b, c, i, j, start, end);
      default -> VectorTiles.add6x1(a, transposed, b, c, i, j, start, end);
    }
  }

  private static void addFour(
      Block a,
      boolean transposed,
      Block b,
      Block c,
      int i,
      int j,
      int vectors,
      int start,
      int end) {
    switch (vectors) {
      case 4 -> VectorNarrowTiles.add4x4(a, transposed, b, c, i, j, start, end);
      case 2 -> VectorNarrowTiles.add4x2(a, transposed, b, c, i, j, start, end);
      default -> VectorNarrowTiles.add4x1(a, transposed, b, c, i, j, start, end);
    }
  }

  private static void addOne(
      Block a,
      boolean transposed,
      Block b,
      Block c,
      int i,
      int j,
      int vectors,
      int start,
      int end) {
    if (vectors == 4) {
      VectorNarrowTiles.add1x4(a, transposed, b, c, i, j, start, end);
    } else {
      for (int vector = 0; vector < vectors; vector++) {
        VectorNarrowTiles.add1x1(a, transposed, b, c, i, j + vector * LANES, start, end);
      }
    }
  }

  /// Zeroes a tile just before it is added to, while it is on its way to the first-level cache.
  private static void clear(Block c, int i, int rows, int j, int width) {
    for (int row = i; row < i + rows; row++) {
      int at = c.offset(row) + j;
      Arrays.fill(c.data(), at, at + width, 0f);
    }
  }
}
