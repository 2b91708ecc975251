package org.fovea.training;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.fovea.data.DataSummary;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.SuspendedRows;
import org.fovea.residency.SlottedRows;
import org.fovea.spec.Averaging;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Residency;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Pruner;
import org.fovea.training.optimizer.Updaters;

/// What it takes to train with a part of the labels' rows in memory: which runs can, how many rows
/// a budget holds, and how many a batch needs.
public final class SuspendedLabels {

  private SuspendedLabels() {}

  /// Opens where the rows of the labels are in training, if they are not all in memory.
  ///
  /// @param directory where the scratch file lies
  /// @throws TrainingException if the run cannot do so, or if the budget is too small
  static Optional<SuspendedRows.Opener> opener(
      NetworkSpec network,
      TrainSpec training,
      DataSummary data,
      Residency residency,
      Path directory) {
    require(network, training, data, residency);
    return residency instanceof Residency.Suspended(long budget, int _)
        ? Optional.of(SlottedRows.in(directory, slots(network, training, budget)))
        : Optional.empty();
  }

  /// Refuses what cannot be trained with its labels where they are to be.
  ///
  /// @throws TrainingException saying why
  public static void require(
      NetworkSpec network, TrainSpec training, DataSummary data, Residency residency) {
    switch (residency) {
      case Residency.Heap _ -> {}
      case Residency.Mapped _ ->
          throw new TrainingException(
              "rows of labels that are mapped from a file cannot be trained: heap or suspended was"
                  + " expected");
      case Residency.Suspended(long budget, int retention) -> {
        refusal(network, training, retention)
            .ifPresent(why -> {
              throw new TrainingException("rows of labels cannot be suspended in training: " + why);
            });
        int slots = slots(network, training, budget);
        int needed = needed(network, training, data);
        if (slots < needed) {
          throw new TrainingException(
              String.format(
                  Locale.ROOT,
                  "a batch needs %,d rows of labels in memory, and %,d bytes hold %,d: %,d were expected at least",
                  needed,
                  budget,
                  slots,
                  needed * slotBytes(network, training)));
        }
      }
    }
  }

  private static Optional<String> refusal(NetworkSpec network, TrainSpec training, int retention) {
    OutputSpec output = network.output();
    if (output.sparse().isPresent() || network.outputInputs() == 0) {
      return Optional.of("the output layer has no rows of weights");
    }
    Optional<String> selection =
        switch (output.selection()) {
          case Selection.Lsh _ -> Optional.of("hash tables need the rows of all labels in memory");
          case Selection.Sampled sampled ->
              sampled.sharing() == Sharing.BATCH
                  ? Optional.empty()
                  : Optional.of("the examples of a batch must share their sampled labels");
          case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ ->
              Optional.of(
                  "every batch needs the rows of all labels, so that all would have to be in"
                      + " memory; sampled labels were expected");
        };
    if (selection.isPresent()) {
      return selection;
    }
    if (network.hidden().getLast() instanceof LayerSpec.Dense top
        && !(top.selection() instanceof Selection.All)) {
      return Optional.of("all neurons of the last hidden layer must take part");
    }
    if (output.initialization() == OutputSpec.Initialization.CENTROIDS) {
      return Optional.of("centroids need the rows of all labels in memory");
    }
    if (!(training.averaging() instanceof Averaging.None)) {
      return Optional.of("averaging needs the rows of all labels in memory");
    }
    if (training.replicas().isPresent()) {
      return Optional.of("replicas have copies of all rows in memory");
    }
    if (Pruner.create(network).isPresent()) {
      return Optional.of("pruning changes the rows of all labels");
    }
    return retention == 0
        ? Optional.empty()
        : Optional.of("rows stay until their place is needed, a retention is for prediction");
  }

  /// How many rows a budget holds.
  private static int slots(NetworkSpec network, TrainSpec training, long budget) {
    return (int) Math.min(network.output().labels(), budget / slotBytes(network, training));
  }

  /// Rows that a batch of mean size needs if none is drawn twice.
  private static int needed(NetworkSpec network, TrainSpec training, DataSummary data) {
    int sampled = network.output().selection() instanceof Selection.Sampled some ? some.count() : 0;
    double labels = data.labelsPerExample() + network.output().neighbours();
    return (int)
        Math.min(network.output().labels(), Math.ceil(sampled + training.batch() * labels));
  }

  private static long slotBytes(NetworkSpec network, TrainSpec training) {
    int columns = network.outputInputs();
    return RowMatrix.bytes(1, columns)
        + Updaters.stateBytes(training, 1, columns)
        + SlottedRows.slotBytes();
  }

  /// Bytes of memory of the rows of labels and of their state.
  static long bytes(NetworkSpec network, TrainSpec training, Residency.Suspended suspended) {
    return slots(network, training, suspended.budget()) * slotBytes(network, training)
        + (long) network.output().labels() * SlottedRows.rowBytes();
  }
}
