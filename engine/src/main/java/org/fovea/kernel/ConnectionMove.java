package org.fovea.kernel;

import java.util.List;
import java.util.Locale;

/// Connections that go and others that come. As many of both move in place; otherwise see
/// [PatternChange].
///
/// **Cost** of applying it in place: one pass over the connections to close the gaps and one back
/// to open new ones, in place.
///
/// @param dropped one bit per connection, by position: set if it goes; owned by the move
/// @param grown places of the new connections, `row * columns + column`, ascending, empty once the
///   others are gone; owned by the move
/// @param weights of the new connections; owned by the move
public record ConnectionMove(long[] dropped, long[] grown, float[] weights) {

  /// Whether a connection goes.
  public boolean drops(long position) {
    return (dropped[(int) (position >>> 6)] >>> position & 1) != 0;
  }

  /// Number of connections that come.
  public int count() {
    return grown.length;
  }

  /// Number of connections that go.
  public long droppedCount() {
    long gone = 0;
    for (long bits : dropped) {
      gone += Long.bitCount(bits);
    }
    return gone;
  }

  /// Room for the marks of so many connections.
  public static long[] noneOf(long connections) {
    return new long[Math.toIntExact((connections + 63) >>> 6)];
  }

  void apply(SparseMatrix matrix, List<RowMatrix> states) {
    long gone = droppedCount();
    if (gone != grown.length || weights.length != grown.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%,d connections go but %,d come", gone, grown.length));
    }
    RowMatrix[] moved = states.toArray(RowMatrix[]::new);
    expand(matrix, moved, compact(matrix, moved));
  }

  /// Closes the gaps: survivors keep their order.
  private long compact(SparseMatrix matrix, RowMatrix[] states) {
    SparsePattern pattern = matrix.pattern();
    long[] offsets = pattern.offsets();
    long to = 0;
    long from = 0;
    for (int row = 0; row < pattern.rows(); row++) {
      long end = offsets[row + 1];
      for (; from < end; from++) {
        if (!drops(from)) {
          if (to != from) {
            copy(matrix, states, from, to);
          }
          to++;
        }
      }
      offsets[row + 1] = to;
    }
    return to;
  }

  /// Merges the new connections in, from the last place to the first.
  private void expand(SparseMatrix matrix, RowMatrix[] states, long kept) {
    SparsePattern pattern = matrix.pattern();
    long[] offsets = pattern.offsets();
    long columns = pattern.columns();
    long from = kept - 1;
    long to = kept + grown.length - 1;
    int next = grown.length - 1;
    for (int row = pattern.rows() - 1; row >= 0; row--) {
      long begin = offsets[row];
      long base = row * columns;
      offsets[row + 1] = to + 1;
      while (true) {
        boolean old = from >= begin;
        boolean fresh = next >= 0 && grown[next] >= base;
        if (!old && !fresh) {
          break;
        }
        if (fresh && (!old || grown[next] - base > pattern.column(from))) {
          pattern.indices().set(to, (int) (grown[next] - base));
          SparseMatrix.setElement(matrix.weights(), to, weights[next]);
          for (RowMatrix state : states) {
            SparseMatrix.setElement(state, to, 0f);
          }
          next--;
        } else {
          if (from != to) {
            copy(matrix, states, from, to);
          }
          from--;
        }
        to--;
      }
    }
  }

  private static void copy(SparseMatrix matrix, RowMatrix[] states, long from, long to) {
    matrix.pattern().indices().set(to, matrix.pattern().column(from));
    SparseMatrix.setElement(matrix.weights(), to, matrix.weight(from));
    for (RowMatrix state : states) {
      SparseMatrix.setElement(state, to, SparseMatrix.element(state, from));
    }
  }
}
