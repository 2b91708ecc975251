package org.fovea.training;

import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.network.Network;
import org.fovea.residency.SlotStatistics;
import org.fovea.residency.SlottedRows;

/// Tells after each epoch how often the rows that batches needed were in memory, if not all are.
///
/// **Threads** confined; called between segments.
final class RowsWatch {

  private final Optional<SlottedRows> rows;
  private final Consumer<TrainEvent> listener;
  private SlotStatistics told = new SlotStatistics(0, 0, 0, 0, 0, 0, 0, 0);

  RowsWatch(Network network, Consumer<TrainEvent> listener) {
    this.rows =
        network.output().neurons().suspended().orElse(null) instanceof SlottedRows slotted
            ? Optional.of(slotted)
            : Optional.empty();
    this.listener = listener;
  }

  /// Tells what happened since it was told last.
  ///
  /// @param batch batches done
  void measure(long batch) {
    if (rows.isEmpty()) {
      return;
    }
    SlotStatistics now = rows.get().statistics();
    listener.accept(
        new TrainEvent.RowsWoken(
            batch,
            now.batches() - told.batches(),
            now.hits() - told.hits(),
            now.misses() - told.misses(),
            now.written() - told.written(),
            now.slots()));
    told = now;
  }
}
