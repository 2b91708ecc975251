package org.fovea.network;

import org.fovea.kernel.Block;

/// Rows of weights of a trained layer that are not a matrix in memory: mapped from a file, or
/// suspended and woken when they are needed. Kernels see blocks in memory only, so rows are copied
/// into one. Layers in training have [SuspendedRows].
///
/// **Shapes** `[rows, columns]`.
///
/// **Errors** a row whose page is damaged is a [org.fovea.network.page.DamagedPageException], never
/// a wrong row.
///
/// **Threads** safe.
public interface StoredRows extends AutoCloseable {

  /// Number of rows.
  int rows();

  /// Number of weights of a row.
  int columns();

  /// Copies rows that follow one another, as when all are scored: what is not in memory is read and
  /// not kept, so that it displaces nothing.
  ///
  /// @param block `[count, columns]`, already sized; its padding becomes zero
  void copy(int first, int count, Block block);

  /// Copies the rows `ids[from, to)`, as when an index has found them: they are kept for the next
  /// time, as far as memory allows.
  ///
  /// @param block `[to - from, columns]`, already sized; its padding becomes zero
  void gather(int[] ids, int from, int to, Block block);

  /// Counts a batch: rows that no batch has needed for long may go.
  void batchDone();

  @Override
  void close();
}
