package org.fovea.event.trained;

import java.util.Arrays;
import org.fovea.event.EventNetwork;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;

/// A trained network, compiled: its hidden neurons driven by events, its labels read from the
/// hidden neurons that are active.
///
/// Neurons have ids: a feature `f` with a positive value is `f`, with a negative value `features +
/// f`; then come the hidden layers from the input upward.
///
/// **Threads** immutable; parameters are those of the moment of compilation. **Cost** up to 36
/// bytes for each connection into a hidden neuron, twice that for those from features, and 4 to 8
/// for those of the labels.
public final class TrainedEvents {

  private final Network network;
  private final EventNetwork hidden;
  private final Readout readout;
  private final FeatureConnections direct;
  private final int firstTop;
  private final int[] outgoing;
  private final long multiplyAdds;

  private TrainedEvents(Network network, HiddenNeurons neurons) {
    this.network = network;
    this.hidden = neurons.build();
    this.firstTop = neurons.firstOfTop();
    this.readout = Readout.of(network, neurons.topCount());
    this.direct = FeatureConnections.of(network);
    this.outgoing = Arrays.copyOf(neurons.outgoing(), hidden.idBound());
    for (int top = 0; top < neurons.topCount(); top++) {
      outgoing[firstTop + top] = readout.labelsOf(top);
    }
    this.multiplyAdds = neurons.connections() + readout.connections();
  }

  /// Compiles a network.
  ///
  /// @throws IllegalArgumentException if it has no hidden layer, one whose activation is not
  ///   `relu`, or one of which only selected neurons take part
  public static TrainedEvents of(Network network) {
    return new TrainedEvents(network, HiddenNeurons.of(network));
  }

  /// The network that was compiled.
  public Network network() {
    return network;
  }

  /// The hidden neurons and the features that activate them.
  public EventNetwork hidden() {
    return hidden;
  }

  /// Number of hidden neurons, of all layers.
  public int hiddenNeurons() {
    return hidden.idBound() - 2 * network.spec().input().features();
  }

  /// Multiply-adds of a row if everything is computed: one for each connection, direct ones left
  /// out, since they are never computed but from active features.
  public long multiplyAdds() {
    return multiplyAdds;
  }

  Readout readout() {
    return readout;
  }

  /// The direct connections.
  public FeatureConnections direct() {
    return direct;
  }

  /// Id of the first neuron of the last hidden layer.
  int firstTop() {
    return firstTop;
  }

  /// Number of connections that a neuron's activation goes into.
  int outgoing(int neuron) {
    return outgoing[neuron];
  }
}
