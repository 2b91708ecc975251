package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.kernel.SparsePattern;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;

/// The layers of a network by kind, as its spec asks for them.
///
/// @param input the first hidden layer, if all its neurons take part
/// @param hidden the other hidden layers with rows, from the input upward
/// @param sparse the sparse hidden layers, from the input upward
/// @param sparseOutput the connections of the output layer, if they are sparse
/// @param output the labels' rows
record Layers(
    Optional<InputLayer> input,
    List<NeuronLayer> hidden,
    List<SparseLayer> sparse,
    Optional<SparseConnections> sparseOutput,
    NeuronLayer output) {

  /// Stream of random numbers of the first sparse layer.
  private static final int SPARSE_STREAM = 1 << 20;

  private static final String OUTPUT = "output";

  /// Layers with zero parameters; see [#initialize].
  ///
  /// @param patterns connections of the sparse layers from the input upward, the output layer last
  /// @param output makes the output layer, once the others are made
  /// @throws IllegalArgumentException if patterns do not fit
  static Layers of(
      NetworkSpec spec,
      List<SparsePattern> patterns,
      UpdaterFactory updaters,
      Supplier<NeuronLayer> output) {
    List<NeuronLayer> hidden = new ArrayList<>();
    List<SparseLayer> sparse = new ArrayList<>();
    Optional<InputLayer> first = Optional.empty();
    int inputs = spec.input().features();
    for (int i = 0; i < spec.hidden().size(); i++) {
      String name = "hidden." + i;
      switch (spec.hidden().get(i)) {
        case LayerSpec.Dense layer -> {
          if (i == 0 && layer.selection() instanceof Selection.All) {
            first = Optional.of(new InputLayer(name, inputs, layer, updaters));
          } else {
            hidden.add(new NeuronLayer(name, inputs, layer.neurons(), updaters));
          }
        }
        case LayerSpec.Sparse layer -> {
          SparsePattern pattern = pattern(patterns, sparse.size(), layer.neurons(), inputs);
          sparse.add(new SparseLayer(name, layer, pattern, updaters));
        }
      }
      inputs = spec.hidden().get(i).neurons();
    }
    Optional<SparseConnections> sparseOutput = Optional.empty();
    if (spec.output().sparse().isPresent()) {
      SparsePattern pattern = pattern(patterns, sparse.size(), spec.output().labels(), inputs);
      sparseOutput = Optional.of(new SparseConnections("output.sparse", pattern, updaters));
    }
    return new Layers(first, List.copyOf(hidden), List.copyOf(sparse), sparseOutput, output.get());
  }

  /// The output layer with all its rows in memory.
  static NeuronLayer outputRows(NetworkSpec spec, UpdaterFactory updaters) {
    // with sparse connections, what is left of the rows is their bias
    int inputs = spec.output().sparse().isPresent() ? 0 : spec.outputInputs();
    return new NeuronLayer(OUTPUT, inputs, spec.output().labels(), updaters);
  }

  /// The output layer with a part of its rows in memory.
  ///
  /// @throws IllegalArgumentException if it is sparse
  static NeuronLayer outputRows(
      SuspendedRows.Opener rows, NetworkSpec spec, UpdaterFactory updaters) {
    if (spec.output().sparse().isPresent()) {
      throw new IllegalArgumentException("a sparse output layer has no rows to suspend");
    }
    return new NeuronLayer(OUTPUT, spec.outputInputs(), spec.output().labels(), rows, updaters);
  }

  /// The output layer with its rows elsewhere.
  ///
  /// @throws IllegalArgumentException if it is sparse or has another shape
  static NeuronLayer outputRows(StoredRows rows, NetworkSpec spec, UpdaterFactory updaters) {
    if (spec.output().sparse().isPresent()
        || rows.rows() != spec.output().labels()
        || rows.columns() != spec.outputInputs()) {
      throw new IllegalArgumentException(
          "rows of %s labels with %s weights were expected, %s x %s came"
              .formatted(spec.output().labels(), spec.outputInputs(), rows.rows(), rows.columns()));
    }
    return new NeuronLayer(OUTPUT, rows, updaters);
  }

  private static SparsePattern pattern(
      List<SparsePattern> patterns, int index, int neurons, int inputs) {
    if (index >= patterns.size()
        || patterns.get(index).rows() != neurons
        || patterns.get(index).columns() != inputs) {
      throw new IllegalArgumentException(
          "sparse layer %s needs a pattern of %s x %s places".formatted(index, neurons, inputs));
    }
    return patterns.get(index);
  }

  /// Draws the weights of all layers.
  ///
  /// @param spec what the layers were made from
  /// @param squaredLength mean squared length of the examples after weighting
  /// @param over writes over records of rows of labels that are not in memory
  void initialize(NetworkSpec spec, long seed, double squaredLength, SuspendedRows.Filler over) {
    StreamRandom random = new StreamRandom();
    int nextRows = 0;
    int nextSparse = 0;
    for (int i = 0; i < spec.hidden().size(); i++) {
      // layers with rows count on from their first, or from 1 after an input layer
      boolean isInput = i == 0 && input.isPresent();
      double length = i == 0 ? squaredLength : spec.hidden().get(i - 1).neurons() / 2.0;
      switch (spec.hidden().get(i)) {
        case LayerSpec.Dense _ when isInput -> {
          random.place(seed, -1, 0, 0);
          input.orElseThrow().initialize(random, squaredLength);
        }
        case LayerSpec.Dense layer -> {
          random.place(seed, -1, nextRows + 1, 0);
          hidden.get(nextRows++).initialize(random, layer.spread(), length, (_, _) -> {});
        }
        case LayerSpec.Sparse layer -> {
          random.place(seed, -1, SPARSE_STREAM + nextSparse, 0);
          sparse.get(nextSparse++).connections().initialize(random, layer.spread(), length);
        }
      }
    }
    if (sparseOutput.isPresent()) {
      random.place(seed, -1, SPARSE_STREAM + nextSparse, 0);
      sparseOutput.get().initialize(random, 1, spec.outputInputs() / 2.0);
    }
    if (spec.output().initialization() == OutputSpec.Initialization.RANDOM) {
      random.place(seed, -1, Integer.MAX_VALUE, 0);
      output.initialize(random, 1, Math.max(1, output.inputs()), over);
    } else {
      output.suspended().ifPresent(rows -> rows.fill(over));
    }
  }
}
