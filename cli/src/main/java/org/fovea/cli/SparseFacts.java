package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.json.Json;
import org.fovea.network.Network;
import org.fovea.network.SparseConnections;
import org.fovea.spec.LayerSpec;
import tools.jackson.databind.node.ObjectNode;

/// Which connections a sparse layer has.
///
/// @param name of the layer
/// @param inputs that could be connected
/// @param neurons that could be
/// @param connections that there are
/// @param incoming connections of each neuron
/// @param outgoing connections of each input
/// @param everConnected estimate of how many different places have been connected
/// @param memory bytes of the connections in a model that predicts
/// @param denseMemory bytes of the weights of a dense layer of the same size
record SparseFacts(
    String name,
    int inputs,
    int neurons,
    long connections,
    Distribution incoming,
    Distribution outgoing,
    double everConnected,
    long memory,
    long denseMemory) {

  /// The sparse layers of a network, from the input upward.
  static List<SparseFacts> of(Network network) {
    List<SparseFacts> layers = new ArrayList<>();
    List<SparseConnections> all = network.connections();
    int next = 0;
    for (int i = 0; i < network.spec().hidden().size(); i++) {
      if (network.spec().hidden().get(i) instanceof LayerSpec.Sparse) {
        layers.add(of("hidden " + (i + 1), all.get(next++)));
      }
    }
    network.sparseOutput().ifPresent(connections -> layers.add(of("output", connections)));
    return layers;
  }

  private static SparseFacts of(String name, SparseConnections connections) {
    SparsePattern pattern = connections.matrix().pattern();
    double[] incoming = new double[pattern.rows()];
    double[] outgoing = new double[pattern.columns()];
    for (int row = 0; row < incoming.length; row++) {
      incoming[row] = pattern.offset(row + 1) - pattern.offset(row);
    }
    for (long p = 0; p < pattern.count(); p++) {
      outgoing[pattern.column(p)]++;
    }
    RowMatrix pages = connections.matrix().weights();
    // besides its weight a connection has its input, and a neuron the beginning of its connections
    long memory =
        RowMatrix.bytes(pages.rows(), SparseMatrix.PAGE)
            + 4 * pattern.count()
            + 8L * (pattern.rows() + 1);
    return new SparseFacts(
        name,
        pattern.columns(),
        pattern.rows(),
        pattern.count(),
        Distribution.of(incoming),
        Distribution.of(outgoing),
        // an estimate cannot know better than what is there
        Math.clamp(
            connections.everConnected().estimate(),
            (double) pattern.count(),
            (double) pattern.places()),
        memory,
        RowMatrix.bytes(pattern.rows(), pattern.columns()));
  }

  /// Share of the places that are connected.
  double density() {
    return (double) connections / ((double) inputs * neurons);
  }

  /// Share of the places that have ever been connected, since neurons last came or went.
  double triedShare() {
    return everConnected / ((double) inputs * neurons);
  }

  /// For people.
  List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %,d connections, %.3g %% of %,d x %,d places; %s instead of %s",
            name,
            connections,
            100 * density(),
            inputs,
            neurons,
            Sizes.bytes(memory),
            Sizes.bytes(denseMemory)),
        "  connections of a neuron: %s; %s neurons have none"
            .formatted(incoming, Sizes.count(incoming.zeros())),
        "  connections of an input: %s; %s inputs have none"
            .formatted(outgoing, Sizes.count(outgoing.zeros())),
        String.format(
            Locale.ROOT,
            "  places ever connected: about %.3g %%, %.3g times as many as now",
            100 * triedShare(),
            everConnected / Math.max(1, connections)));
  }

  /// For programs.
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    tree.put("name", name).put("inputs", inputs).put("neurons", neurons);
    tree.put("connections", connections).put("density", density());
    tree.put("ever-connected-share", triedShare());
    tree.put("memory-bytes", memory).put("dense-memory-bytes", denseMemory);
    tree.put("neurons-without", incoming.zeros()).put("inputs-without", outgoing.zeros());
    tree.set("connections-of-a-neuron", incoming.tree());
    tree.set("connections-of-an-input", outgoing.tree());
    return tree;
  }
}
