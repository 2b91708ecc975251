package org.fovea.kernel;

import java.util.Arrays;
import java.util.List;

/// Weights of the connections that exist, by rows, and where each column's connections are.
///
/// **Shapes** `[rows, columns]`: neurons by inputs. The weight of the connection at position `p` of
/// the [SparsePattern] is element `p % PAGE` of row `p / PAGE` of [#weights], so that whatever
/// steps rows of parameters steps pages of connections, and optimizer state of the same shape
/// belongs to the same connections.
///
/// The *transposed view* lists for each column the rows that are connected with it, and where in
/// the matrix: 8 bytes a connection, needed only where a gradient goes back to the inputs.
///
/// **Units** with momentum and the view 20 bytes a connection: column, weight, momentum, row,
/// position.
///
/// **Threads** weights are written by disjoint pages in parallel; the pattern moves alone.
public final class SparseMatrix {

  /// Connections in a page.
  public static final int PAGE = 256;

  /// Position of the first weight in each chunk of [#weights].
  static final int FIRST = new RowMatrix(0, PAGE).first();

  private final SparsePattern pattern;
  private final RowMatrix weights;
  private final boolean isTransposed;
  private final long[] columnOffsets;
  private final IntChunks sources;
  private final IntChunks positions;

  /// A matrix of zeros.
  ///
  /// @param pattern which connections exist; owned
  /// @param transposed whether to keep the transposed view
  public SparseMatrix(SparsePattern pattern, boolean transposed) {
    this.pattern = pattern;
    this.weights = new RowMatrix(pages(pattern.count()), PAGE);
    this.isTransposed = transposed;
    this.columnOffsets = new long[transposed ? pattern.columns() + 1 : 0];
    this.sources = new IntChunks(transposed ? pattern.count() : 0);
    this.positions = new IntChunks(transposed ? pattern.count() : 0);
    transpose();
  }

  /// Number of pages that hold so many connections.
  public static int pages(long connections) {
    return Math.toIntExact((connections + PAGE - 1) / PAGE);
  }

  /// Which connections exist.
  public SparsePattern pattern() {
    return pattern;
  }

  /// The weights, by pages; the last page is filled up with zeros.
  public RowMatrix weights() {
    return weights;
  }

  /// Number of connections.
  public long count() {
    return pattern.count();
  }

  /// Weight of a connection.
  public float weight(long position) {
    return element(weights, position);
  }

  /// The number that belongs to a connection in a matrix of pages.
  public static float element(RowMatrix pages, long position) {
    return pages
        .chunks()[(int) (position >>> IntChunks.SHIFT)][FIRST + ((int) position & IntChunks.MASK)];
  }

  /// Replaces the number that belongs to a connection in a matrix of pages.
  public static void setElement(RowMatrix pages, long position, float value) {
    pages
            .chunks()[(int) (position >>> IntChunks.SHIFT)][
            FIRST + ((int) position & IntChunks.MASK)] =
        value;
  }

  /// Whether the transposed view is kept.
  public boolean isTransposed() {
    return isTransposed;
  }

  /// Moves connections, and with them the weights and whatever else belongs to them.
  ///
  /// @param move what goes and what comes
  /// @param states further matrices of pages; new connections get zeros there
  public void move(ConnectionMove move, List<RowMatrix> states) {
    move.apply(this, states);
    transpose();
  }

  /// Brings the transposed view up to date with the pattern: a counting sort by columns.
  private void transpose() {
    if (!isTransposed) {
      return;
    }
    Arrays.fill(columnOffsets, 0);
    long count = pattern.count();
    for (long p = 0; p < count; p++) {
      columnOffsets[pattern.column(p)]++;
    }
    long start = 0;
    for (int column = 0; column <= pattern.columns(); column++) {
      long length = columnOffsets[column];
      columnOffsets[column] = start;
      start += length;
    }
    for (int row = 0; row < pattern.rows(); row++) {
      long end = pattern.offset(row + 1);
      for (long p = pattern.offset(row); p < end; p++) {
        long at = columnOffsets[pattern.column(p)]++;
        sources.set(at, row);
        positions.set(at, (int) p);
      }
    }
    System.arraycopy(columnOffsets, 0, columnOffsets, 1, pattern.columns());
    columnOffsets[0] = 0;
  }

  /// Where a column's entries of the transposed view begin.
  long columnOffset(int column) {
    return columnOffsets[column];
  }

  /// Rows of the entries of the transposed view.
  IntChunks sources() {
    return sources;
  }

  /// Positions of the entries of the transposed view, as unsigned integers.
  IntChunks positions() {
    return positions;
  }

  /// Number of connections from a column, if the transposed view is kept.
  public int outgoingCount(int column) {
    return (int) (columnOffsets[column + 1] - columnOffsets[column]);
  }
}
