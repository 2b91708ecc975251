package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.fovea.data.Batch;
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
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.spec.Topology;

/// Random small networks and batches for tests.
public final class RandomNetworks {

  private final RandomGenerator random;

  public RandomNetworks(RandomGenerator random) {
    this.random = random;
  }

  /// A spec with up to three hidden layers.
  public NetworkSpec spec(List<Selection> hiddenSelections) {
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
            direct ? new Direct.CoOccurring(1, 100, 0) : new Direct.None(),
            OutputSpec.Initialization.RANDOM));
  }

  /// A spec with up to three hidden layers, at least one of them sparse, and perhaps a sparse
  /// output.
  public NetworkSpec sparseSpec() {
    int features = 1 + random.nextInt(40);
    int layers = 1 + random.nextInt(3);
    int sparse = random.nextInt(layers);
    List<LayerSpec> hidden = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int neurons = 1 + random.nextInt(30);
      if (i == sparse || random.nextBoolean()) {
        hidden.add(
            new LayerSpec.Sparse(
                neurons, anyActivation(), 1, 0, topology(), Evolution.Preset.STATIC));
      } else {
        int active = 1 + random.nextInt(neurons);
        Selection selection =
            random.nextInt(4) == 0 ? new Selection.TopK(active) : new Selection.All();
        hidden.add(new LayerSpec.Dense(neurons, activation(), 1, 0, selection));
      }
    }
    boolean selected =
        hidden.stream()
            .anyMatch(layer ->
                layer instanceof LayerSpec.Dense dense
                    && dense.selection() instanceof Selection.TopK);
    Optional<OutputSpec.Sparse> output =
        random.nextBoolean()
            ? Optional.of(new OutputSpec.Sparse(topology(), Evolution.Preset.STATIC))
            : Optional.empty();
    boolean reconstructs = output.isPresent() && random.nextInt(4) == 0;
    Loss loss =
        reconstructs
            ? new Loss.Reconstruction()
            : !selected && random.nextInt(3) == 0 ? new Loss.Squared() : loss();
    return new NetworkSpec(
        new InputSpec(features, InputSpec.Weighting.NONE, 0),
        hidden,
        new OutputSpec(
            reconstructs ? features : 1 + random.nextInt(50),
            loss,
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.RANDOM,
            output));
  }

  private Topology topology() {
    return switch (random.nextInt(5)) {
      case 0 -> new Topology.Full();
      case 1 -> new Topology.Uniform(0.01 + 0.99 * random.nextDouble());
      case 2 -> new Topology.ErdosRenyi(0.1 + 3 * random.nextDouble());
      case 3 -> new Topology.FanIn(1 + random.nextInt(10));
      default -> new Topology.Uniform(0.3);
    };
  }

  private Activation anyActivation() {
    return switch (random.nextInt(4)) {
      case 0 -> new Activation.AllRelu(0.6);
      case 1 -> new Activation.Srelu();
      default -> activation();
    };
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
  public Network network(NetworkSpec spec, UpdaterFactory updaters) {
    Network network =
        new Network(
            spec,
            new InputWeights(InputSpec.Weighting.NONE, new float[0]),
            direct(spec),
            patterns(spec),
            Optional.empty(),
            updaters);
    for (Parameters parameters : network.parameters()) {
      RowMatrix matrix = parameters.values();
      // pages of connections have no fan-in to go by
      boolean pages = matrix.columns() == SparseMatrix.PAGE;
      int length = pages ? 10 : Math.max(1, Math.min(matrix.columns(), matrix.rows()));
      double scale = 1 / Math.sqrt(length);
      for (int row = 0; row < matrix.rows(); row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          matrix.set(row, column, (float) (random.nextGaussian() * scale));
        }
      }
    }
    return network;
  }

  /// Random connections in the number that the topologies ask for, roughly: drawn here, because
  /// what draws them lies above.
  private List<SparsePattern> patterns(NetworkSpec spec) {
    List<SparsePattern> patterns = new ArrayList<>();
    int inputs = spec.input().features();
    for (LayerSpec layer : spec.hidden()) {
      if (layer instanceof LayerSpec.Sparse sparse) {
        patterns.add(pattern(sparse.topology(), inputs, layer.neurons()));
      }
      inputs = layer.neurons();
    }
    if (spec.output().sparse().isPresent()) {
      patterns.add(
          pattern(spec.output().sparse().get().topology(), inputs, spec.output().labels()));
    }
    return patterns;
  }

  private SparsePattern pattern(Topology topology, int inputs, int neurons) {
    double density =
        switch (topology) {
          case Topology.Full _ -> 1;
          case Topology.Uniform(double share) -> share;
          default -> random.nextDouble();
        };
    TreeSet<Long> places = new TreeSet<>();
    for (long place = 0; place < (long) inputs * neurons; place++) {
      if (density == 1 || random.nextDouble() < density) {
        places.add(place);
      }
    }
    SparsePattern.Builder builder = new SparsePattern.Builder(neurons, inputs, places.size());
    places.forEach(place -> builder.add((int) (place / inputs), (int) (place % inputs)));
    return builder.build();
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
  public Batch batch(NetworkSpec spec, int examples) {
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
