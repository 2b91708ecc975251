package org.fovea.training;

import org.fovea.training.metric.Measures;

/// Where a run keeps itself: the seam between training and model files.
public interface Checkpointer {

  /// Writes a checkpoint; the run stands still meanwhile.
  void checkpoint(RunState state);

  /// Keeps the network as the run's result so far.
  ///
  /// @param validation its measures, empty if there is no validation data
  void keep(RunState state, Measures validation);

  /// Keeps nothing.
  static Checkpointer none() {
    return new Checkpointer() {
      @Override
      public void checkpoint(RunState state) {}

      @Override
      public void keep(RunState state, Measures validation) {}
    };
  }
}
