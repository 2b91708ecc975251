package org.fovea.network;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.UnitBlock;
import org.fovea.spec.LayerSpec;

/// One worker's work on a sparse hidden layer, by batch: every connection becomes one vector
/// multiply-add over the examples.
final class SparsePass implements HiddenPass {

  private static final int GRAIN = 64;

  private final SparseLayer layer;
  private final int neurons;
  private final UnitSignals in;
  private final Optional<UnitCrossing> entry;
  private final boolean isFirst;
  private final UnitSignals units;
  private final Signals out;
  private final SparseWork products;
  private final UnitActivation activation;
  private final Optional<UnitNormalization> normalization;
  private final UnitDropout dropout;
  private final Team team;
  private final Step step;
  private final StreamRandom[] random;
  private final RowMatrix biasGradients;
  private final Team.Phase forward = this::forward;
  private final Team.Phase leave = this::leave;
  private final Team.Phase enter = this::enter;
  private final Team.Phase differentiate = this::differentiate;
  private boolean crosses;
  private boolean training;

  /// @param position of the layer among the hidden ones
  /// @param in what the layer reads
  /// @param entry how it gets there, unless the layer below runs by batch too
  SparsePass(
      SparseLayer layer,
      int position,
      UnitSignals in,
      Optional<UnitCrossing> entry,
      PassContext context) {
    LayerSpec.Sparse spec = layer.spec();
    this.layer = layer;
    this.neurons = spec.neurons();
    this.in = in;
    this.entry = entry;
    this.isFirst = position == 0;
    this.units = new UnitSignals(neurons);
    this.out = Signals.dense(neurons);
    this.products = new SparseWork(layer.connections(), in, context);
    this.activation = new UnitActivation(layer, position);
    this.normalization =
        layer.normalization().map(parameters -> new UnitNormalization(layer, parameters));
    this.dropout = new UnitDropout(spec.dropout(), position);
    this.team = context.team();
    this.step = context.step();
    this.random = context.newRandoms();
    this.biasGradients = new RowMatrix(1, neurons);
  }

  /// The activations with the batch innermost, for a layer above that runs by batch.
  UnitSignals units() {
    return units;
  }

  /// The activations by example: from now on they are transposed after each pass.
  @Override
  public Signals out() {
    crosses = true;
    return out;
  }

  /// What evolution sees.
  SparseActivity activity() {
    return new SparseActivity(layer.connections(), in, units.gradients());
  }

  @Override
  public void forward(boolean training) {
    this.training = training;
    entry.ifPresent(UnitCrossing::forward);
    products.prepare();
    int batch = in.batch();
    units.resize(batch);
    activation.resize(neurons, batch);
    dropout.resize(neurons, batch);
    if (normalization.isPresent()) {
      normalization.get().resize(neurons, batch);
    }
    team.run(neurons, products.grain(GRAIN), forward);
    products.count();
    if (crosses) {
      out.resize(batch, 0);
      team.run(batch, GRAIN, leave);
    }
  }

  private void forward(int from, int to, int thread) {
    // in pieces, so that a neuron's values are still near when they become activations
    int grain = products.grain(GRAIN);
    for (int start = from; start < to; start += grain) {
      activate(start, Math.min(to, start + grain), thread);
    }
  }

  private void activate(int from, int to, int thread) {
    UnitBlock values = units.values();
    boolean normalizes = normalization.isPresent();
    float[] biases = layer.bias().values().chunk(0);
    int first = layer.bias().values().offset(0);
    for (int unit = from; unit < to; unit++) {
      int at = values.offset(unit);
      float start = normalizes ? 0f : biases[first + unit];
      Arrays.fill(values.data(), at, at + values.stride(), start);
    }
    products.addNetInputs(values, from, to, thread);
    for (int unit = from; unit < to && normalizes; unit++) {
      normalization.get().forward(values, unit, training);
    }
    for (int unit = from; unit < to; unit++) {
      activation.forward(values, unit);
      if (training && dropout.isActive()) {
        dropout.forward(values, unit, step, random[thread]);
      }
    }
  }

  private void leave(int from, int to, int thread) {
    units.values().store(out.values(), from, to);
  }

  @Override
  public void backward() {
    if (crosses) {
      units.gradients().resize(neurons, in.batch());
      team.run(neurons, GRAIN, enter);
    }
    team.run(neurons, GRAIN, differentiate);
    if (!isFirst) {
      products.inputGradients(units.gradients());
      entry.ifPresent(UnitCrossing::backward);
    }
    products.update(units.gradients());
    updateNeurons();
  }

  private void enter(int from, int to, int thread) {
    units.gradients().load(out.gradients(), from, to);
  }

  private void differentiate(int from, int to, int thread) {
    UnitBlock gradients = units.gradients();
    for (int unit = from; unit < to; unit++) {
      if (dropout.isActive()) {
        dropout.apply(gradients, unit);
      }
      activation.backward(units.values(), gradients, unit, dropout.keep());
    }
    SparseWork.biasGradients(gradients, from, to, biasGradients);
    for (int unit = from; unit < to && normalization.isPresent(); unit++) {
      normalization.get().backward(gradients, unit);
    }
  }

  private void updateNeurons() {
    if (normalization.isPresent()) {
      normalization.get().update(step);
    }
    layer.bias().updater().update(0, biasGradients.chunk(0), biasGradients.offset(0), step.rate());
    if (layer.shape().isPresent()) {
      Updater updater = layer.shape().get().updater();
      RowMatrix gradients = activation.shapeGradients();
      for (int row = 0; row < gradients.rows(); row++) {
        updater.update(row, gradients.chunk(row), gradients.offset(row), step.rate());
      }
    }
  }
}
