package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.data.Names;
import org.fovea.kernel.RowMatrix;
import org.fovea.model.Model;
import org.fovea.model.Predecessor;
import org.fovea.network.Network;
import org.fovea.network.Parameters;
import org.fovea.network.Predictor;
import org.fovea.network.TopK;
import org.fovea.network.Updater;
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
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.Topology;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that go on with more features and labels.
class ContinuationTest {

  private static final int OLD_FEATURES = 220;
  private static final int OLD_LABELS = 100;
  private static final Examples ALL = Runs.examples(800, 8);
  private static final Examples OLD = old(ALL, OLD_FEATURES);

  @TempDir private Path folder;

  /// Examples of the first labels, without the last features.
  private static Examples old(Examples all, int features) {
    Batch batch = new Batch();
    Batch kept = new Batch();
    try (ExampleReader reader = all.inOrder()) {
      reader.read(batch, Integer.MAX_VALUE);
    }
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
        if (batch.features()[i] < features) {
          kept.addFeature(batch.features()[i], batch.values()[i]);
        }
      }
      for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
        if (batch.labels()[i] < OLD_LABELS) {
          kept.addLabel(batch.labels()[i]);
        }
      }
      if (kept.openFeatureCount() == 0 || kept.openLabelCount() == 0) {
        kept.dropExample();
      } else {
        kept.endExample(e);
      }
    }
    return MemoryExamples.of("old", kept, features, OLD_LABELS);
  }

  private static TrainSpec training(int epochs, double rate, Optimizer optimizer) {
    return new TrainSpec(
        epochs,
        32,
        optimizer,
        new Schedule.Constant(rate),
        Math.min(1, rate),
        1e-5,
        0,
        new Clipping.None(),
        new Averaging.None(),
        new Balancing.None(),
        new Stopping.Never(),
        true,
        17);
  }

  private static NetworkSpec weighted(
      InputSpec.Weighting weighting, OutputSpec.Initialization initialization) {
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, weighting, 0),
        List.of(new LayerSpec.Dense(24, new Activation.Relu(), 1, 0, new Selection.All())),
        new OutputSpec(
            Runs.LABELS,
            new Loss.Softmax(),
            new Selection.All(),
            0,
            new Direct.None(),
            initialization));
  }

  private static NetworkSpec sparse(boolean sparseOutput) {
    Topology topology = new Topology.ErdosRenyi(6);
    Evolution evolution = Evolution.Preset.SET;
    return new NetworkSpec(
        new InputSpec(Runs.FEATURES, InputSpec.Weighting.UNIT, 0),
        List.of(
            new LayerSpec.Sparse(40, new Activation.AllRelu(0.6), 1, 0, topology, evolution),
            new LayerSpec.Sparse(30, new Activation.Srelu(), 1, 0, topology, evolution)),
        new OutputSpec(
            Runs.LABELS,
            new Loss.Logistic(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO,
            sparseOutput
                ? Optional.of(new OutputSpec.Sparse(topology, evolution))
                : Optional.empty()));
  }

  private static List<NetworkSpec> everyKind() {
    List<NetworkSpec> all = new ArrayList<>();
    Runs.selections().forEach(kind -> all.add(Runs.network(kind, new Loss.Softmax())));
    for (InputSpec.Weighting weighting : InputSpec.Weighting.values()) {
      all.add(weighted(weighting, OutputSpec.Initialization.RANDOM));
    }
    all.add(weighted(InputSpec.Weighting.UNIT, OutputSpec.Initialization.CENTROIDS));
    all.add(sparse(true));
    all.add(sparse(false));
    return all;
  }

  private void train(NetworkSpec network, TrainSpec training, Examples data, Path directory) {
    NetworkSpec fitted =
        network.withCounts(data.summary().featureCount(), data.summary().labelCount());
    new TrainingRun(Runs.setup(fitted, training, data, 1, directory), _ -> {}, Runs.clocks())
        .run(false)
        .network()
        .close();
  }

  private static TrainingRun.Setup from(
      NetworkSpec network,
      TrainSpec training,
      Examples data,
      Path directory,
      Optional<Predecessor> model) {
    TrainingRun.Setup cold = Runs.setup(network, training, data, 1, directory);
    return new TrainingRun.Setup(
        cold.network(),
        cold.training(),
        cold.data(),
        Optional.empty(),
        Names.none(),
        cold.options(),
        directory,
        model);
  }

  private void goOn(NetworkSpec network, TrainSpec training, Path model, Path directory) {
    try (Predecessor predecessor = Predecessor.open(model)) {
      new TrainingRun(
              from(network, training, ALL, directory, Optional.of(predecessor)),
              _ -> {},
              Runs.clocks())
          .run(false)
          .network()
          .close();
    }
  }

  /// Scores of the first labels for all old examples.
  private static float[][] scores(Path directory) {
    try (Model model = Model.open(directory)) {
      Batch batch = new Batch();
      try (ExampleReader reader = OLD.inOrder()) {
        reader.read(batch, 64);
      }
      int labels = model.info().network().output().labels();
      TopK[] best = new TopK[batch.exampleCount()];
      for (int e = 0; e < best.length; e++) {
        best[e] = new TopK(labels);
      }
      model.network().inputWeights().apply(batch);
      new Predictor(model.network()).predict(batch, best);
      float[][] scores = new float[best.length][OLD_LABELS];
      for (int e = 0; e < best.length; e++) {
        best[e].rank();
        for (int place = 0; place < best[e].size(); place++) {
          if (best[e].id(place) < OLD_LABELS) {
            scores[e][best[e].id(place)] = best[e].score(place);
          }
        }
      }
      return scores;
    }
  }

  private static double precision(Path directory, Examples data) {
    try (Model model = Model.open(directory)) {
      return new Evaluator(data, MeasureSpec.at(1), 1).evaluate(model.network()).value("P@1");
    }
  }

  @Test
  void scoresOldLabelsAsBeforeToTheBit() {
    for (int kind = 0; kind < everyKind().size(); kind++) {
      NetworkSpec network = everyKind().get(kind);
      Path first = folder.resolve("first" + kind);
      Path next = folder.resolve("next" + kind);
      train(network, training(1, 0.05, Optimizer.Adam.defaults()), OLD, first);
      goOn(network, training(1, 1e-30, new Optimizer.Sgd()), first, next);
      assertThat(scores(next)).as("scores of %s", network).isDeepEqualTo(scores(first));
    }
  }

  @Test
  void findsNeuronsThroughTheSameTablesWhereTheirInputsAreTheSame() {
    NetworkSpec network = Runs.hashedHidden();
    train(
        network,
        training(1, 0.05, Optimizer.Adam.defaults()),
        old(ALL, Runs.FEATURES),
        folder.resolve("first"));
    goOn(
        network,
        training(1, 1e-30, new Optimizer.Sgd()),
        folder.resolve("first"),
        folder.resolve("next"));
    assertThat(scores(folder.resolve("next"))).isDeepEqualTo(scores(folder.resolve("first")));
  }

  @Test
  void learnsNewLabelsAsWellAsAtOnce() {
    for (NetworkSpec network :
        List.of(
            Runs.network(Runs.sampled(Sharing.BATCH), new Loss.Softmax()),
            weighted(InputSpec.Weighting.TF_IDF, OutputSpec.Initialization.CENTROIDS),
            sparse(true))) {
      Path place = folder.resolve("learns" + network.hashCode());
      TrainSpec training = training(10, 0.01, Optimizer.Adam.defaults());
      train(network, training, OLD, place.resolve("first"));
      train(network, training, ALL, place.resolve("at-once"));
      goOn(network, training, place.resolve("first"), place.resolve("next"));
      double atOnce = precision(place.resolve("at-once"), ALL);
      assertThat(atOnce).isGreaterThan(0.5);
      assertThat(precision(place.resolve("next"), ALL))
          .as("P@1 of %s", network)
          .isGreaterThan(atOnce - 0.05);
    }
  }

  @Test
  void keepsTheStateOfTheOptimizer() {
    for (NetworkSpec network :
        List.of(Runs.network(new Selection.All(), new Loss.Softmax()), sparse(true))) {
      Path first = folder.resolve("first" + network.hashCode());
      TrainSpec training = training(3, 0.01, Optimizer.Adam.defaults());
      train(network, training, OLD, first);
      TrainSpec other = training(3, 0.01, new Optimizer.Momentum(0.9, false));
      try (Predecessor model = Predecessor.open(first);
          Network kept =
              new Preparation(network, training, ALL, new Updaters(training)).warmStart(model);
          Network fresh =
              new Preparation(network, other, ALL, new Updaters(other)).warmStart(model)) {
        assertThat(model.stateOf(training.optimizer())).isPresent();
        assertThat(model.stateOf(other.optimizer())).isEmpty();
        for (Parameters parameters : kept.parameters()) {
          boolean any = parameters.values().columns() > 0;
          assertThat(states(parameters) > 0).as(parameters.name()).isEqualTo(any);
        }
        for (Parameters parameters : fresh.parameters()) {
          assertThat(states(parameters)).as(parameters.name()).isZero();
        }
        RowMatrix bias = kept.output().neurons().bias().updater().state().getFirst().values();
        assertThat(bias.at(OLD_LABELS, 0)).isZero();
      }
    }
  }

  /// Numbers of the optimizer that are not 0.
  private static long states(Parameters parameters) {
    long count = 0;
    for (Updater.State state : parameters.updater().state()) {
      RowMatrix values = state.values();
      for (int row = 0; row < values.rows(); row++) {
        for (int column = 0; column < values.columns(); column++) {
          count += values.at(row, column) == 0 ? 0 : 1;
        }
      }
    }
    return count;
  }

  @Test
  void goesOnTheSameEveryTimeAndRemembersWhatItWasTrainedOn() throws IOException {
    NetworkSpec network = Runs.network(Runs.sampled(Sharing.BATCH), new Loss.Softmax());
    TrainSpec training = training(2, 0.05, new Optimizer.RowAdagrad(1e-8));
    Path first = folder.resolve("first");
    train(network, training, OLD, first);
    goOn(network, training, first, folder.resolve("once"));
    goOn(network, training, first, folder.resolve("twice"));
    assertThat(Runs.weights(folder.resolve("twice")))
        .isEqualTo(Runs.weights(folder.resolve("once")));
    try (Model model = Model.open(folder.resolve("once"))) {
      assertThat(model.info().data().examples())
          .isEqualTo(OLD.summary().exampleCount() + ALL.summary().exampleCount());
      assertThat(model.info().data().labelFrequencies()[3])
          .isEqualTo(
              OLD.summary().labelFrequencies().of(3) + ALL.summary().labelFrequencies().of(3));
      assertThat(model.info().data().labelFrequencies()[OLD_LABELS + 3])
          .isEqualTo(ALL.summary().labelFrequencies().of(OLD_LABELS + 3));
    }
  }

  @Test
  void refusesToForgetFeaturesOrLabels() {
    NetworkSpec network = weighted(InputSpec.Weighting.UNIT, OutputSpec.Initialization.ZERO);
    TrainSpec training = training(1, 0.01, new Optimizer.Sgd());
    Path first = folder.resolve("first");
    train(network, training, ALL, first);
    NetworkSpec fewer = network.withCounts(Runs.FEATURES, OLD_LABELS);
    try (Predecessor model = Predecessor.open(first)) {
      assertThatThrownBy(
              () -> new Preparation(fewer, training, OLD, new Updaters(training)).warmStart(model))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("has another shape: 300 features UNIT")
          .hasMessageEndingWith("200 labels");
    }
  }
}
