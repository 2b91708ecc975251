package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.Evolution;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Normalization;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Pruning;
import org.fovea.spec.Selection;
import org.fovea.spec.Topology;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds batch normalization against a definition in double precision and its finite differences.
class BatchNormalizationTest {

  private static final double STEP = 1e-5;

  /// Gradient descent with rate 1, so that a step is the gradient.
  private static final UpdaterFactory DESCENT =
      (values, role) ->
          (row, gradient, from, rate) -> {
            for (int i = 0; i < values.columns(); i++) {
              values.set(row, i, values.at(row, i) - rate * gradient[from + i]);
            }
          };

  /// The network in double precision: two normalized layers and an output that reconstructs.
  private static final class Definition {
    final List<double[]> arrays = new ArrayList<>();
    final List<SparsePattern> patterns = new ArrayList<>();
    final List<Activation> activations = new ArrayList<>();

    /// For each layer weights and biases, and for hidden ones scales and running means.
    Definition(Network network) {
      for (int i = 0; i < network.connections().size(); i++) {
        SparseMatrix matrix = network.connections().get(i).matrix();
        double[] weights = new double[(int) matrix.count()];
        Arrays.setAll(weights, p -> matrix.weight(p));
        patterns.add(matrix.pattern());
        arrays.add(weights);
        if (i < network.sparse().size()) {
          SparseLayer layer = network.sparse().get(i);
          activations.add(layer.spec().activation());
          arrays.add(row(layer.bias().values(), 0));
          List<Parameters> normal = layer.normalization().orElseThrow().parameters();
          arrays.add(row(normal.get(0).values(), 0));
          arrays.add(row(normal.get(1).values(), 0));
          arrays.add(row(normal.get(1).values(), 1));
        } else {
          RowMatrix biases = network.output().neurons().bias().values();
          double[] column = new double[biases.rows()];
          Arrays.setAll(column, label -> biases.at(label, 0));
          arrays.add(column);
        }
      }
    }

    private static double[] row(RowMatrix matrix, int row) {
      double[] values = new double[matrix.columns()];
      Arrays.setAll(values, column -> matrix.at(row, column));
      return values;
    }

