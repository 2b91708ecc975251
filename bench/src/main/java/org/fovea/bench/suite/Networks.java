package org.fovea.bench.suite;

import java.util.List;
import org.fovea.data.DataSummary;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;

/// The networks and runs that suites measure.
final class Networks {

  /// Width of the hidden layer where nothing else is said.
  static final int HIDDEN = 128;

  /// Examples in a batch.
  static final int BATCH = 128;

  /// Learning rate of row-wise Adagrad where nothing else is said.
  static final double RATE = 0.1;

  /// Standard deviation of the first net inputs: small, so that what is learned soon outweighs
  /// them.
  static final double SPREAD = 0.1;

  /// Negatives where nothing else is said.
  static final int NEGATIVES = 1_024;

  private Networks() {}

  /// Sparse input, one hidden layer, a wide softmax: the network of the extreme-classification
  /// comparisons.
  static NetworkSpec extreme(DataSummary data, int hidden, Selection output) {
    return new NetworkSpec(
        new InputSpec(data.featureCount(), InputSpec.Weighting.NONE, 0),
        List.of(new LayerSpec.Dense(hidden, new Activation.Relu(), SPREAD, 0, new Selection.All())),
        new OutputSpec(
            data.labelCount(),
            new Loss.Softmax(),
            output,
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO));
  }

  /// Negatives by the square root of their frequency, shared by a batch, corrected.
  static Selection.Sampled sampled(int negatives) {
    return new Selection.Sampled(negatives, 0.5, Sharing.BATCH, true);
  }

  /// A run with row-wise Adagrad at a constant rate.
  static TrainSpec rowAdagrad(int epochs, double rate, long seed) {
    return training(epochs, new Optimizer.RowAdagrad(1e-10), new Schedule.Constant(rate), seed);
  }

  /// A run without frills.
  static TrainSpec training(int epochs, Optimizer optimizer, Schedule schedule, long seed) {
    return new TrainSpec(
        epochs,
        BATCH,
        optimizer,
        schedule,
        1,
        1e-6,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        false,
        seed);
  }
}
