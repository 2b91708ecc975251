package org.fovea.network;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;

/// One worker's work on an [InputLayer]: sums the rows of an example's features, and updates the
/// rows of the features that a batch contains.
final class InputPass implements HiddenPass {

  private static final Kernels KERNELS = Kernels.best();
  private static final int EXAMPLE_GRAIN = 8;
  private static final int FEATURE_GRAIN = 32;

  private final InputLayer layer;
  private final Team team;
  private final Signals in;
  private final Signals out;
  private final Step step;
  private final WorkCount work;
  private final FeatureIndex index;
  private final DropoutMask dropout;
  private final StreamRandom[] random;
  private final Block gradients;
  private final RowsAhead ahead;
  private final Team.Phase forward = this::forward;
  private final Team.Phase differentiate = this::differentiate;
  private final Team.Phase update = this::update;
  private boolean training;
  private BatchIndex features = new BatchIndex(0);

  /// @param index of the features of a batch
  InputPass(InputLayer layer, Signals in, FeatureIndex index, PassContext context) {
    this.layer = layer;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    this.in = in;
    this.out = Signals.dense(layer.neurons());
    this.index = index;
    this.dropout = new DropoutMask(layer.dropout(), 0);
    this.random = context.newRandoms();
    this.gradients = new Block(team.size(), layer.neurons());
    this.ahead = new RowsAhead(team);
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
    team.run(in.examples(), EXAMPLE_GRAIN, forward);
    count();
  }

  private void count() {
    long products = in.activeCount() * layer.neurons();
    work.add(products, products);
    work.addAbsent((long) in.examples() * in.width() * layer.neurons() - products);
  }

  private void forward(int from, int to, int thread) {
    RowMatrix weights = layer.weights().values();
    RowMatrix bias = layer.bias().values();
    float[] values = out.values().data();
    for (int e = from; e < to; e++) {
      int start = out.values().offset(e);
      System.arraycopy(bias.chunk(0), bias.offset(0), values, start, weights.columns());
      Arrays.fill(values, start + weights.columns(), start + out.values().stride(), 0f);
      KERNELS.addRows(
          weights, in.indices(), in.entries(), in.begins()[e], in.ends()[e], values, start);
      Activations.apply(layer.activation(), values, start, start + weights.columns());
      if (training && dropout.isActive()) {
        dropout.forward(out.values(), e, step, random[thread]);
      }
    }
  }

  @Override
  public void backward() {
    team.run(in.examples(), EXAMPLE_GRAIN, differentiate);
    features = index.built();
    team.run(features.size(), FEATURE_GRAIN, update);
    updateBias();
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
          layer.activation(), values.data(), gradient.data(), start, start + values.columns());
    }
  }

  private void update(int from, int to, int thread) {
    float[] gradient = gradients.data();
    int start = gradients.offset(thread);
    int width = gradients.stride();
    Block deltas = out.gradients();
    int[] offsets = features.offsets();
    for (int f = from; f < to; f++) {
      ahead.fetch(layer.weights().values(), features.columns(), f, from, to, thread);
      Arrays.fill(gradient, start, start + width, 0f);
      KERNELS.addRows(
          deltas, features.rows(), features.values(), offsets[f], offsets[f + 1], gradient, start);
      layer.weights().updater().update(features.columns()[f], gradient, start, step.rate());
    }
  }

  private void updateBias() {
    float[] gradient = gradients.data();
    Arrays.fill(gradient, 0, gradients.stride(), 0f);
    Block deltas = out.gradients();
    for (int e = 0; e < in.examples(); e++) {
      KERNELS.addScaled(1f, deltas.data(), deltas.offset(e), gradient, 0, layer.neurons());
    }
    layer.bias().updater().update(0, gradient, 0, step.rate());
  }
}
