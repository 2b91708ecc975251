package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// One worker's passes over the hidden layers, from the input upward.
final class HiddenPasses {

  private final List<HiddenPass> passes;
  private final Signals top;
  private final Signals input;
  private final FeatureIndex features;
  private final Team team;
  private final Optional<UnitReader> reader;

  /// @param in the network's input
  /// @param features index of the network's input
  HiddenPasses(Network network, Signals in, FeatureIndex features, PassContext context) {
    List<HiddenPass> made = new ArrayList<>();
    this.features = features;
    this.input = in;
    this.team = context.team();
    int nextRows = 0;
    int nextSparse = 0;
    for (int i = 0; i < network.spec().hidden().size(); i++) {
      HiddenPass pass;
      switch (network.spec().hidden().get(i)) {
        case LayerSpec.Sparse _ -> {
          UnitReader reader = reader(made, network);
          pass =
              new SparsePass(
                  network.sparse().get(nextSparse++), i, reader.signals(), reader.entry(), context);
        }
        case LayerSpec.Dense _ when made.isEmpty() && network.inputLayer().isPresent() ->
            pass = new InputPass(network.inputLayer().get(), in, features, context);
        case LayerSpec.Dense spec -> {
          Signals below = made.isEmpty() ? in : made.getLast().out();
          NeuronLayer layer = network.hidden().get(nextRows++);
          boolean all = spec.selection() instanceof Selection.All;
          pass =
              all && !below.isSparse()
                  ? new DensePass(layer, spec, below, i, context)
                  : new SelectedPass(layer, spec, below, i, i == 0, context);
        }
      }
      made.add(pass);
    }
    this.passes = List.copyOf(made);
    // sparse labels read the last layer by unit
    boolean byUnit = passes.isEmpty() || network.sparseOutput().isPresent();
    this.top = byUnit ? Signals.dense(0) : passes.getLast().out();
    this.reader = network.sparseOutput().map(_ -> reader(passes, network));
  }

  /// Where a layer that runs by batch reads the activations of the layer below.
  ///
  /// @param signals with the batch innermost
  /// @param entry how they get there, unless the layer below runs by batch too
  record UnitReader(UnitSignals signals, Optional<UnitCrossing> entry) {}

  private UnitReader reader(List<HiddenPass> below, Network network) {
    if (!below.isEmpty() && below.getLast() instanceof SparsePass sparse) {
      return new UnitReader(sparse.units(), Optional.empty());
    }
    boolean isInput = below.isEmpty();
    Signals in = isInput ? input : below.getLast().out();
    int width =
        isInput
            ? network.spec().input().features()
            : network.spec().hidden().get(below.size() - 1).neurons();
    UnitSignals out = new UnitSignals(width);
    return new UnitReader(out, Optional.of(new UnitCrossing(in, out, isInput, features, team)));
  }

  /// What a dense output layer sees.
  Signals top() {
    return top;
  }

  /// Computes the layers below one, for prediction.
  ///
  /// @return what the layer sees
  Signals forwardBelow(int layer) {
    Signals below = layer == 0 ? input : passes.get(layer - 1).out();
    for (HiddenPass pass : passes.subList(0, layer)) {
      pass.forward(false);
    }
    return below;
  }

  /// A pass over the sparse output layer that reads the last hidden one.
  ///
  /// @throws IllegalStateException if the output layer is not sparse
  UnitOutput output(Network network, PassContext context) {
    UnitReader top =
        reader.orElseThrow(() -> new IllegalStateException("the output layer is not sparse"));
    return new UnitOutput(
        network.output(),
        network.sparseOutput().orElseThrow(),
        top.signals(),
        top.entry(),
        context);
  }

  /// The sparse layers with what a batch left there.
  List<SparseActivity> activities() {
    List<SparseActivity> all = new ArrayList<>();
    for (HiddenPass pass : passes) {
      if (pass instanceof SparsePass sparse) {
        all.add(sparse.activity());
      }
    }
    return all;
  }

  void forward(int examples, boolean training) {
    if (passes.isEmpty()) {
      top.resize(examples, 0);
    }
    for (HiddenPass pass : passes) {
      pass.forward(training);
    }
  }

  void backward() {
    for (int i = passes.size() - 1; i >= 0; i--) {
      passes.get(i).backward();
    }
  }
}
