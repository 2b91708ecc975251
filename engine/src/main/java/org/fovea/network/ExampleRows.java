package org.fovea.network;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;

/// A layer whose examples have active sets of their own: dot products with scattered rows forward,
/// and one update per row that was active for any example of the batch backward.
///
/// The active sets, net inputs and gradients are those of sparse [Signals].
///
/// **Cost** active neurons times active inputs.
final class ExampleRows {

  private static final Kernels KERNELS = Kernels.best();
  private static final int EXAMPLE_GRAIN = 2;
  private static final int ROW_GRAIN = 16;

  private final NeuronLayer layer;
  private final Signals in;
  private final Signals out;
  private final Team team;
  private final Step step;
  private final BatchIndex active;
  private final Block gradients;
  private final Block biasGradient;
  private final RowsAhead ahead;
  private final Team.Phase inputGradients = this::inputGradients;
  private final Team.Phase update = this::update;

  ExampleRows(NeuronLayer layer, Signals in, Signals out, PassContext context) {
    this.layer = layer;
    this.in = in;
    this.out = out;
    this.team = context.team();
    this.step = context.step();
    this.active = new BatchIndex(layer.neurons());
    this.gradients = new Block(team.size(), layer.inputs());
    this.biasGradient = new Block(team.size(), 1);
    this.ahead = new RowsAhead(team);
  }

  /// Replaces the entries of one example's active neurons by their net inputs.
  void netInputs(int example) {
    int from = out.begins()[example];
    int to = out.ends()[example];
    float[] net = out.entries();
    if (in.isSparse()) {
      KERNELS.dotRowsSparse(
          layer.weights().values(),
          out.indices(),
          from,
          to,
          in.indices(),
          in.entries(),
          in.begins()[example],
          in.ends()[example],
          net);
    } else {
      Block values = in.values();
      KERNELS.dotRows(
          layer.weights().values(),
          out.indices(),
          from,
          to,
          values.data(),
          values.offset(example),
          net);
    }
    for (int i = from; i < to; i++) {
      net[i] += layer.biasOf(out.indices()[i]);
    }
  }

  /// Takes the gradients to the net inputs, leaves the gradients of the input signals unless they
  /// are the input of the network, and updates the rows.
  void backward(boolean withInputGradients) {
    if (withInputGradients) {
      if (!in.isSparse()) {
        in.gradients().resize(in.examples(), layer.inputs());
      }
      team.run(in.examples(), EXAMPLE_GRAIN, inputGradients);
    }
    active.build(out.examples(), out.begins(), out.ends(), out.indices(), out.entryGradients());
    team.run(active.size(), ROW_GRAIN, update);
    layer
        .selector()
        .ifPresent(selector -> selector.rowsChanged(active.columns(), 0, active.size()));
  }

  /// Multiply-adds of one direction: active neurons times active inputs, over the batch.
  long products() {
    long products = 0;
    for (int e = 0; e < out.examples(); e++) {
      long inputs = in.isSparse() ? in.ends()[e] - in.begins()[e] : layer.inputs();
      products += inputs * (out.ends()[e] - out.begins()[e]);
    }
    return products;
  }

  private void inputGradients(int from, int to, int thread) {
    RowMatrix weights = layer.weights().values();
    for (int e = from; e < to; e++) {
      int begin = out.begins()[e];
      int end = out.ends()[e];
      if (in.isSparse()) {
        Arrays.fill(in.entryGradients(), in.begins()[e], in.ends()[e], 0f);
        KERNELS.addRowsSparse(
            weights,
            out.indices(),
            out.entryGradients(),
            begin,
            end,
            in.indices(),
            in.begins()[e],
            in.ends()[e],
            in.entryGradients());
      } else {
        Block target = in.gradients();
        int start = target.offset(e);
        Arrays.fill(target.data(), start, start + target.stride(), 0f);
        KERNELS.addRows(
            weights, out.indices(), out.entryGradients(), begin, end, target.data(), start);
      }
    }
  }

  private void update(int from, int to, int thread) {
    int[] offsets = active.offsets();
    int[] examples = active.rows();
    float[] deltas = active.values();
    float[] gradient = gradients.data();
    int start = gradients.offset(thread);
    int biasAt = biasGradient.offset(thread);
    for (int place = from; place < to; place++) {
      int neuron = active.columns()[place];
      ahead.fetch(layer.weights().values(), active.columns(), place, from, to, thread);
      Arrays.fill(gradient, start, start + gradients.stride(), 0f);
      float sum = 0;
      for (int i = offsets[place]; i < offsets[place + 1]; i++) {
        sum += deltas[i];
        if (in.isSparse()) {
          addSparse(deltas[i], examples[i], gradient, start);
        }
      }
      if (!in.isSparse()) {
        KERNELS.addRows(
            in.values(), examples, deltas, offsets[place], offsets[place + 1], gradient, start);
      }
      layer.update(neuron, gradient, start, step.rate());
      biasGradient.data()[biasAt] = sum;
      layer.bias().updater().update(neuron, biasGradient.data(), biasAt, step.rate());
    }
  }

  private void addSparse(float delta, int example, float[] gradient, int start) {
    int[] indices = in.indices();
    float[] entries = in.entries();
    for (int j = in.begins()[example]; j < in.ends()[example]; j++) {
      gradient[start + indices[j]] += delta * entries[j];
    }
  }
}
