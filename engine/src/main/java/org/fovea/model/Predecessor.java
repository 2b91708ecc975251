package org.fovea.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.fovea.FoveaException;
import org.fovea.kernel.PatternChange;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.files.Checkpoint;
import org.fovea.model.files.CheckpointStore;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorSource;
import org.fovea.network.DirectConnections;
import org.fovea.network.InputWeights;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Parameters;
import org.fovea.network.SparseConnections;
import org.fovea.network.SuspendedRows;
import org.fovea.network.Updater;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;

/// A model that another network begins with: what it knows is carried over, and where the other has
/// more features or labels, those stay as they are.
///
/// Beside the parameters it has the optimizer's state, if the checkpoints of its run are still
/// there.
///
/// **Threads** confined. **Cost** opening reads and verifies every byte; what is open stays what it
/// was, even if another model takes its place meanwhile.
public final class Predecessor implements AutoCloseable {

  /// Sums of weights over a run belong to that run.
  private static final Set<String> OF_THE_RUN = Set.of("sums", "summed-until");

  private final Path path;
  private final ModelDirectory directory;
  private final ModelInfo info;
  private final SafetensorsFile weights;
  private final Optional<Checkpoint> checkpoint;

  private Predecessor(
      Path path, ModelDirectory directory, ModelInfo info, Optional<Checkpoint> checkpoint) {
    this.path = path;
    this.directory = directory;
    this.info = info;
    this.weights = directory.tensors(NetworkFiles.WEIGHTS);
    this.checkpoint = checkpoint;
  }

