package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.Evolution;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;

/// Very large sparse networks and very wide tables, with their data.
final class ScaleNetworks {

  /// Columns and classes of the table of lung cancers that published ladders are about.
  static final int COLUMNS = 3312;

  static final int CLASSES = 5;

  private ScaleNetworks() {}

  /// Rows of noise in which `informative` columns, the first ones, are `effect` standard deviations
  /// apart between neighbouring classes.
  static Examples rows(
      int count, int columns, int classes, int informative, double effect, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Batch batch = new Batch(count, count * columns);
    for (int e = 0; e < count; e++) {
      int kind = e % classes;
      for (int column = 0; column < columns; column++) {
        double shift = column < informative ? effect * kind : 0;
        batch.addFeature(column, (float) (random.nextGaussian() + shift));
      }
      batch.addLabel(kind);
      batch.endExample(e);
    }
    return MemoryExamples.of("rows", batch, columns, classes);
  }

  /// Three hidden layers of the same width, as in the published ladder.
  static NetworkSpec ladder(int width, double epsilon) {
    List<LayerSpec> hidden = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      hidden.add(layer(width, 1, epsilon, Evolution.Preset.SET));
    }
    return network(COLUMNS, CLASSES, InputSpec.Weighting.NONE, hidden);
  }

  /// One hidden layer over a table of very many columns, whose connections grow by gradient.
  ///
  /// @param spread of the first net inputs: where it is small, learned weights soon outweigh drawn
  ///   ones, and an input that has strong connections is one that matters
  static NetworkSpec wide(int columns, int neurons, double epsilon, double spread) {
    Evolution evolution =
        new Evolution.Rules(
            new Evolution.When.Steps(2, 0.75),
            new Evolution.Amount.Cosine(0.5, 0),
            new Evolution.Drop.Magnitude(),
            new Evolution.Grow.Gradient());
    return network(
        columns,
        2,
        InputSpec.Weighting.STANDARD,
        List.of(layer(neurons, spread, epsilon, evolution)));
  }

  private static LayerSpec layer(int neurons, double spread, double epsilon, Evolution evolution) {
    return new LayerSpec.Sparse(
        neurons, new Activation.Relu(), spread, 0, new Topology.ErdosRenyi(epsilon), evolution);
  }

  private static NetworkSpec network(
      int columns, int classes, InputSpec.Weighting weighting, List<LayerSpec> hidden) {
    return new NetworkSpec(
        new InputSpec(columns, weighting, 0),
        hidden,
        new OutputSpec(
            classes,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            Optional.of(OutputSpec.Sparse.defaults())));
  }

  /// A run with momentum.
  static TrainSpec training(int epochs, int batch, double rate, double decay) {
    return new TrainSpec(
        epochs,
        batch,
        new Optimizer.Momentum(0.9, false),
        new Schedule.Constant(rate),
        1,
        1e-6,
        decay,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        false,
        1);
  }
}
