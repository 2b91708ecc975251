package org.fovea.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.StreamRandom;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Topology;

/// Draws the first connections of sparse layers.
///
/// **Cost** time and memory of the connections; a layer of ten million neurons never forms the
/// places that it does not connect.
public final class Topologies {

  /// Stream of random numbers of the first layer.
  private static final int STREAM = 2 << 20;

  private Topologies() {}

  /// A layer of a network as its topology sees it.
  ///
  /// @param topology empty if the layer is dense
  private record Layer(Optional<Topology> topology, int inputs, int neurons) {

    double places() {
      return (double) inputs * neurons;
    }
  }

  /// The connections of the sparse layers of a network, from the input upward, the output layer
  /// last.
  ///
  /// @throws IllegalArgumentException if a density cannot be met
  /// @throws org.fovea.MalformedDataException if an edge list is wrong
  public static List<SparsePattern> draw(NetworkSpec spec, long seed) {
    List<Layer> layers = layers(spec);
    List<SparsePattern> patterns = new ArrayList<>();
    StreamRandom random = new StreamRandom();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.topology().isPresent()) {
        random.place(seed, -1, STREAM + i, 0);
        patterns.add(
            switch (layer.topology().get()) {
              case Topology.Edges(String file) ->
                  EdgeList.read(Path.of(file), layer.inputs(), layer.neurons());
              case Topology.FanIn(int count) -> fanIn(layer, count, random);
              case Topology.Full _, Topology.Uniform _, Topology.ErdosRenyi _, Topology.Overall _ ->
                  anywhere(layer, count(layers, i), random);
            });
      }
    }
    return patterns;
  }

  /// Number of connections of each sparse layer, in the order of [#draw], without drawing them.
  ///
  /// An edge list, which is not read for this, counts as a connection for each input and neuron.
  public static long[] counts(NetworkSpec spec) {
    List<Layer> layers = layers(spec);
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).topology().isPresent()) {
        counts.add(count(layers, i));
      }
    }
    return counts.stream().mapToLong(Long::longValue).toArray();
  }

  /// What a spec asks for that there are not enough places for, and what is done instead, in a
  /// sentence each.
  public static List<String> notices(NetworkSpec spec) {
    List<Layer> layers = layers(spec);
    List<String> notices = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      double wanted =
          switch (layer.topology().orElseGet(Topology.Full::new)) {
            case Topology.ErdosRenyi(double epsilon) ->
                epsilon * ((double) layer.inputs() + layer.neurons());
            case Topology.FanIn(int count) -> (double) count * layer.neurons();
            case Topology.Full _, Topology.Uniform _, Topology.Overall _, Topology.Edges _ -> 0;
          };
      if (wanted > layer.places()) {
        notices.add(
            String.format(
                Locale.ROOT,
                "%s was to have %,.0f connections, but has %,d inputs and %,d neurons: all %,.0f places are connected, and none can move",
                i < spec.hidden().size() ? "hidden layer " + (i + 1) : "the output layer",
                wanted,
                layer.inputs(),
                layer.neurons(),
                layer.places()));
      }
    }
    return notices;
  }

  private static List<Layer> layers(NetworkSpec spec) {
    List<Layer> layers = new ArrayList<>();
    int inputs = spec.input().features();
    for (LayerSpec hidden : spec.hidden()) {
      Optional<Topology> topology =
          hidden instanceof LayerSpec.Sparse sparse
              ? Optional.of(sparse.topology())
              : Optional.empty();
      layers.add(new Layer(topology, inputs, hidden.neurons()));
      inputs = hidden.neurons();
    }
    if (inputs > 0) {
      layers.add(
          new Layer(
              spec.output().sparse().map(sparse -> sparse.topology()),
              inputs,
              spec.output().labels()));
    }
    return layers;
  }

  private static long count(List<Layer> layers, int index) {
    Layer layer = layers.get(index);
    int inputs = layer.inputs();
    int neurons = layer.neurons();
    if (layer.topology().isEmpty()) {
      return (long) inputs * neurons;
    }
    return switch (layer.topology().get()) {
      case Topology.Full _ -> (long) inputs * neurons;
      case Topology.Uniform(double density) -> share(density, layer);
      case Topology.ErdosRenyi(double epsilon) -> Densities.erdosRenyi(inputs, neurons, epsilon);
      case Topology.Overall(double density) -> share(overall(layers, index, density), layer);
      case Topology.FanIn(int count) -> (long) Math.min(count, inputs) * neurons;
      case Topology.Edges _ -> Math.max(inputs, neurons);
    };
  }

  private static long share(double density, Layer layer) {
    return (long) Math.clamp(Math.rint(density * layer.places()), 1, layer.places());
  }

  private static double overall(List<Layer> layers, int index, double density) {
    List<Densities.Shape> shapes = new ArrayList<>();
    double fixed = 0;
    double fixedPlaces = 0;
    int place = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.topology().equals(layers.get(index).topology())) {
        place = i == index ? shapes.size() : place;
        shapes.add(Densities.Shape.of(layer.inputs(), layer.neurons()));
      } else if (!(layer.topology().orElse(null) instanceof Topology.Overall)) {
        fixed += count(layers, i);
        fixedPlaces += layer.places();
      }
    }
    return Densities.overall(density, shapes, fixed, fixedPlaces)[place];
  }

  private static SparsePattern anywhere(Layer layer, long count, StreamRandom random) {
    long places = (long) layer.inputs() * layer.neurons();
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a layer of %,d connections is more than the 2^31 that can be drawn",
              count));
    }
    SparsePattern.Builder builder =
        new SparsePattern.Builder(layer.neurons(), layer.inputs(), count);
    for (long place : RandomSubset.sorted(places, (int) count, random)) {
      builder.add((int) (place / layer.inputs()), (int) (place % layer.inputs()));
    }
    return builder.build();
  }

  private static SparsePattern fanIn(Layer layer, int wanted, StreamRandom random) {
    int count = Math.min(wanted, layer.inputs());
    SparsePattern.Builder builder =
        new SparsePattern.Builder(layer.neurons(), layer.inputs(), (long) count * layer.neurons());
    for (int neuron = 0; neuron < layer.neurons(); neuron++) {
      for (long input : RandomSubset.sorted(layer.inputs(), count, random)) {
        builder.add(neuron, (int) input);
      }
    }
    return builder.build();
  }
}
