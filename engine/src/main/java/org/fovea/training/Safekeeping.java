package org.fovea.training;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fovea.model.tensor.NonFiniteTensorException;
import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.training.metric.Measures;

/// Keeps checkpoints and models of a run, as long as its losses and parameters are sound.
///
/// **Threads** confined to the thread that runs the trainer.
final class Safekeeping {

  private final Network network;
  private final Checkpointer checkpointer;
  private final LossWatch losses;
  private final double peakRate;
  private OptionalLong lastCheckpoint;

  /// @param peakRate the run's highest learning rate, for messages
  /// @param from where the run begins
  Safekeeping(
      Network network,
      Checkpointer checkpointer,
      LossWatch losses,
      double peakRate,
      RunState from) {
    this.network = network;
    this.checkpointer = checkpointer;
    this.losses = losses;
    this.peakRate = peakRate;
    this.lastCheckpoint = from.batch() > 0 ? OptionalLong.of(from.batch()) : OptionalLong.empty();
  }

  /// Writes a checkpoint, unless the loss has just gone astray: whoever resumes wants what was
  /// there before.
  void checkpoint(RunState state) {
    if (losses.suspects()) {
      network.selectors().forEach(Selector::refresh);
    } else {
      write(state);
    }
  }

  /// Writes a checkpoint.
  ///
  /// @throws DivergedException if a parameter is not finite
  void write(RunState state) {
    // tables are rebuilt from the weights on resuming: here too, so that both go on alike
    network.selectors().forEach(Selector::refresh);
    try {
      checkpointer.checkpoint(state);
      lastCheckpoint = OptionalLong.of(state.batch());
    } catch (NonFiniteTensorException e) {
      throw diverged(state, String.valueOf(e.getMessage()));
    }
  }

  /// Keeps the network as the run's result so far.
  ///
  /// @throws DivergedException if a parameter is not finite
  void keep(RunState state, Measures measures) {
    try {
      checkpointer.keep(state, measures);
    } catch (NonFiniteTensorException e) {
      throw diverged(state, String.valueOf(e.getMessage()));
    }
  }

  /// What tells that the run is lost, and what is left of it.
  DivergedException diverged(RunState state, String what) {
    boolean begun = state.batchInEpoch() > 0 || state.epoch() == 0;
    return new DivergedException(
        state.epoch() + (begun ? 1 : 0),
        state.batch(),
        what,
        losses.hasLearned() ? OptionalDouble.of(peakRate) : OptionalDouble.empty(),
        lastCheckpoint);
  }
}
