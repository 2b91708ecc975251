package org.fovea.kernel;

import java.util.Locale;

/// Which places of a matrix are connected: compressed rows.
///
/// **Shapes** row `r` has the connections `[offset(r), offset(r + 1))`, whose columns ascend. The
/// number of connections never changes; which places they connect may ([ConnectionMove]).
///
/// **Units** 4 bytes a connection and 8 a row.
///
/// **Threads** readable by many while nobody moves connections.
public final class SparsePattern {

  private final int rows;
  private final int columns;
  private final long[] offsets;
  private final IntChunks indices;

  private SparsePattern(int rows, int columns, long[] offsets, IntChunks indices) {
    this.rows = rows;
    this.columns = columns;
    this.offsets = offsets;
    this.indices = indices;
  }

  /// Receives the places of a pattern in ascending order of row and column.
  public static final class Builder {

    private final int columns;
    private final long[] offsets;
    private final IntChunks indices;
    private final long count;
    private long size;
    private int row;
    private int previous = -1;

    /// A pattern of exactly `count` connections.
    ///
    /// @throws IllegalArgumentException if there are fewer places, or 2^32 connections or more
    public Builder(int rows, int columns, long count) {
      if (count < 0 || count > (long) rows * columns || count >>> 32 != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%,d connections do not fit a layer of %,d x %,d places",
                count,
                rows,
                columns));
      }
      this.columns = columns;
      this.count = count;
      this.offsets = new long[rows + 1];
      this.indices = new IntChunks(count);
    }

    /// Adds the connections of a place that follows all that were added.
    ///
    /// @throws IllegalArgumentException if it does not, or lies outside
    public void add(int newRow, int column) {
      if (newRow < row || newRow >= offsets.length - 1) {
        throw new IllegalArgumentException(
            "neuron %s cannot follow neuron %s of %s".formatted(newRow, row, offsets.length - 1));
      }
      if (newRow != row) {
        endRows(newRow);
        previous = -1;
      }
      if (column <= previous || column >= columns || size == count) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "connection %,d from input %s to neuron %s: inputs of a neuron must ascend below %s",
                size,
                column,
                newRow,
                columns));
      }
      indices.set(size++, column);
      previous = column;
    }

    private void endRows(int next) {
      for (; row < next; row++) {
        offsets[row + 1] = size;
      }
    }

    /// The pattern.
    ///
    /// @throws IllegalStateException if connections are missing
    public SparsePattern build() {
      if (size != count) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "%,d connections of %,d were added", size, count));
      }
      endRows(offsets.length - 1);
      return new SparsePattern(offsets.length - 1, columns, offsets, indices);
    }
  }

  /// Number of rows: neurons.
  public int rows() {
    return rows;
  }

  /// Number of columns: inputs.
  public int columns() {
    return columns;
  }

  /// Number of connections.
  public long count() {
    return offsets[rows];
  }

  /// Number of places.
  public long places() {
    return (long) rows * columns;
  }

  /// Where a row's connections begin.
  public long offset(int row) {
    return offsets[row];
  }

  /// Column of a connection.
  public int column(long position) {
    return indices.get(position);
  }

  /// The row that a connection belongs to.
  ///
  /// **Cost** the logarithm of the number of rows.
  public int rowOf(long position) {
    int low = 0;
    int high = rows;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (offsets[middle] <= position) {
        low = middle;
      } else {
        high = middle;
      }
    }
    // of rows that begin at the same place only the last has connections
    return low;
  }

  /// Whether a place is connected.
  ///
  /// **Cost** the logarithm of the row's length.
  public boolean contains(int row, int column) {
    long first = firstFrom(row, column);
    return first < offsets[row + 1] && indices.get(first) == column;
  }

  /// Where the connections of a row begin that come from a column or later ones.
  ///
  /// **Cost** the logarithm of the row's length.
  long firstFrom(int row, int column) {
    return firstFrom(row, offsets[row], column);
  }

  /// The same, where the connections before `begin` are known to come from earlier columns.
  long firstFrom(int row, long begin, int column) {
    return column == columns
        ? offsets[row + 1]
        : indices.firstFrom(begin, offsets[row + 1], column);
  }

  /// Columns of the connections in chunks; owned by the pattern.
  public int[][] indexChunks() {
    return indices.chunks();
  }

  /// Where rows begin; owned by the pattern.
  public long[] offsets() {
    return offsets;
  }

  /// This pattern as the first rows and columns of a larger one, whose other connections are those
  /// of a pattern of the larger size.
  ///
  /// @throws IllegalArgumentException if that has fewer rows or columns
  public SparsePattern within(SparsePattern larger) {
    if (larger.rows < rows || larger.columns < columns) {
      throw new IllegalArgumentException(
          "a pattern of %s x %s places or more was expected, one of %s x %s came"
              .formatted(rows, columns, larger.rows, larger.columns));
    }
    long size = count();
    for (int row = 0; row < larger.rows; row++) {
      size += larger.offsets[row + 1] - larger.firstFrom(row, row < rows ? columns : 0);
    }
    Builder builder = new Builder(larger.rows, larger.columns, size);
    for (int row = 0; row < larger.rows; row++) {
      if (row < rows) {
        for (long p = offsets[row]; p < offsets[row + 1]; p++) {
          builder.add(row, indices.get(p));
        }
      }
      long from = larger.firstFrom(row, row < rows ? columns : 0);
      for (long p = from; p < larger.offsets[row + 1]; p++) {
        builder.add(row, larger.indices.get(p));
      }
    }
    return builder.build();
  }

  /// The same pattern once more.
  public SparsePattern copy() {
    IntChunks copied = new IntChunks(count());
    for (int chunk = 0; chunk < copied.chunks().length; chunk++) {
      int[] target = copied.chunks()[chunk];
      System.arraycopy(indices.chunks()[chunk], 0, target, 0, target.length);
    }
    return new SparsePattern(rows, columns, offsets.clone(), copied);
  }

  IntChunks indices() {
    return indices;
  }
}
