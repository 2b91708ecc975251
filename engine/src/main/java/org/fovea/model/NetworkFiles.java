package org.fovea.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.tensor.RowChunks;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.Tensors;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.NeighbourLabels;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Parameters;
import org.fovea.network.SparseConnections;
import org.fovea.network.StoredRows;
import org.fovea.network.SuspendedRows;
import org.fovea.network.Updater;
import org.fovea.network.UpdaterFactory;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.residency.PagedRows;
import org.fovea.spec.Direct;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Residency;

/// The parameters of a network, and the state of its optimizer, as files of tensors.
///
/// `weights.safetensors` holds a matrix for each of [Network#parameters] under its name, the
/// weights of the input features, the direct connections, and which connections sparse layers have
/// ([ConnectionFiles]); `optimizer.safetensors`, in checkpoints only, the matrices of the updaters
/// as `NAME/STATE`.
public final class NetworkFiles {

  static final String WEIGHTS = "weights.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";
  private static final String OUTPUT = "output.weight";
  private static final String OFFSETS = "direct.offsets";
  private static final String FEATURES = "direct.features";
  private static final String DIRECT = "direct.weight";
  static final String SQUARES = "direct/squares";

  private NetworkFiles() {}

  /// What a network is read for.
  public enum Purpose {
    /// To predict: there is no optimizer state.
    PREDICT,
    /// To go on training where a checkpoint was written.
    RESUME,
    /// To train a network that begins with the parameters of a model; see [Predecessor].
    WARM_START
  }

  /// Adds the parameters of a network to what goes into a model directory.
  public static void addParameters(ModelContents contents, Network network) {
    List<TensorData> tensors = new ArrayList<>();
    InputTensors.add(tensors, network.inputWeights());
    NeuronLayer labels = network.output().neurons();
    for (Parameters parameters : network.parameters()) {
      if (parameters.name().equals(labels.bias().name())) {
        // where they are when they are in memory
        SuspendedTensors.weights(labels).ifPresent(tensors::add);
      }
      tensors.add(chunks(parameters.values()).named(parameters.name()));
    }
    network.connections().forEach(layer -> tensors.addAll(ConnectionFiles.tensors(layer)));
    network.inputHistory().ifPresent(history -> tensors.addAll(ConnectionFiles.tensors(history)));
    DirectConnections direct = network.output().direct();
    if (!direct.isEmpty()) {
      tensors.add(Tensors.ints(OFFSETS, direct.offsets(), direct.offsets().length));
      tensors.add(Tensors.ints(FEATURES, direct.features(), direct.count()));
      tensors.add(Tensors.floats(DIRECT, direct.weights(), direct.count()));
    }
    contents.tensors(WEIGHTS, tensors);
  }

  /// Adds the state of the optimizer.
  public static void addState(ModelContents contents, Network network) {
    List<TensorData> tensors = new ArrayList<>();
    NeuronLayer labels = network.output().neurons();
    for (Parameters parameters : network.parameters()) {
      if (parameters.name().equals(labels.bias().name())) {
        tensors.addAll(SuspendedTensors.state(labels));
      }
      for (Updater.State state : parameters.updater().state()) {
        tensors.add(chunks(state.values()).named(parameters.name() + "/" + state.name()));
      }
    }
    network.connections().forEach(layer -> tensors.addAll(ConnectionFiles.state(layer)));
    DirectConnections direct = network.output().direct();
    if (!direct.isEmpty()) {
      tensors.add(Tensors.floats(SQUARES, direct.squares(), direct.count()));
    }
    contents.tensors(OPTIMIZER, tensors);
  }

  /// What a network gets besides its parameters.
  ///
  /// @param neighbours where hard negatives come from, if it will be trained
  /// @param updaters makes the updater of each parameter matrix
  /// @param rows opens where rows of the output layer are that are not in memory, if it is trained
  ///   with a part of them
  public record Parts(
      Optional<NeighbourLabels> neighbours,
      UpdaterFactory updaters,
      Optional<SuspendedRows.Opener> rows) {}

  /// A network with the parameters of a model directory.
  ///
  /// @param initialSquares where the accumulators of the direct connections start, if it starts
  ///   warm
  /// @throws org.fovea.MalformedDataException if the tensors do not fit the spec
  public static Network read(
      ModelDirectory directory,
      NetworkSpec spec,
      Parts parts,
      Purpose purpose,
      float initialSquares) {
    SafetensorsFile file = directory.tensors(WEIGHTS);
    ShapeCheck.check(file, directory.directory().resolve(WEIGHTS).toString(), spec);
    InputWeights inputWeights = InputTensors.read(file, spec.input());
    DirectConnections direct = direct(directory, file, spec, purpose, initialSquares);
    List<SparsePattern> patterns =
        ConnectionFiles.patterns(directory.directory().resolve(WEIGHTS).toString(), file, spec);
    Network network =
        parts.rows().isPresent()
            ? new Network(
                spec,
                inputWeights,
                direct,
                patterns,
                parts.neighbours(),
                parts.updaters(),
                parts.rows().get())
            : new Network(
                spec, inputWeights, direct, patterns, parts.neighbours(), parts.updaters());
    boolean whole = false;
    try {
      fill(network, directory, file);
      boolean resumes = purpose == Purpose.RESUME;
      if (resumes) {
        readState(directory, network);
      }
      SuspendedTensors.fill(
          network.output().neurons(),
          file,
          resumes ? Optional.of(directory.tensors(OPTIMIZER)) : Optional.empty());
      whole = true;
      return network;
    } finally {
      if (!whole) {
        network.close();
      }
    }
  }

