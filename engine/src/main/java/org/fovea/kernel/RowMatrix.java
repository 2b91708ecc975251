package org.fovea.kernel;

/// A matrix of parameters, one contiguous row per neuron or input, kept in chunks so that it may
/// hold more than 2^31 floats.
///
/// **Shapes** `[rows, columns]`; a chunk holds `2^shift` rows, row `r` starts in chunk `r >>>
/// shift` at `offset(r)`; rows of 16 floats and more are padded to multiples of 16 with zeros that
/// stay zero, so that kernels need no tails. Padded rows begin [#FIRST] floats into a chunk, so
/// that a vector lies in one line of the cache and not in two (`docs/decisions/0001`).
///
/// **Threads** racy on purpose: workers read rows while another steps them (Hogwild; Niu and
/// others, NeurIPS 2011, arXiv:1106.5730). A half-seen update of a row is tolerated by stochastic
/// gradient descent; nothing else is kept here.
public final class RowMatrix {

  /// A chunk holds at most this many floats (64 MiB), unless a single row is longer.
  private static final int CHUNK_FLOATS = 1 << 24;

  /// Position of the first padded row in its chunk. G1, the default collector, starts a large array
  /// where a region starts, and its floats 16 bytes later: 12 floats on, rows lie at multiples of
  /// 64 bytes. Where an array starts elsewhere, nothing is lost but these floats.
  private static final int FIRST = 12;

  private final int rows;
  private final int columns;
  private final int stride;
  private final int first;
  private final int shift;
  private final float[][] chunks;

  /// A zeroed matrix.
  ///
  /// @throws IllegalArgumentException if a count is negative
  public RowMatrix(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "a matrix needs non-negative counts, not %s x %s".formatted(rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.stride = stride(columns);
    this.first = columns >= Block.PADDING ? FIRST : 0;
    int rowsPerChunk = Math.max(1, CHUNK_FLOATS / Math.max(1, stride));
    this.shift = 31 - Integer.numberOfLeadingZeros(rowsPerChunk);
    int chunkCount = (int) (((long) rows + (1L << shift) - 1) >>> shift);
    this.chunks = new float[chunkCount][];
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      long count = Math.min(1L << shift, rows - ((long) chunk << shift));
      chunks[chunk] = new float[Math.toIntExact(first + count * stride)];
    }
  }

  /// Number of rows.
  public int rows() {
    return rows;
  }

  /// Number of columns, without the padding.
  public int columns() {
    return columns;
  }

  /// Distance in floats between the starts of two rows of a chunk.
  public int stride() {
    return stride;
  }

  /// The chunks; the last may be shorter. Owned by the matrix.
  public float[][] chunks() {
    return chunks;
  }

  /// Log2 of the number of rows in a chunk.
  public int shift() {
    return shift;
  }

  /// Position of the first row in each chunk.
  public int first() {
    return first;
  }

  /// The chunk that holds a row.
  public float[] chunk(int row) {
    return chunks[row >>> shift];
  }

  /// Position of a row's first float in [#chunk].
  public int offset(int row) {
    return first + (row & ((1 << shift) - 1)) * stride;
  }

  /// One float.
  public float at(int row, int column) {
    return chunk(row)[offset(row) + column];
  }

  /// Replaces one float.
  public void set(int row, int column, float value) {
    chunk(row)[offset(row) + column] = value;
  }

  /// Reads one float of every 64 bytes of the rows `rows[from, to)`, so that the processor fetches
  /// them side by side.
  ///
  /// @return their sum, which a caller keeps, or the compiler may leave out the reads
  public float touch(int[] rows, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      float[] chunk = chunk(rows[i]);
      int start = offset(rows[i]);
      for (int at = start; at < start + stride; at += Block.PADDING) {
        sum += chunk[at];
      }
    }
    return sum;
  }

  /// Bytes that a matrix of this shape takes.
  public static long bytes(long rows, int columns) {
    return rows * stride(columns) * Float.BYTES;
  }

  private static int stride(int columns) {
    return columns >= Block.PADDING ? Block.padded(columns) : columns;
  }

  /// Takes over the numbers of a matrix of the same shape.
  ///
  /// @throws IllegalArgumentException if it has another shape
  public void copyFrom(RowMatrix other) {
    if (other.rows != rows || other.columns != columns) {
      throw new IllegalArgumentException(
          "a matrix of %s x %s cannot take over %s x %s"
              .formatted(rows, columns, other.rows, other.columns));
    }
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      System.arraycopy(other.chunks[chunk], 0, chunks[chunk], 0, chunks[chunk].length);
    }
  }
}
