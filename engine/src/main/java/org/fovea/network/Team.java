package org.fovea.network;

/// The threads that work on one batch: runs a phase over a range of items and returns when all are
/// done.
///
/// The items of a phase are independent and each computes in a fixed order, so results have the
/// same bits whatever the number of threads. An asynchronous worker is a team of one.
public interface Team {

  /// The work on a range of items.
  @FunctionalInterface
  interface Phase {

    /// Works on the items `[from, to)`.
    ///
    /// @param thread index of the calling thread in its team, for scratch memory
    void run(int from, int to, int thread);
  }

  /// Number of threads.
  int size();

  /// Runs a phase over the items `[0, items)` in pieces of `grain`; the last may be shorter.
  void run(int items, int grain, Phase phase);

  /// A team of the calling thread alone.
  static Team single() {
    return Single.INSTANCE;
  }

  /// The calling thread.
  final class Single implements Team {
    private static final Single INSTANCE = new Single();

    private Single() {}

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void run(int items, int grain, Phase phase) {
      if (items > 0) {
        phase.run(0, items, 0);
      }
    }
  }
}
