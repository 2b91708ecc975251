package org.fovea.network;

import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;

/// Chooses the neurons of a layer that take part in an example or in a batch: the seam that the
/// package `selection` fills.
///
/// **Threads** `select` may be called by several workers at once, each with its own set, scratch
/// and random generator; `rowsChanged` may be called at the same time; `maintain` is called by one
/// thread at a time. What readers see of a rebuilt table is published as a whole.
public interface Selector extends AutoCloseable {

  /// Working memory of one worker; made by [#newScratch].
  interface Scratch {}

  /// Working memory for one worker.
  Scratch newScratch();

  /// Whether all examples of a batch share one active set.
  boolean shared();

  /// Largest number of neurons that one `select` adds.
  int limit();

  /// Adds neurons to a set that may already hold the required ones.
  ///
  /// @param inputs dense inputs of the layer, one example a row
  /// @param from first example; with [#shared] the set serves the examples `[from, to)`, otherwise
  ///   `to = from + 1`
  /// @param to end of the examples
  /// @param set what is added to; its corrections are written for all members, required ones
  ///   included
  /// @param training false when predicting: nothing random is added
  void select(
      Block inputs,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training);

  /// Adds neurons for one example whose input is sparse.
  void selectSparse(
      int[] indices,
      float[] values,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training);

  /// Tells that rows have been updated.
  void rowsChanged(int[] rows, int from, int to);

  /// Called between batches: moves changed rows to their new places when it is time.
  ///
  /// @param batch number of batches trained so far
  void maintain(long batch);

  /// Brings everything up to date with the weights, for instance before predicting.
  void refresh();

  /// Multiply-adds (additions of projections included) that the last `select` with this scratch
  /// spent.
  long work(Scratch scratch);

  @Override
  void close();
}
