package org.fovea.network;

/// Where in a run a worker is: what the passes need to know about the batch at hand.
///
/// **Threads** confined to the worker that sets it; read by its team.
public final class Step {

  private long seed;
  private long batch;
  private float rate;
  private float directRate;

  /// The start of a run.
  public Step() {}

  /// Moves to a batch.
  ///
  /// @param seed seed of the run
  /// @param batch number of the batch, counted from 0 over the whole run
  /// @param rate learning rate
  /// @param directRate learning rate of the direct connections
  public void moveTo(long seed, long batch, float rate, float directRate) {
    this.seed = seed;
    this.batch = batch;
    this.rate = rate;
    this.directRate = directRate;
  }

  /// Seed of the run.
  public long seed() {
    return seed;
  }

  /// Number of the batch.
  public long batch() {
    return batch;
  }

  /// Learning rate.
  public float rate() {
    return rate;
  }

  /// Learning rate of the direct connections.
  public float directRate() {
    return directRate;
  }
}
