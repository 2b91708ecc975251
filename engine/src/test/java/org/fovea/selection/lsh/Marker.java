package org.fovea.selection.lsh;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;

/// Adds certain rows and corrects every member by the negative of its number.
final class Marker implements Selector {
  private final List<Integer> rows;
  private int added;

  Marker(List<Integer> rows) {
    this.rows = rows;
  }

  /// How many of the rows the last set did not have.
  int added() {
    return added;
  }

  @Override
  public Scratch newScratch() {
    return new Scratch() {};
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public int limit() {
    return rows.size();
  }

  @Override
  public void select(
      Block inputs,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    added = 0;
    for (int row : rows) {
      added += set.add(row) ? 1 : 0;
    }
    for (int place = 0; place < set.size(); place++) {
      set.corrections()[place] = -set.rows()[place];
    }
  }

  @Override
  public void selectSparse(
      int[] indices,
      float[] values,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rowsChanged(int[] changed, int from, int to) {}

  @Override
  public void maintain(long batch) {}

  @Override
  public void refresh() {}

  @Override
  public long work(Scratch scratch) {
    return 0;
  }

  @Override
  public void close() {}
}
