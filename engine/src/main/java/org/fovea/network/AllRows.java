package org.fovea.network;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// The net inputs of all neurons of a layer for a batch.
final class AllRows {

  private static final Kernels KERNELS = Kernels.best();
  private static final int GRAIN = 32;

  private final NeuronLayer layer;
  private final Signals in;
  private final Team team;
  private final int[] all;
  private final Block weights = new Block();
  private final Block transposed = new Block();
  private final Block net = new Block();
  private final Team.Phase gather = this::gather;
  private final Team.Phase products = this::products;
  private final Team.Phase scattered = this::scattered;
  private final float[][] sparseProducts;
  private Block target = new Block();

  AllRows(NeuronLayer layer, Signals in, PassContext context) {
    this.layer = layer;
    this.in = in;
    this.team = context.team();
    this.all = new int[layer.neurons()];
    for (int neuron = 0; neuron < all.length; neuron++) {
      all[neuron] = neuron;
    }
    this.sparseProducts = new float[in.isSparse() ? team.size() : 0][layer.neurons()];
  }

  /// Writes the net inputs.
  ///
  /// @param target `[examples, neurons]`, already sized
  void netInputs(Block target) {
    this.target = target;
    if (in.isSparse()) {
      team.run(in.examples(), 1, scattered);
      return;
    }
    weights.resize(layer.neurons(), layer.inputs());
    team.run(layer.neurons(), GRAIN, gather);
    in.values().transposeInto(transposed);
    net.resize(layer.neurons(), in.examples());
    team.run(layer.neurons(), GRAIN, products);
    net.transposeInto(target);
  }

  /// The weights as [#netInputs] saw them, if the input is dense.
  Block weights() {
    return weights;
  }

  private void gather(int from, int to, int thread) {
    for (int neuron = from; neuron < to; neuron++) {
      System.arraycopy(
          layer.weights().values().chunk(neuron),
          layer.weights().values().offset(neuron),
          weights.data(),
          weights.offset(neuron),
          layer.inputs());
    }
  }

  private void products(int from, int to, int thread) {
    float[] data = net.data();
    for (int neuron = from; neuron < to; neuron++) {
      Arrays.fill(
          data, net.offset(neuron), net.offset(neuron) + net.stride(), layer.biasOf(neuron));
    }
    KERNELS.multiplyRows(weights, transposed, net, true, from, to);
  }

  private void scattered(int from, int to, int thread) {
    float[] data = target.data();
    float[] products = sparseProducts[thread];
    for (int e = from; e < to; e++) {
      KERNELS.dotRowsSparse(
          layer.weights().values(),
          all,
          0,
          all.length,
          in.indices(),
          in.entries(),
          in.begins()[e],
          in.ends()[e],
          products);
      int start = target.offset(e);
      for (int neuron = 0; neuron < all.length; neuron++) {
        data[start + neuron] = products[neuron] + layer.biasOf(neuron);
      }
    }
  }
}