    /// Scores `[labels][examples]`.
    double[][] scores(double[][] inputs, boolean training) {
      double[][] signal = inputs;
      for (int i = 0; i < activations.size(); i++) {
        double[][] net = products(patterns.get(i), arrays.get(5 * i), signal);
        for (int unit = 0; unit < net.length; unit++) {
          normalize(net[unit], i, unit, training);
          for (int e = 0; e < net[unit].length; e++) {
            double z = net[unit][e];
            net[unit][e] =
                switch (activations.get(i)) {
                  case Activation.Tanh _ -> Math.tanh(z);
                  case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-z));
                  default -> z;
                };
          }
        }
        signal = net;
      }
      double[][] scores = products(patterns.getLast(), arrays.get(arrays.size() - 2), signal);
      for (int label = 0; label < scores.length; label++) {
        for (int e = 0; e < scores[label].length; e++) {
          scores[label][e] += arrays.getLast()[label];
        }
      }
      return scores;
    }

    private static double[][] products(SparsePattern pattern, double[] weights, double[][] in) {
      double[][] net = new double[pattern.rows()][in[0].length];
      for (int row = 0; row < net.length; row++) {
        for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
          for (int e = 0; e < net[row].length; e++) {
            net[row][e] += weights[(int) p] * in[pattern.column(p)][e];
          }
        }
      }
      return net;
    }

    private void normalize(double[] z, int layer, int unit, boolean training) {
      double mean = arrays.get(5 * layer + 3)[unit];
      double variance = arrays.get(5 * layer + 4)[unit];
      if (training && z.length > 1) {
        mean = Arrays.stream(z).average().orElseThrow();
        variance = 0;
        for (double value : z) {
          variance += (value - mean) * (value - mean) / z.length;
        }
      }
      for (int e = 0; e < z.length; e++) {
        double x = (z[e] - mean) / Math.sqrt(variance + 1e-5);
        z[e] = arrays.get(5 * layer + 2)[unit] * x + arrays.get(5 * layer + 1)[unit];
      }
    }

    double loss(double[][] inputs) {
      double[][] scores = scores(inputs, true);
      double sum = 0;
      for (int label = 0; label < scores.length; label++) {
        for (int e = 0; e < scores[label].length; e++) {
          sum += 0.5 * Math.pow(scores[label][e] - inputs[label][e], 2);
        }
      }
      return sum / inputs[0].length;
    }
  }

  private static Network network(SplittableRandom random, int features) {
    List<LayerSpec> hidden = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Activation activation =
          switch (random.nextInt(3)) {
            case 0 -> new Activation.Tanh();
            case 1 -> new Activation.Sigmoid();
            default -> new Activation.Linear();
          };
      hidden.add(
          new LayerSpec.Sparse(
              2 + random.nextInt(20),
              activation,
              1,
              0,
              new Topology.Full(),
              Evolution.Preset.STATIC,
              new Pruning.None(),
              new Normalization.Batch(0.5)));
    }
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec(features, InputSpec.Weighting.NONE, 0),
            hidden,
            new OutputSpec(
                features,
                new Loss.Reconstruction(),
                new Selection.All(),
                0,
                new Direct.None(),
                OutputSpec.Initialization.ZERO,
                Optional.of(OutputSpec.Sparse.defaults())));
    return new RandomNetworks(random).network(spec, DESCENT);
  }

  /// Examples with all features.
  private static Batch batch(double[][] inputs) {
    Batch batch = new Batch();
    for (int e = 0; e < inputs[0].length; e++) {
      for (int feature = 0; feature < inputs.length; feature++) {
        batch.addFeature(feature, (float) inputs[feature][e]);
      }
      batch.endExample(e);
    }
    return batch;
  }

  private static double[][] inputs(SplittableRandom random, int features, int examples) {
    double[][] inputs = new double[features][examples];
    for (double[] row : inputs) {
      Arrays.setAll(row, e -> (float) random.nextGaussian());
    }
    return inputs;
  }

  /// Running variances, which random parameters may have made negative, and scales.
  private static void sound(Network network, SplittableRandom random) {
    for (SparseLayer layer : network.sparse()) {
      List<Parameters> normal = layer.normalization().orElseThrow().parameters();
      for (int unit = 0; unit < layer.spec().neurons(); unit++) {
        normal.get(0).values().set(0, unit, 0.5f + random.nextFloat());
        normal.get(1).values().set(1, unit, 0.5f + random.nextFloat());
      }
    }
  }

  @Test
  void followsTheGradientOfTheDefinition() {
    Seeds.repeat(200, BatchNormalizationTest::checkGradient);
  }

  private static void checkGradient(SplittableRandom random) {
    int features = 2 + random.nextInt(20);
    Network network = network(random, features);
    sound(network, random);
    double[][] inputs =
        inputs(random, features, random.nextInt(5) == 0 ? 1 : 4 + random.nextInt(30));
    Definition naive = new Definition(network);
    double expected = naive.loss(inputs);
    double loss = new BatchPass(network, Team.single(), 0).train(batch(inputs), 1, 0, 1f, 1f);
    assertThat(loss / inputs[0].length).isCloseTo(expected, within(1e-4 * (1 + expected)));
    List<double[]> after = new Definition(network).arrays;
    for (int probe = 0; probe < 40; probe++) {
      int array = random.nextInt(naive.arrays.size());
      boolean running = array < 10 && array % 5 >= 3;
      double[] parameters = naive.arrays.get(array);
      if (parameters.length == 0 || running) {
        continue;
      }
      int index = random.nextInt(parameters.length);
      double value = parameters[index];
      parameters[index] = value + STEP;
      double above = naive.loss(inputs);
      parameters[index] = value - STEP;
      double below = naive.loss(inputs);
      parameters[index] = value;
      double slope = (above - below) / (2 * STEP);
      assertThat(value - after.get(array)[index])
          .as("gradient %d of array %d", index, array)
          .isCloseTo(slope, within(5e-4 * (1 + Math.abs(slope))));
    }
  }

  @Test
  void predictsByRunningMeans() {
    Seeds.repeat(
        100,
        random -> {
          int features = 2 + random.nextInt(20);
          Network network = network(random, features);
          sound(network, random);
          double[][] inputs = inputs(random, features, 1 + random.nextInt(20));
          check(network, inputs, new Definition(network).scores(inputs, false));
        });
  }

  private static void check(Network network, double[][] inputs, double[][] expected) {
    TopK[] best = new TopK[inputs[0].length];
    for (int e = 0; e < best.length; e++) {
      best[e] = new TopK(inputs.length);
    }
    new Predictor(network).predict(batch(inputs), best);
    for (int e = 0; e < best.length; e++) {
      best[e].rank();
      for (int place = 0; place < best[e].size(); place++) {
        double score = expected[best[e].id(place)][e];
        assertThat((double) best[e].score(place))
            .isCloseTo(score, within(2e-4 * (1 + Math.abs(score))));
      }
    }
  }

  @Test
  void runningMeansBecomeThoseOfTheBatches() {
    SplittableRandom random = Seeds.fixed(6);
    Network network = network(random, 10);
    sound(network, random);
    double[][] inputs = inputs(random, 10, 50);
    BatchPass pass = new BatchPass(network, Team.single(), 0);
    for (int number = 0; number < 60; number++) {
      pass.train(batch(inputs), 1, number, 0f, 0f);
    }
    Definition naive = new Definition(network);
    double[][] net = Definition.products(naive.patterns.getFirst(), naive.arrays.get(0), inputs);
    for (int unit = 0; unit < net.length; unit++) {
      double mean = Arrays.stream(net[unit]).average().orElseThrow();
      double squares = 0;
      for (double z : net[unit]) {
        squares += (z - mean) * (z - mean);
      }
      assertThat(naive.arrays.get(3)[unit]).isCloseTo(mean, within(1e-4));
      assertThat(naive.arrays.get(4)[unit]).isCloseTo(squares / 49, within(1e-3 * squares));
    }
  }

  @Test
  void neuronsWithoutInputsFoldIntoTheLayerAbove() {
    Seeds.repeat(
        100,
        random -> {
          int features = 2 + random.nextInt(20);
          Network network = network(random, features);
          sound(network, random);
          SparsePattern pattern = network.connections().getFirst().matrix().pattern();
          long[] dropped = ConnectionMove.noneOf(pattern.count());
          for (long p = 0; p < pattern.offset(1); p++) {
            dropped[(int) (p >>> 6)] |= 1L << p;
          }
          network.apply(
              new StructureChange.ConnectionsMoved(
                  0, new ConnectionMove(dropped, new long[0], new float[0])));
          double[][] inputs = inputs(random, features, 3);
          double[][] expected = new Definition(network).scores(inputs, false);
          network.apply(new StructureChange.RowsRemoved(0, new int[] {0}));
          check(network, inputs, expected);
        });
  }
}
