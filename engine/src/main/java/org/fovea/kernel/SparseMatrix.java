package org.fovea.kernel;

import java.util.List;

/// Weights of the connections that exist, by rows.
///
/// **Shapes** `[rows, columns]`: neurons by inputs. The weight of the connection at position `p` of
/// the [SparsePattern] is element `p % PAGE` of row `p / PAGE` of [#weights], so that whatever
/// steps rows of parameters steps pages of connections, and optimizer state of the same shape
/// belongs to the same connections.
///
/// **Units** with momentum 12 bytes a connection: column, weight, momentum. Products with the
/// transpose need no more: they go over the rows, too.
///
/// **Threads** weights are written by disjoint pages in parallel; the pattern moves alone.
public final class SparseMatrix {

  /// Connections in a page.
  public static final int PAGE = 256;

  /// Position of the first weight in each chunk of [#weights].
  static final int FIRST = new RowMatrix(0, PAGE).first();

  private final SparsePattern pattern;
  private final RowMatrix weights;

  /// A matrix of zeros.
  ///
  /// @param pattern which connections exist; owned
  public SparseMatrix(SparsePattern pattern) {
    this.pattern = pattern;
    this.weights = new RowMatrix(pages(pattern.count()), PAGE);
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

  /// Moves connections, and with them the weights and whatever else belongs to them.
  ///
  /// @param move what goes and what comes
  /// @param states further matrices of pages; new connections get zeros there
  public void move(ConnectionMove move, List<RowMatrix> states) {
    move.apply(this, states);
  }

  /// Number of connections from each column.
  ///
  /// **Cost** time in the number of connections.
  public int[] outgoingCounts() {
    int[] counts = new int[pattern.columns()];
    for (int[] chunk : pattern.indexChunks()) {
      for (int column : chunk) {
        counts[column]++;
      }
    }
    return counts;
  }
}
