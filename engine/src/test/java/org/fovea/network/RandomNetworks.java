package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.fovea.data.Batch;
import org.fovea.kernel.RowMatrix;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;

/// Random small networks and batches for tests.
final class RandomNetworks {

  private final RandomGenerator random;

  RandomNetworks(RandomGenerator random) {
    this.random = random;
  }

  /// A spec with up to three hidden layers.
  NetworkSpec spec(List<Selection> hiddenSelections) {
    int features = 1 + random.nextInt(40);
    boolean direct = random.nextBoolean();
    int layers = random.nextInt(direct ? 0 : 1, 4);
    List<LayerSpec> hidden = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int neurons = 1 + random.nextInt(30);
      Selection selection = hiddenSelections.get(random.nextInt(hiddenSelections.size()));
      if (selection instanceof Selection.TopK) {
        selection = new Selection.TopK(1 + random.nextInt(neurons));
      }
      hidden.add(new LayerSpec.Dense(neurons, activation(), 1, 0, selection));
    }
    return new NetworkSpec(
        new InputSpec(features, InputSpec.Weighting.NONE, 0),
        hidden,
        new OutputSpec(
            1 + random.nextInt(50),
            loss(),
            new Selection.All(),
            0,
            direct ? new Direct.CoOccurring(1, 100) : new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }

  private Activation activation() {
    return switch (random.nextInt(5)) {
      case 0 -> new Activation.Linear();
      case 1 -> new Activation.Relu();
      case 2 -> new Activation.LeakyRelu(0.1);
      case 3 -> new Activation.Tanh();
      default -> new Activation.Sigmoid();
    };
  }

  private Loss loss() {
    return switch (random.nextInt(3)) {
      case 0 -> new Loss.Softmax();
      case 1 -> new Loss.DecoupledSoftmax();
      default -> new Loss.Logistic();
    };
  }

  /// A network of a spec with random parameters.
  Network network(NetworkSpec spec, UpdaterFactory updaters) {
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            direct(spec),
            Optional.empty(),
            updaters);
    for (Parameters parameters : network.parameters()) {
      RowMatrix matrix = parameters.values();
      double scale = 1 / Math.sqrt(Math.max(1, Math.min(matrix.columns(), matrix.rows())));
      for (int row = 0; row < matrix.rows(); row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          matrix.set(row, column, (float) (random.nextGaussian() * scale));
        }
      }
    }
    return network;
  }

  private DirectConnections direct(NetworkSpec spec) {
    if (spec.output().direct() instanceof Direct.None) {
      return DirectConnections.none(spec.output().labels());
    }
    int[] offsets = new int[spec.output().labels() + 1];
    List<Integer> features = new ArrayList<>();
    for (int label = 0; label < spec.output().labels(); label++) {
      for (int feature = 0; feature < spec.input().features(); feature++) {
        if (random.nextInt(3) == 0) {
          features.add(feature);
        }
      }
      offsets[label + 1] = features.size();
    }
    float[] weights = new float[features.size()];
    float[] squares = new float[features.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
      squares[i] = 1;
    }
    return new DirectConnections(
        offsets, features.stream().mapToInt(Integer::intValue).toArray(), weights, squares);
  }

  /// A batch of examples, some without features, some without labels.
  Batch batch(NetworkSpec spec, int examples) {
    Batch batch = new Batch();
    for (int e = 0; e < examples; e++) {
      for (int feature = 0; feature < spec.input().features(); feature++) {
        if (random.nextInt(3) == 0) {
          batch.addFeature(feature, (float) random.nextGaussian());
        }
      }
      TreeSet<Integer> labels = new TreeSet<>();
      int count = Math.min(random.nextInt(4), spec.output().labels() - 1);
      while (labels.size() < count) {
        labels.add(random.nextInt(spec.output().labels()));
      }
      labels.forEach(batch::addLabel);
      batch.endExample(e);
    }
    return batch;
  }
}