  /// A network that only predicts, with the rows of its output layer where they are to be.
  ///
  /// @throws org.fovea.FoveaException if the tensors do not fit the spec, or if there are no rows
  ///   that could be elsewhere than in the heap
  static Network read(ModelDirectory directory, NetworkSpec spec, Residency residency) {
    if (residency instanceof Residency.Heap) {
      Parts parts = new Parts(Optional.empty(), UpdaterFactory.frozen(), Optional.empty());
      return read(directory, spec, parts, Purpose.PREDICT, 0f);
    }
    SafetensorsFile file = directory.tensors(WEIGHTS);
    String path = directory.directory().resolve(WEIGHTS).toString();
    ShapeCheck.check(file, path, spec);
    if (spec.output().sparse().isPresent() || spec.outputInputs() == 0) {
      throw new NeuronStoreException(
          directory.directory()
              + ": its output layer has no rows of weights, so they can be in the heap only");
    }
    StoredRows rows = outputRows(file, path, spec, residency);
    try {
      Network network =
          new Network(
              spec,
              InputTensors.read(file, spec.input()),
              direct(directory, file, spec, Purpose.PREDICT, 0f),
              ConnectionFiles.patterns(path, file, spec),
              rows);
      fill(network, directory, file);
      return network;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static StoredRows outputRows(
      SafetensorsFile file, String path, NetworkSpec spec, Residency residency) {
    int labels = spec.output().labels();
    int inputs = spec.outputInputs();
    file.source(OUTPUT).requireShape(labels, inputs);
    int pageBytes = PagedRows.rowsPerPage(inputs) * inputs * Float.BYTES;
    TensorPages pages = TensorPages.open(file, path, OUTPUT, pageBytes);
    return residency instanceof Residency.Suspended(long budget, int retention)
        ? PagedRows.cached(pages, labels, inputs, budget, retention)
        : PagedRows.uncached(pages, labels, inputs);
  }

  private static void fill(Network network, ModelDirectory directory, SafetensorsFile file) {
    for (Parameters parameters : network.parameters()) {
      chunks(parameters.values()).fill(file.source(parameters.name()));
    }
    String name = directory.directory().resolve(WEIGHTS).toString();
    for (SparseConnections layer : network.connections()) {
      ConnectionFiles.readLaw(file, layer);
      ConnectionFiles.readSketch(name, file, layer);
    }
    if (network.inputHistory().isPresent()) {
      ConnectionFiles.readHistory(
          name, file, network.inputHistory().get(), network.spec().input().features());
    }
  }

  static DirectConnections direct(
      ModelDirectory directory,
      SafetensorsFile file,
      NetworkSpec spec,
      Purpose purpose,
      float initialSquares) {
    if (spec.output().direct() instanceof Direct.None || !file.tensors().containsKey(OFFSETS)) {
      return DirectConnections.none(spec.output().labels());
    }
    int[] offsets = file.source(OFFSETS).requireShape(spec.output().labels() + 1L).allInts();
    int[] features = file.source(FEATURES).allInts();
    float[] weights = file.source(DIRECT).requireShape(features.length).allFloats();
    ConnectionCheck.check(
        directory.directory().resolve(WEIGHTS).toString(),
        offsets,
        features,
        spec.input().features());
    float[] squares = new float[purpose == Purpose.PREDICT ? 0 : features.length];
    if (purpose == Purpose.RESUME) {
      directory
          .tensors(OPTIMIZER)
          .source(SQUARES)
          .requireShape(features.length)
          .floats(squares, 0, squares.length);
    } else {
      Arrays.fill(squares, initialSquares);
    }
    return new DirectConnections(offsets, features, weights, squares);
  }

  private static void readState(ModelDirectory directory, Network network) {
    // what the directory opens is closed with it
    SafetensorsFile file = directory.tensors(OPTIMIZER);
    for (Parameters parameters : network.parameters()) {
      for (Updater.State state : parameters.updater().state()) {
        chunks(state.values()).fill(file.source(parameters.name() + "/" + state.name()));
      }
    }
    network.connections().forEach(layer -> ConnectionFiles.readState(file, layer));
  }

  private static RowChunks chunks(RowMatrix matrix) {
    return new RowChunks(
        matrix.chunks(),
        matrix.first(),
        1 << matrix.shift(),
        matrix.stride(),
        matrix.rows(),
        matrix.columns());
  }
}
