package org.fovea.network;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;

/// The output layer when the examples of a batch share one set of active labels, or all labels are
/// active: the set's rows are gathered into a block and the layer becomes small dense products.
///
/// **Shapes** rows `[active, inputs]`, net inputs and their gradients `[active, examples]`, batch
/// innermost, so that a softmax runs over vectors of examples.
final class SharedOutput implements OutputPass {

  private static final Kernels KERNELS = Kernels.best();
  private static final int ROW_GRAIN = 32;
  private static final int EXAMPLE_GRAIN = 16;

  private final OutputLayer layer;
  private final Signals input;
  private final Signals in;
  private final DirectPass direct;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final StreamRandom random = new StreamRandom();
  private final ActiveLabels active;
  private final ActiveRows activeRows;
  private final Block rows = new Block();
  private final Block inputsTransposed = new Block();
  private final Block net = new Block();
  private final SharedLoss loss;
  private final Block rowGradients = new Block();
  private final Block biasGradient;
  private final RowsAhead ahead;
  private float[] ones = new float[0];
  private final Team.Phase netInputs = this::netInputs;
  private final Team.Phase inputGradients = this::inputGradients;
  private final Team.Phase update = this::update;

  /// @param input the network's input
  /// @param in the layer's input
  SharedOutput(
      OutputLayer layer, Signals input, Signals in, DirectPass direct, PassContext context) {
    this.layer = layer;
    this.input = input;
    this.in = in;
    this.direct = direct;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    this.active = new ActiveLabels(layer);
    this.loss = new SharedLoss(layer.loss(), active, net, team);
    this.activeRows = new ActiveRows(layer.neurons());
    this.biasGradient = new Block(team.size(), 1);
    this.ahead = new RowsAhead(team);
  }

  @Override
  public double forward(Batch batch) {
    int examples = batch.exampleCount();
    random.place(step.seed(), step.batch(), Integer.MAX_VALUE, 0);
    work.addSelection(active.select(batch, input, in, random));
    activeRows.begin(active.rows(), active.size());
    resize(examples);
    in.values().transposeInto(inputsTransposed);
    direct.prepare(examples);
    team.run(active.size(), ROW_GRAIN, netInputs);
    uncorrectTrue(batch);
    count(1);
    return loss.apply(batch);
  }

  private void resize(int examples) {
    rows.resize(active.size(), layer.neurons().inputs());
    net.resize(active.size(), examples);
    rowGradients.resize(active.size(), layer.neurons().inputs());
    if (ones.length < net.stride()) {
      ones = new float[net.stride()];
      Arrays.fill(ones, 1f);
    }
  }

  private void count(int directions) {
    long examples = in.examples();
    long inputs = layer.neurons().inputs();
    work.add(
        directions * examples * inputs * active.size(),
        directions * examples * inputs * layer.neurons().neurons());
  }

  private void netInputs(int from, int to, int thread) {
    NeuronLayer neurons = layer.neurons();
    RowMatrix weights = neurons.weights().values();
    int[] weightRows = activeRows.rows();
    float[] data = net.data();
    for (int i = from; i < to; i++) {
      int label = active.row(i);
      System.arraycopy(
          weights.chunk(weightRows[i]),
          weights.offset(weightRows[i]),
          rows.data(),
          rows.offset(i),
          neurons.inputs());
      int start = net.offset(i);
      Arrays.fill(data, start, start + net.stride(), neurons.biasOf(label) - active.correction(i));
      if (!direct.isEmpty()) {
        direct.addNetInputs(label, data, start);
      }
    }
    KERNELS.multiplyRows(rows, inputsTransposed, net, true, from, to);
  }

  /// A true label is always active for its example: its probability of being so is 1.
  private void uncorrectTrue(Batch batch) {
    for (int e = 0; e < batch.exampleCount(); e++) {
      for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
        int place = active.place(batch.labels()[i]);
        net.data()[net.offset(place) + e] += active.correction(place);
      }
    }
  }

  @Override
  public void backward() {
    if (in.width() > 0) {
      in.gradients().resize(in.examples(), in.width());
      team.run(in.examples(), EXAMPLE_GRAIN, inputGradients);
    }
    team.run(active.size(), ROW_GRAIN, update);
    count(2);
    Optional<Selector> selector = layer.neurons().selector();
    selector.ifPresent(moved -> moved.rowsChanged(active.rows(), 0, active.size()));
  }

  private void inputGradients(int from, int to, int thread) {
    KERNELS.multiplyTransposedRows(net, rows, in.gradients(), false, from, to);
  }

  private void update(int from, int to, int thread) {
    KERNELS.multiplyRows(net, in.values(), rowGradients, false, from, to);
    NeuronLayer neurons = layer.neurons();
    int[] weightRows = activeRows.rows();
    for (int i = from; i < to; i++) {
      int label = active.row(i);
      ahead.fetch(neurons.weights().values(), weightRows, i, from, to, thread);
      neurons.update(weightRows[i], rowGradients.data(), rowGradients.offset(i), step.rate());
      if (!direct.isEmpty()) {
        direct.update(label, net.data(), net.offset(i), step.directRate());
      }
    }
    updateBiases(from, to, thread);
  }

  private void updateBiases(int from, int to, int thread) {
    Updater updater = layer.neurons().bias().updater();
    float[] gradient = biasGradient.data();
    int at = biasGradient.offset(thread);
    for (int i = from; i < to; i++) {
      gradient[at] = KERNELS.dot(net.data(), net.offset(i), ones, 0, net.columns());
      updater.update(active.row(i), gradient, at, step.rate());
    }
  }

  @Override
  public void end(boolean changed) {
    activeRows.end(changed);
  }

  @Override
  public double activeLabels() {
    return active.size();
  }
}