  /// Opens and verifies a model, and the latest sound checkpoint of its run.
  ///
  /// @throws FoveaException if it is not a sound model of a version that is known
  public static Predecessor open(Path path) {
    ModelDirectory directory = ModelDirectory.open(path);
    try {
      ModelInfo info = ModelInfo.read(directory);
      return new Predecessor(path, directory, info, checkpoint(path, info));
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// A checkpoint that cannot be read, or is of another run, has no state for this model.
  private static Optional<Checkpoint> checkpoint(Path path, ModelInfo info) {
    Optional<Checkpoint> latest = CheckpointStore.look(path);
    if (latest.isPresent()) {
      boolean fits = false;
      try {
        ModelInfo theirs = ModelInfo.read(latest.get().model());
        fits =
            theirs.network().equals(info.network())
                && theirs.training().equals(info.training())
                && theirs.data().digest().equals(info.data().digest());
      } catch (FoveaException _) {
        // an unreadable checkpoint is as good as none
      }
      if (!fits) {
        latest.get().close();
        return Optional.empty();
      }
    }
    return latest;
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// What it tells besides its parameters.
  public ModelInfo info() {
    return info;
  }

  /// The batch after which the optimizer's state was written, if there is state that fits an
  /// optimizer.
  ///
  /// @param optimizer the kind of which another run will have state
  public OptionalLong stateOf(Optimizer optimizer) {
    boolean same = optimizer.getClass().equals(info.training().optimizer().getClass());
    return same && checkpoint.isPresent()
        ? OptionalLong.of(checkpoint.get().step())
        : OptionalLong.empty();
  }

  /// The weighting of its input.
  public InputWeights inputWeights() {
    return InputTensors.read(weights, info.network().input());
  }

  /// Its direct connections.
  ///
  /// @param initialSquares where their accumulators start, if no state is kept
  /// @param keepsState whether they go on from the optimizer's state
  public DirectConnections direct(float initialSquares, boolean keepsState) {
    NetworkSpec spec = info.network();
    DirectConnections direct =
        NetworkFiles.direct(
            directory, weights, spec, NetworkFiles.Purpose.WARM_START, initialSquares);
    if (keepsState && !direct.isEmpty()) {
      state()
          .source(NetworkFiles.SQUARES)
          .requireShape(direct.count())
          .floats(direct.squares(), 0, direct.count());
    }
    return direct;
  }

  /// The connections of its sparse layers, the output layer last.
  public List<SparsePattern> patterns() {
    return ConnectionFiles.patterns(name(directory), weights, info.network());
  }

  /// Writes the rows of labels of a network over records, if they are not in memory.
  ///
  /// @param layer of the labels, at least as many as here
  /// @param keepsState whether they go on from the optimizer's state
  public SuspendedRows.Filler rows(NeuronLayer layer, boolean keepsState) {
    if (layer.suspended().isEmpty()) {
      return (_, _) -> {};
    }
    SuspendedRows rows = layer.suspended().get();
    List<TensorSource> sources = new ArrayList<>();
    sources.add(weights.source(layer.weights().name()));
    if (keepsState) {
      for (Updater.State part : layer.weights().updater().state()) {
        sources.add(state().source(layer.weights().name() + "/" + part.name()));
      }
    }
    int known = info.network().output().labels();
    return (label, record) -> {
      for (int part = 0; part < sources.size() && label < known; part++) {
        int columns = Math.toIntExact(sources.get(part).info().shape()[1]);
        sources.get(part).floats(record, rows.begin(part), columns);
      }
    };
  }

  /// Puts the parameters in place of those of a network that is as it begins: same layers, as many
  /// features and labels or more.
  ///
  /// @param keepsState whether it goes on from the optimizer's state
  public void fill(Network network, boolean keepsState) {
    Set<String> connected =
        network.connections().stream()
            .map(layer -> layer.weights().name())
            .collect(Collectors.toSet());
    for (Parameters parameters : network.parameters()) {
      if (connected.contains(parameters.name())) {
        continue;
      }
      carry(weights, parameters.name(), parameters.values());
      for (Updater.State part : kept(parameters, keepsState)) {
        carry(state(), parameters.name() + "/" + part.name(), part.values());
      }
    }
    List<SparsePattern> patterns = patterns();
    List<SparsePattern> withState = keepsState ? statePatterns() : List.of();
    for (int i = 0; i < patterns.size(); i++) {
      SparseConnections layer = network.connections().get(i);
      fill(layer, patterns.get(i));
      if (keepsState) {
        fillState(layer, withState.get(i));
      }
    }
  }

  /// Connections as they were when the optimizer's state was written.
  private List<SparsePattern> statePatterns() {
    ModelDirectory model = checkpoint.orElseThrow().model();
    return ConnectionFiles.patterns(
        name(model), model.tensors(NetworkFiles.WEIGHTS), info.network());
  }

  private void fill(SparseConnections layer, SparsePattern pattern) {
    PatternChange change = PatternChange.between(pattern, layer.matrix().pattern());
    String name = layer.weights().name();
    change.carry(pages(weights, name, pattern), layer.matrix().weights());
    ConnectionFiles.readLaw(weights, layer);
    if (pattern.places() == layer.matrix().pattern().places()) {
      ConnectionFiles.readSketch(name(directory), weights, layer);
    }
  }

  private void fillState(SparseConnections layer, SparsePattern pattern) {
    PatternChange change = PatternChange.between(pattern, layer.matrix().pattern());
    for (Updater.State part : kept(layer.weights(), true)) {
      String name = layer.weights().name() + "/" + part.name();
      if (part.values().columns() == SparseMatrix.PAGE) {
        change.carry(pages(state(), name, pattern), part.values());
      } else {
        RowMatrix before =
            new RowMatrix(SparseMatrix.pages(pattern.count()), part.values().columns());
        carry(state(), name, before);
        change.carryPages(before, part.values());
      }
    }
  }

  private static RowMatrix pages(SafetensorsFile file, String name, SparsePattern pattern) {
    RowMatrix pages = new RowMatrix(SparseMatrix.pages(pattern.count()), SparseMatrix.PAGE);
    carry(file, name, pages);
    return pages;
  }

  private List<Updater.State> kept(Parameters parameters, boolean keepsState) {
    return keepsState
        ? parameters.updater().state().stream()
            .filter(part -> !OF_THE_RUN.contains(part.name()))
            .toList()
        : List.of();
  }

  /// Fills the first rows and columns of a matrix with those of a tensor.
  private static void carry(SafetensorsFile file, String name, RowMatrix target) {
    TensorSource source = file.source(name);
    long[] shape = source.info().shape();
    if (shape.length != 2 || shape[0] > target.rows() || shape[1] > target.columns()) {
      // says what was expected
      source.requireShape(target.rows(), target.columns());
    }
    for (int row = 0; row < shape[0]; row++) {
      source.floats(target.chunk(row), target.offset(row), (int) shape[1]);
    }
  }

  private SafetensorsFile state() {
    return checkpoint.orElseThrow().model().tensors(NetworkFiles.OPTIMIZER);
  }

  /// What messages call a file of weights.
  private static String name(ModelDirectory place) {
    return place.directory().resolve(NetworkFiles.WEIGHTS).toString();
  }

  @Override
  public void close() {
    directory.close();
    checkpoint.ifPresent(Checkpoint::close);
  }
}
