package org.fovea.training;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.fovea.data.Examples;
import org.fovea.model.ModelInfo;
import org.fovea.model.NetworkFiles;
import org.fovea.model.files.CheckpointStore;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelStore;
import org.fovea.model.json.SpecJson;
import org.fovea.network.Network;
import org.fovea.training.metric.Measures;

/// Keeps a run in its model directory: checkpoints while it trains, the model when it has one.
public final class ModelCheckpointer implements Checkpointer {

  /// Section of a checkpoint that holds the [RunState].
  static final String STATE = "state";

  private static final int KEPT = 2;

  private final ModelStore store;
  private final CheckpointStore checkpoints;
  private final Network network;
  private final ModelInfo info;
  private final Optional<Examples> unseen;
  private final Consumer<TrainEvent> listener;
  private final LongSupplier nanoTime;

  /// @param store the model directory, open for writing
  /// @param info what is written beside the parameters and what the network looks like
  /// @param unseen examples that training does not see, to calibrate probabilities with
  public ModelCheckpointer(
      ModelStore store,
      Network network,
      ModelInfo info,
      Optional<Examples> unseen,
      Consumer<TrainEvent> listener,
      LongSupplier nanoTime) {
    this.store = store;
    this.checkpoints = store.checkpoints(KEPT);
    this.network = network;
    this.info = info;
    this.unseen = unseen;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  @Override
  public void checkpoint(RunState state) {
    long start = nanoTime.getAsLong();
    ModelContents contents = info.withNetwork(network.spec()).contents();
    contents.section(STATE, SpecJson.write(state, RunState.class));
    NetworkFiles.addParameters(contents, network);
    NetworkFiles.addState(contents, network);
    listener.accept(
        new TrainEvent.CheckpointWritten(
            state.batch(),
            checkpoints.write(state.batch(), contents),
            Duration.ofNanos(nanoTime.getAsLong() - start)));
  }

  @Override
  public void keep(RunState state, Measures validation) {
    ModelInfo kept = info.withNetwork(network.spec()).withMeasures(validation.values());
    Optional<Calibrator.Found> found =
        unseen.flatMap(examples -> Calibrator.fit(network, examples, info.training().seed()));
    if (found.isPresent()) {
      listener.accept(
          new TrainEvent.Calibrated(
              state.batch(), found.get().calibration(), found.get().before(), found.get().after()));
      kept = kept.withCalibration(found.get().calibration());
    }
    ModelContents contents = kept.contents();
    NetworkFiles.addParameters(contents, network);
    store.publish(contents);
  }
}
