package org.fovea.network;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.UnitBlock;

/// One worker's work on an output layer with sparse connections, by batch. All labels take part.
final class UnitOutput implements OutputPass {

  private static final int GRAIN = 16;

  private final NeuronLayer neurons;
  private final SparseConnections connections;
  private final UnitSignals in;
  private final Optional<UnitCrossing> entry;
  private final SparseWork products;
  private final LabelLoss loss;
  private final Team team;
  private final Step step;
  private final UnitBlock net = new UnitBlock();
  private final Block scores = new Block();
  private final RowMatrix biasGradients;
  private final Block biasGradient = new Block(1, 1);
  private final Team.Phase netInputs = this::netInputs;

  /// @param in what the layer reads
  /// @param entry how it gets there, unless the layer below runs by batch too
  UnitOutput(
      OutputLayer layer,
      SparseConnections connections,
      UnitSignals in,
      Optional<UnitCrossing> entry,
      PassContext context) {
    this.neurons = layer.neurons();
    this.connections = connections;
    this.in = in;
    this.entry = entry;
    this.products = new SparseWork(connections, in, context);
    this.loss = new LabelLoss(layer.loss());
    this.team = context.team();
    this.step = context.step();
    this.biasGradients = new RowMatrix(1, neurons.neurons());
  }

  /// Computes the scores of all labels: `[labels, examples]`.
  Block scores() {
    entry.ifPresent(UnitCrossing::forward);
    products.prepare();
    int labels = neurons.neurons();
    net.resize(labels, in.batch());
    team.run(labels, products.grain(GRAIN), netInputs);
    products.count();
    scores.resize(labels, in.batch());
    for (int label = 0; label < labels; label++) {
      int at = scores.offset(label);
      System.arraycopy(net.data(), net.offset(label), scores.data(), at, in.batch());
      Arrays.fill(scores.data(), at + in.batch(), at + scores.stride(), 0f);
    }
    return scores;
  }

  private void netInputs(int from, int to, int thread) {
    for (int label = from; label < to; label++) {
      int at = net.offset(label);
      Arrays.fill(net.data(), at, at + net.stride(), neurons.biasOf(label));
    }
    products.addNetInputs(net, from, to, thread);
  }

  @Override
  public double forward(Batch batch) {
    double sum = loss.differentiate(scores(), batch);
    for (int label = 0; label < neurons.neurons(); label++) {
      int at = net.offset(label);
      System.arraycopy(scores.data(), scores.offset(label), net.data(), at, in.batch());
      Arrays.fill(net.data(), at + in.batch(), at + net.stride(), 0f);
    }
    return sum;
  }

  @Override
  public void backward() {
    products.inputGradients(net);
    entry.ifPresent(UnitCrossing::backward);
    products.update(net);
    SparseWork.biasGradients(net, 0, neurons.neurons(), biasGradients);
    for (int label = 0; label < neurons.neurons(); label++) {
      biasGradient.data()[0] = biasGradients.at(0, label);
      neurons.bias().updater().update(label, biasGradient.data(), 0, step.rate());
    }
  }

  /// What evolution sees.
  SparseActivity activity() {
    return new SparseActivity(connections, in, net);
  }

  @Override
  public double activeLabels() {
    return neurons.neurons();
  }
}
