package org.fovea.kernel;

import java.util.Arrays;

/// A dense matrix of floats, row-major, that grows and is reused: the memory shape of activations,
/// gradients and gathered weight rows.
///
/// **Shapes** `[rows, columns]`, stored with a row stride that is a multiple of [#PADDING]. Kernels
/// may read and write the padding between `columns` and `stride`; what it holds is unspecified but
/// finite as long as its inputs were: a block starts zeroed and products of zero padding stay zero.
///
/// **Threads** confined to one thread at a time; disjoint rows may be written by several threads.
public final class Block {

  /// Rows are padded to this many floats, so that kernels need no tails for any vector width.
  public static final int PADDING = 16;

  private float[] data = new float[0];
  private int rows;
  private int columns;
  private int stride;

  /// An empty block; [#resize] gives it a shape.
  public Block() {}

  /// A zeroed block of a shape.
  public Block(int rows, int columns) {
    resize(rows, columns);
  }

  /// Gives the block a shape. The contents are unspecified afterwards, except that the padding is
  /// finite.
  ///
  /// **Cost** allocates only when the block has never been as large.
  ///
  /// @throws IllegalArgumentException if the block would have 2^31 floats or more
  public void resize(int rows, int columns) {
    int newStride = padded(columns);
    long size = (long) rows * newStride;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a block of %s x %s floats is larger than 2^31".formatted(rows, columns));
    }
    if (size > data.length) {
      data = new float[(int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, data.length * 3L / 2))];
    }
    this.rows = rows;
    this.columns = columns;
    this.stride = newStride;
  }

  /// Sets every float of the shape, padding included, to zero.
  public void clear() {
    Arrays.fill(data, 0, rows * stride, 0f);
  }

  /// Sets the rows `[from, to)`, padding included, to zero.
  public void clearRows(int from, int to) {
    Arrays.fill(data, from * stride, to * stride, 0f);
  }

  /// Number of rows.
  public int rows() {
    return rows;
  }

  /// Number of columns, without the padding.
  public int columns() {
    return columns;
  }

  /// Distance in floats between the starts of two rows.
  public int stride() {
    return stride;
  }

  /// The floats; row `r` starts at `r * stride()`. Owned by the block.
  public float[] data() {
    return data;
  }

  /// Position in [#data] of a row's first float.
  public int offset(int row) {
    return row * stride;
  }

  /// One float.
  public float at(int row, int column) {
    return data[row * stride + column];
  }

  /// Writes the transpose of the first `rows` rows into `target`, whose shape becomes `[columns,
  /// rows]`, with zeroed padding.
  ///
  /// The one place where activations cross between example-major and unit-major form.
  public void transposeInto(Block target) {
    target.resize(columns, rows);
    float[] from = data;
    float[] to = target.data;
    int targetStride = target.stride;
    final int tile = 16;
    for (int rowBase = 0; rowBase < rows; rowBase += tile) {
      int rowEnd = Math.min(rows, rowBase + tile);
      for (int columnBase = 0; columnBase < columns; columnBase += tile) {
        int columnEnd = Math.min(columns, columnBase + tile);
        for (int column = columnBase; column < columnEnd; column++) {
          int source = rowBase * stride + column;
          int sink = column * targetStride;
          for (int row = rowBase; row < rowEnd; row++, source += stride) {
            to[sink + row] = from[source];
          }
        }
      }
    }
    if (targetStride > rows) {
      for (int column = 0; column < columns; column++) {
        Arrays.fill(to, column * targetStride + rows, (column + 1) * targetStride, 0f);
      }
    }
  }

  /// The smallest multiple of [#PADDING] that is at least `columns`.
  public static int padded(int columns) {
    return Math.addExact(columns, PADDING - 1) & -PADDING;
  }
}
