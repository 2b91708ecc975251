package org.fovea.spec;

/// Where the rows of a wide output layer are while a network predicts or, but for [Mapped], is
/// trained.
public sealed interface Residency {

  /// All in the heap.
  record Heap() implements Residency {}

  /// None: the file is mapped, and rows are read from it, verified, whenever they are needed. The
  /// operating system keeps of the file what memory allows.
  record Mapped() implements Residency {}

  /// A part, which is read from the mapped file, or in training from a scratch file, and kept in
  /// the heap while it is used.
  ///
  /// @param budget bytes of the heap for rows, in training with the optimizer's state of them
  /// @param retention batches that rows stay without being needed, at least; 0 if they stay until
  ///   their place is needed, as they do in training
  record Suspended(long budget, int retention) implements Residency {
    public Suspended {
      Require.positive("budget", budget);
      Require.that(retention >= 0, "retention must not be negative, but is %d", retention);
    }
  }
}
