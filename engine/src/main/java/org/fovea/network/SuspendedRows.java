package org.fovea.network;

/// Rows of weights of an output layer in training, of which a part is awake: in memory, in the
/// *slots* of a small matrix. The others are suspended, each with the optimizer's state of its own.
///
/// Whoever trains wakes the rows that a batch needs, works with the slots that they are in, and
/// releases them; a row that is awake stays in its slot until then. So kernels and updaters see an
/// ordinary [org.fovea.kernel.RowMatrix], whose rows happen to be other labels from batch to batch.
///
/// What [StoredRows#copy] and [StoredRows#gather] read are the rows as training left them; nothing
/// is woken for it, and nobody may train meanwhile.
///
/// **Shapes** `[rows, columns]`; a record of a row is its weights and then the rows of each matrix
/// of the optimizer's state, in the order of [Updater#state].
///
/// **Errors** a row that is not read as it was written is a
/// [org.fovea.network.page.DamagedPageException], never a wrong row; after a failure everything is
/// refused.
///
/// **Threads** safe; the contents of slots are racy on purpose, as those of any matrix.
public interface SuspendedRows extends StoredRows {

  /// Opens the place of suspended rows when the layer is made.
  interface Opener {

    /// How many rows can be awake.
    int slots();

    /// The rows, whose contents come by [SuspendedRows#fill].
    ///
    /// @param rows how many there are
    /// @param slots matrix of the rows that are awake, [#slots] of them, with its updater as new
    SuspendedRows open(int rows, Parameters slots);
  }

  /// Writes one row's record.
  @FunctionalInterface
  interface Filler {

    /// Called for each row in order.
    ///
    /// @param record weights, which are zero, and state, which is that of a new row
    void fill(int row, float[] record);
  }

  /// Takes rows of weights or of state.
  @FunctionalInterface
  interface Visitor {

    /// Called for each row in order with `values[from, from + count)`.
    void row(float[] values, int from, int count);
  }

  /// Wakes rows and holds them awake. Waits while other batches hold too many.
  ///
  /// @param ids different rows, at `[0, count)`
  /// @param slots where each is from now on, written
  /// @throws org.fovea.network.page.NeuronStoreException if there are fewer slots than rows
  void wake(int[] ids, int count, int[] slots);

  /// Lets go of rows that are awake.
  ///
  /// @param slots where they are, at `[0, count)`
  /// @param changed whether they may have changed
  void release(int[] slots, int count, boolean changed);

  /// Replaces all rows; none may be awake.
  void fill(Filler filler);

  /// Position of a part in a record: 0 are the weights, the others the optimizer's state.
  int begin(int part);

  /// Visits a part of all rows, one after another, without waking any.
  void forEach(int part, Visitor visitor);
}
