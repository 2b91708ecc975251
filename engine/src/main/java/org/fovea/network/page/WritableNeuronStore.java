package org.fovea.network.page;

/// A store that takes pages: one process at a time may have it open.
///
/// **Threads** safe; batches are written one after another.
public interface WritableNeuronStore extends NeuronStore {

  /// What a write that has returned survives.
  enum Durability {
    /// The end of the process in whatever way, and the loss of power.
    SYNC,
    /// The end of the process in whatever way. The loss of power may take the latest batches, the
    /// last first.
    PROCESS,
    /// Nothing, until [#force] has returned: for building, and for pages that can be made again.
    /// Batches that are lost are lost as wholes, but later ones of another durability may be kept.
    NONE
  }

  /// Writes a batch, all of it or nothing. When this returns, the batch is acknowledged.
  ///
  /// Readers at the same time see each page as it was or as it is, and never half of both.
  ///
  /// @param batch may be reused afterwards
  /// @throws java.io.UncheckedIOException if it cannot be written, for instance because the disk is
  ///   full; the store then holds what was acknowledged before, and nothing of the batch
  void write(PageBatch batch, Durability durability);

  /// Makes everything that was written survive the loss of power.
  void force();
}
