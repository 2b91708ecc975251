package org.fovea.bench.suite;

import java.util.List;
import java.util.Optional;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
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
import org.fovea.training.Plan;
import org.fovea.training.Planner;

/// The networks that are compared on tables of few rows. All read standardized columns; the dense
/// one and its training are those that the product plans when nothing is said, the others are
/// trained alike.
///
/// @param neurons of the hidden layer
/// @param epsilon connections of a sparse layer for each neuron and column
/// @param epochs passes over the training rows
record TableNetworks(int neurons, double epsilon, int epochs) {

  /// The ways to connect, in the order of the report.
  static final List<String> METHODS = List.of("set", "static", "dense", "linear");

  private static final double DROPOUT = 0.3;

  /// A network for a table, and how it is trained.
  ///
  /// @param rows to train with
  /// @param method one of [#METHODS]
  /// @param directRate of the linear model
  /// @param seed of everything that is drawn
  Plan plan(Examples rows, String method, double directRate, long seed) {
    if (method.equals("dense")) {
      return Planner.plan(rows, seed);
    }
    DataSummary data = rows.summary();
    return new Plan(network(data, method), training(data, directRate, seed), List.of());
  }

  private NetworkSpec network(DataSummary data, String method) {
    InputSpec input = new InputSpec(data.featureCount(), InputSpec.Weighting.STANDARD, 0);
    return switch (method) {
      case "set" -> sparse(input, data, Evolution.Preset.SET);
      case "static" -> sparse(input, data, Evolution.Preset.STATIC);
      case "linear" ->
          new NetworkSpec(
              input,
              List.of(),
              output(data, new Direct.CoOccurring(1, data.featureCount(), 0), Optional.empty()));
      default -> throw new IllegalArgumentException("no method " + method);
    };
  }

  private NetworkSpec sparse(InputSpec input, DataSummary data, Evolution evolution) {
    return new NetworkSpec(
        input,
        List.of(
            new LayerSpec.Sparse(
                neurons,
                new Activation.Relu(),
                1,
                DROPOUT,
                new Topology.ErdosRenyi(epsilon),
                evolution)),
        output(data, new Direct.None(), Optional.of(OutputSpec.Sparse.defaults())));
  }

  private static OutputSpec output(
      DataSummary data, Direct direct, Optional<OutputSpec.Sparse> sparse) {
    return new OutputSpec(
        data.labelCount(),
        new Loss.Softmax(),
        new Selection.All(),
        0,
        direct,
        OutputSpec.Initialization.ZERO,
        sparse);
  }

  private TrainSpec training(DataSummary data, double directRate, long seed) {
    // few examples in large batches would be too few steps
    int batch = Math.clamp(Long.highestOneBit(data.exampleCount() / 32), 4, 32);
    return new TrainSpec(
        epochs,
        batch,
        Optimizer.Adam.defaults(),
        new Schedule.Linear(0.001, 0, 0),
        directRate,
        1e-6,
        0.01,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        false,
        seed);
  }
}
