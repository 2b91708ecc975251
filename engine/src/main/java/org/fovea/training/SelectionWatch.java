package org.fovea.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.Block;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Predictor;
import org.fovea.selection.lsh.LshSelector;
import org.fovea.selection.lsh.SelectionHealth;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// Measures how well hash tables find the neurons that matter, while training stands still.
///
/// The tables of an output layer with a dense input are asked for the same training examples each
/// time, so that the figures of a run can be compared with each other. Of other hashed layers the
/// latest checkup of their maintenance is told, or, where there is none since last time, the load
/// of their buckets alone.
///
/// Nothing that training depends on is touched: neither random numbers nor tables nor the queries
/// that maintenance keeps.
///
/// **Threads** confined; called between segments. **Cost** all net inputs of [#PROBES] examples.
final class SelectionWatch {

  private static final int PROBES = 32;
  private static final int DEPTH = 5;

  private final Network network;
  private final Consumer<TrainEvent> listener;
  private final List<Watched> watched = new ArrayList<>();
  private final Optional<Probe> probe;

  /// @param examples training data
  /// @param seed of the run
  SelectionWatch(Network network, Examples examples, long seed, Consumer<TrainEvent> listener) {
    this.network = network;
    this.listener = listener;
    network.hidden().forEach(this::watch);
    watch(network.output().neurons());
    boolean probes =
        network.output().neurons().selector().orElse(null) instanceof LshSelector
            && hasDenseTop(network);
    this.probe = probes ? Optional.of(new Probe(network, examples, seed)) : Optional.empty();
  }

  private void watch(NeuronLayer layer) {
    if (layer.selector().orElse(null) instanceof LshSelector selector) {
      watched.add(new Watched(layer, selector));
    }
  }

  private static boolean hasDenseTop(Network network) {
    List<LayerSpec> hidden = network.spec().hidden();
    return !hidden.isEmpty()
        && hidden.getLast() instanceof LayerSpec.Dense top
        && top.selection() instanceof Selection.All;
  }

  /// Measures all hashed layers and tells the listener.
  ///
  /// @param batch batches done
  void measure(long batch) {
    for (Watched layer : watched) {
      SelectionHealth health =
          probe.isPresent() && layer.neurons == network.output().neurons()
              ? layer.selector.health(probe.get().inputs(), DEPTH)
              : layer.latest();
      listener.accept(
          new TrainEvent.SelectionMeasured(
              batch, layer.name(), health.recall(), health.meanLoad(), health.meanRetrieved()));
    }
  }

  /// A hashed layer, and the checkup that was told last.
  private static final class Watched {
    private final NeuronLayer neurons;
    private final LshSelector selector;
    private Optional<SelectionHealth> told = Optional.empty();

    Watched(NeuronLayer neurons, LshSelector selector) {
      this.neurons = neurons;
      this.selector = selector;
    }

    /// The layer's name in the files of a model.
    String name() {
      String weights = neurons.weights().name();
      return weights.substring(0, weights.lastIndexOf('.'));
    }

    SelectionHealth latest() {
      Optional<SelectionHealth> latest = selector.latestHealth();
      if (latest.isPresent() && !latest.equals(told)) {
        told = latest;
        return latest.get();
      }
      return selector.health(new Block(0, neurons.inputs()), DEPTH);
    }
  }

  /// Training examples whose hidden vectors ask the tables.
  private static final class Probe {
    private final Network network;
    private final Batch batch = new Batch();

    Probe(Network network, Examples examples, long seed) {
      this.network = network;
      try (ExampleReader reader = examples.shuffled(seed, 0)) {
        reader.read(batch, PROBES);
      }
      network.inputWeights().apply(batch);
    }

    Block inputs() {
      // made anew, because layers may have lost neurons
      return new Predictor(network).hidden(batch);
    }
  }
}
