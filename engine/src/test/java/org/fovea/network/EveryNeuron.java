package org.fovea.network;

import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;

/// Selects every neuron, as if by chance: what a selection that misses nothing must be equal to.
///
/// @param neurons number of neurons
record EveryNeuron(int neurons) implements Selector {

  private enum Nothing implements Scratch {
    NOTHING
  }

  @Override
  public Scratch newScratch() {
    return Nothing.NOTHING;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public int limit() {
    return neurons;
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
    addAll(set, random);
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
    addAll(set, random);
  }

  private void addAll(ActiveSet set, RandomGenerator random) {
    int start = random.nextInt(neurons);
    for (int i = 0; i < neurons; i++) {
      set.add((start + i) % neurons);
    }
  }

  @Override
  public void rowsChanged(int[] rows, int from, int to) {}

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
