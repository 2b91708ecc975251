package org.fovea.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.Names;
import org.fovea.kernel.RowMatrix;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelStore;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.UpdaterFactory;
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
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;

/// Models on disk with a wide output layer of random weights.
public final class WideModels {

  /// Number of input features.
  public static final int FEATURES = 500;

  private WideModels() {}

  /// Writes a model.
  ///
  /// @param selection of its hidden layer
  /// @param directEach direct connections of each label
  static void write(Path directory, int labels, int hidden, Selection selection, int directEach) {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec(FEATURES, InputSpec.Weighting.NONE, 0),
            List.of(new LayerSpec.Dense(hidden, new Activation.Relu(), 1, 0, selection)),
            new OutputSpec(
                labels,
                new Loss.Softmax(),
                new Selection.All(),
                0,
                directEach == 0 ? new Direct.None() : new Direct.CoOccurring(1, directEach, 0),
                OutputSpec.Initialization.RANDOM));
    try (Network network =
            new Network(
                spec,
                new InputWeights(InputSpec.Weighting.NONE, new float[0]),
                direct(labels, directEach),
                Optional.empty(),
                UpdaterFactory.frozen());
        ModelStore store = ModelStore.open(directory)) {
      network.initialize(3, 1);
      RowMatrix biases = network.output().neurons().bias().values();
      SplittableRandom random = new SplittableRandom(5);
      for (int label = 0; label < labels; label++) {
        biases.set(label, 0, (float) random.nextGaussian() / 10);
      }
      ModelContents contents = info(spec).contents();
      NetworkFiles.addParameters(contents, network);
      store.publish(contents);
    }
  }

  private static DirectConnections direct(int labels, int each) {
    if (each == 0) {
      return DirectConnections.none(labels);
    }
    SplittableRandom random = new SplittableRandom(9);
    int[] offsets = new int[labels + 1];
    int[] features = new int[labels * each];
    float[] weights = new float[labels * each];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % each * (FEATURES / each) + random.nextInt(FEATURES / each);
      weights[i] = (float) random.nextGaussian();
    }
    for (int label = 0; label <= labels; label++) {
      offsets[label] = label * each;
    }
    return new DirectConnections(offsets, features, weights, new float[features.length]);
  }

  private static ModelInfo info(NetworkSpec spec) {
    TrainSpec training =
        new TrainSpec(
            1,
            64,
            new Optimizer.Sgd(),
            new Schedule.Constant(0.1),
            1,
            1e-5,
            0,
            new Clipping.None(),
            new Averaging.None(),
            new Balancing.None(),
            new Stopping.Never(),
            true,
            1);
    long[] frequencies = new long[spec.output().labels()];
    ModelInfo.Provenance provenance =
        new ModelInfo.Provenance(
            "made", "", 0, frequencies, OptionalLong.empty(), DataReading.unknown());
    return new ModelInfo(spec, training, provenance, Names.none(), Map.of());
  }

  /// Examples of 10 features.
  static Batch examples(int count, SplittableRandom random) {
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      for (int i = 0; i < 10; i++) {
        batch.addFeature(50 * i + random.nextInt(50), random.nextFloat());
      }
      batch.endExample(e);
    }
    return batch;
  }

  /// Writes a model of as many labels and hidden neurons as the arguments say, to measure with.
  public static void main(String[] arguments) {
    write(
        Path.of(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        new Selection.All(),
        0);
  }
}
