package org.fovea.kernel;

import java.util.Arrays;

/// How the connections of one pattern become those of another, which may have more or fewer of
/// them, and other rows and columns: what belongs to a connection is carried over, what is new
/// starts at zero.
///
/// **Units** while it lives, 4 bytes a connection besides the new pattern.
///
/// **Cost** one pass over the connections to make it, one for each matrix that is carried over.
///
/// **Threads** immutable once made.
public final class PatternChange {

  /// Origin of what is new.
  private static final int NONE = -1;

  private final SparsePattern pattern;
  private final IntChunks origins;

  private PatternChange(SparsePattern pattern, IntChunks origins) {
    this.pattern = pattern;
    this.origins = origins;
  }

  /// Some connections go and others come, not necessarily as many.
  ///
  /// @param move what goes and what comes; its weights are read by [#carryWeights]
  public static PatternChange of(SparsePattern from, ConnectionMove move) {
    long count = from.count() - move.droppedCount() + move.count();
    SparsePattern.Builder builder = new SparsePattern.Builder(from.rows(), from.columns(), count);
    IntChunks origins = new IntChunks(count);
    long[] grown = move.grown();
    long size = 0;
    int next = 0;
    for (int row = 0; row < from.rows(); row++) {
      long base = (long) row * from.columns();
      long end = from.offset(row + 1);
      for (long p = from.offset(row); p < end; p++) {
        if (!move.drops(p)) {
          for (; next < grown.length && grown[next] - base < from.column(p); next++) {
            builder.add(row, (int) (grown[next] - base));
            origins.set(size++, NONE);
          }
          builder.add(row, from.column(p));
          origins.set(size++, (int) p);
        }
      }
      for (; next < grown.length && grown[next] - base < from.columns(); next++) {
        builder.add(row, (int) (grown[next] - base));
        origins.set(size++, NONE);
      }
    }
    return new PatternChange(builder.build(), origins);
  }

  /// Rows and columns come in another order, go, or are new and not connected.
  ///
  /// @param rows for each row of the new pattern the one that it was, or -1
  /// @param columns for each column of the new pattern the one that it was, or -1
  public static PatternChange renumbered(SparsePattern from, int[] rows, int[] columns) {
    int[] targets = new int[from.columns()];
    Arrays.fill(targets, NONE);
    for (int column = 0; column < columns.length; column++) {
      if (columns[column] != NONE) {
        targets[columns[column]] = column;
      }
    }
    long count = 0;
    int longest = 0;
    for (int row : rows) {
      int length = 0;
      for (long p = begin(from, row); p < end(from, row); p++) {
        length += targets[from.column(p)] == NONE ? 0 : 1;
      }
      count += length;
      longest = Math.max(longest, length);
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(rows.length, columns.length, count);
    IntChunks origins = new IntChunks(count);
    long[] entries = new long[longest];
    long size = 0;
    for (int row = 0; row < rows.length; row++) {
      long begin = begin(from, rows[row]);
      int length = 0;
      for (long p = begin; p < end(from, rows[row]); p++) {
        int column = targets[from.column(p)];
        if (column != NONE) {
          // a row is never longer than an int can tell
          entries[length++] = (long) column << 32 | p - begin;
        }
      }
      Arrays.sort(entries, 0, length);
      for (int i = 0; i < length; i++) {
        builder.add(row, (int) (entries[i] >>> 32));
        origins.set(size++, (int) (begin + (entries[i] & 0xffffffffL)));
      }
    }
    return new PatternChange(builder.build(), origins);
  }

  /// Connections of places that both patterns connect are the same; the sizes may differ.
  ///
  /// @param to the new pattern
  public static PatternChange between(SparsePattern from, SparsePattern to) {
    IntChunks origins = new IntChunks(to.count());
    for (int row = 0; row < to.rows(); row++) {
      long old = row < from.rows() ? from.offset(row) : 0;
      long end = row < from.rows() ? from.offset(row + 1) : 0;
      for (long p = to.offset(row); p < to.offset(row + 1); p++) {
        while (old < end && from.column(old) < to.column(p)) {
          old++;
        }
        boolean kept = old < end && from.column(old) == to.column(p);
        origins.set(p, kept ? (int) old : NONE);
      }
    }
    return new PatternChange(to, origins);
  }

  private static long begin(SparsePattern pattern, int row) {
    return row == NONE ? 0 : pattern.offset(row);
  }

  private static long end(SparsePattern pattern, int row) {
    return row == NONE ? 0 : pattern.offset(row + 1);
  }

  /// The new pattern.
  public SparsePattern pattern() {
    return pattern;
  }

  /// Carries over the numbers of connections.
  ///
  /// @param from pages of the old pattern
  /// @param to pages of the new pattern, all zeros
  public void carry(RowMatrix from, RowMatrix to) {
    for (long p = 0; p < pattern.count(); p++) {
      int origin = origins.get(p);
      if (origin != NONE) {
        SparseMatrix.setElement(to, p, SparseMatrix.element(from, Integer.toUnsignedLong(origin)));
      }
    }
  }

  /// Carries over the weights of connections; new ones get theirs in order.
  ///
  /// @param fresh weights of the new connections
  public void carryWeights(RowMatrix from, RowMatrix to, float[] fresh) {
    carry(from, to);
    int next = 0;
    for (long p = 0; p < pattern.count() && next < fresh.length; p++) {
      if (origins.get(p) == NONE) {
        SparseMatrix.setElement(to, p, fresh[next++]);
      }
    }
  }

  /// Carries over numbers that pages have in common, from the page where the first connection of
  /// each was. A page of new connections alone gets zeros.
  ///
  /// @param from a row for each page of the old pattern
  /// @param to a row for each page of the new pattern, all zeros
  public void carryPages(RowMatrix from, RowMatrix to) {
    for (int page = 0; page < to.rows(); page++) {
      long p = (long) page * SparseMatrix.PAGE;
      long end = Math.min(pattern.count(), p + SparseMatrix.PAGE);
      while (p < end && origins.get(p) == NONE) {
        p++;
      }
      if (p < end) {
        int source = (int) (Integer.toUnsignedLong(origins.get(p)) / SparseMatrix.PAGE);
        for (int column = 0; column < to.columns(); column++) {
          to.set(page, column, from.at(source, column));
        }
      }
    }
  }
}
