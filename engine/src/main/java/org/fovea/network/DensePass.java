package org.fovea.network;

import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.spec.LayerSpec;

/// One worker's work on a hidden layer in which all neurons take part, over a dense input: three
/// matrix products over the batch.
final class DensePass implements HiddenPass {

  private static final Kernels KERNELS = Kernels.best();
  private static final int GRAIN = 32;

  private final NeuronLayer layer;
  private final LayerSpec.Dense spec;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final Signals in;
  private final Signals out;
  private final DropoutMask dropout;
  private final StreamRandom[] random;
  private final AllRows rows;
  private final Block weightGradients = new Block();
  private final Block biasGradient;
  private final Team.Phase activate = this::activate;
  private final Team.Phase differentiate = this::differentiate;
  private final Team.Phase inputGradients = this::inputGradients;
  private final Team.Phase update = this::update;
  private boolean training;

  /// @param stream stream of random numbers, the layer's position
  DensePass(NeuronLayer layer, LayerSpec.Dense spec, Signals in, int stream, PassContext context) {
    this.layer = layer;
    this.spec = spec;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    this.in = in;
    this.out = Signals.dense(layer.neurons());
    this.dropout = new DropoutMask(spec.dropout(), stream);
    this.random = context.newRandoms();
    this.rows = new AllRows(layer, in, context);
    this.biasGradient = new Block(team.size(), 1);
  }

  @Override
  public Signals out() {
    return out;
  }

  @Override
  public void forward(boolean training) {
    this.training = training;
    out.resize(in.examples(), 0);
    dropout.resize(in.examples(), layer.neurons());
    rows.netInputs(out.values());
    team.run(in.examples(), GRAIN, activate);
    count();
  }

  private void count() {
    long products = (long) in.examples() * layer.neurons() * layer.inputs();
    work.add(products, products);
  }

  private void activate(int from, int to, int thread) {
    Block values = out.values();
    for (int e = from; e < to; e++) {
      int start = values.offset(e);
      Activations.apply(spec.activation(), values.data(), start, start + values.columns());
      if (training && dropout.isActive()) {
        dropout.forward(values, e, step, random[thread]);
      }
    }
  }

  @Override
  public void backward() {
    team.run(in.examples(), GRAIN, differentiate);
    in.gradients().resize(in.examples(), layer.inputs());
    team.run(in.examples(), GRAIN, inputGradients);
    count();
    weightGradients.resize(layer.neurons(), layer.inputs());
    team.run(layer.neurons(), GRAIN, update);
    count();
  }

  private void differentiate(int from, int to, int thread) {
    Block values = out.values();
    Block gradient = out.gradients();
    for (int e = from; e < to; e++) {
      if (dropout.isActive()) {
        dropout.backward(values, gradient, e);
      }
      int start = values.offset(e);
      Activations.differentiate(
          spec.activation(), values.data(), gradient.data(), start, start + values.columns());
    }
  }

  private void inputGradients(int from, int to, int thread) {
    KERNELS.multiplyRows(out.gradients(), rows.weights(), in.gradients(), false, from, to);
  }

  private void update(int from, int to, int thread) {
    KERNELS.multiplyTransposedRows(out.gradients(), in.values(), weightGradients, false, from, to);
    Block deltas = out.gradients();
    float[] gradient = biasGradient.data();
    int at = biasGradient.offset(thread);
    for (int neuron = from; neuron < to; neuron++) {
      float sum = 0;
      for (int e = 0; e < in.examples(); e++) {
        sum += deltas.data()[deltas.offset(e) + neuron];
      }
      gradient[at] = sum;
      layer.update(neuron, weightGradients.data(), weightGradients.offset(neuron), step.rate());
      layer.bias().updater().update(neuron, gradient, at, step.rate());
    }
  }
}
