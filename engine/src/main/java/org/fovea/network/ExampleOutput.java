package org.fovea.network;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.kernel.Kernels;
import org.fovea.spec.Loss;

/// The output layer when every example has active labels of its own, or its input is sparse.
final class ExampleOutput implements OutputPass {

  private static final Kernels KERNELS = Kernels.best();
  private static final int GRAIN = 2;

  private final OutputLayer layer;
  private final Signals input;
  private final Signals in;
  private final Signals out;
  private final DirectPass direct;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final ExampleRows rows;
  private final BatchIndex active;
  private final StreamRandom[] random;
  private final ActiveSet[] sets;
  private final Selector.Scratch[] scratch;
  private final TrueLabels[] positives;
  private final long[] selectionWork;
  private final Team.Phase forward = this::forward;
  private final Team.Phase updateDirect = this::updateDirect;
  private Batch batch = new Batch();
  private double[] losses = new double[0];

  /// @param input the network's input
  /// @param in the layer's input
  ExampleOutput(
      OutputLayer layer, Signals input, Signals in, DirectPass direct, PassContext context) {
    this.layer = layer;
    this.input = input;
    this.in = in;
    this.direct = direct;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    NeuronLayer neurons = layer.neurons();
    this.out = Signals.sparse(neurons.neurons());
    this.rows = new ExampleRows(neurons, in, out, context);
    this.active = new BatchIndex(direct.isEmpty() ? 0 : neurons.neurons());
    this.random = context.newRandoms();
    this.sets = new ActiveSet[team.size()];
    this.positives = new TrueLabels[team.size()];
    this.scratch = new Selector.Scratch[neurons.selector().isPresent() ? team.size() : 0];
    for (int thread = 0; thread < sets.length; thread++) {
      sets[thread] = new ActiveSet(neurons.neurons());
      positives[thread] = new TrueLabels();
    }
    for (int thread = 0; thread < scratch.length; thread++) {
      scratch[thread] = neurons.selector().orElseThrow().newScratch();
    }
    this.selectionWork = new long[team.size()];
  }

  @Override
  public double forward(Batch batch) {
    this.batch = batch;
    out.resize(batch.exampleCount(), capacity(batch));
    if (losses.length < batch.exampleCount()) {
      losses = new double[batch.exampleCount()];
    }
    direct.prepare(batch.exampleCount());
    team.run(batch.exampleCount(), GRAIN, forward);
    double loss = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      loss += losses[e];
    }
    work.add(rows.products(), denseProducts());
    for (int thread = 0; thread < selectionWork.length; thread++) {
      work.addSelection(selectionWork[thread]);
      selectionWork[thread] = 0;
    }
    return loss;
  }

  /// Largest number of active labels of an example.
  private int capacity(Batch batch) {
    int labels = layer.neurons().neurons();
    if (layer.neurons().selector().isEmpty()) {
      return labels;
    }
    int most = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      most = Math.max(most, batch.labelOffsets()[e + 1] - batch.labelOffsets()[e]);
    }
    return Math.min(
        labels, most + layer.neighbourCount() + layer.neurons().selector().get().limit());
  }

  private long denseProducts() {
    return (long) in.examples() * layer.neurons().inputs() * layer.neurons().neurons();
  }

  private void forward(int from, int to, int thread) {
    for (int e = from; e < to; e++) {
      int begin = out.begins()[e];
      ActiveSet set = sets[thread];
      choose(e, set, thread);
      int count = set.size();
      System.arraycopy(set.rows(), 0, out.indices(), begin, count);
      out.ends()[e] = begin + count;
      rows.netInputs(e);
      float[] net = out.entries();
      float[] corrections = set.corrections();
      for (int i = 0; i < count; i++) {
        // a true label is always active: its probability of being so is 1
        net[begin + i] -= i < set.requiredCount() ? 0 : corrections[i];
        if (!direct.isEmpty()) {
          net[begin + i] += direct.netInput(set.rows()[i], e);
        }
      }
      double loss =
          switch (layer.loss()) {
            case Loss.Softmax _ -> softmax(e, set);
            case Loss.DecoupledSoftmax _ -> decoupled(e, set, positives[thread]);
            case Loss.Logistic _ -> logistic(e, set);
            case Loss.Squared _, Loss.Reconstruction _ ->
                throw new IllegalStateException("squared losses are over all labels at once");
          };
      losses[e] = batch.weights()[e] * loss;
    }
  }

  private void choose(int e, ActiveSet set, int thread) {
    set.clear();
    for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
      set.add(batch.labels()[i]);
    }
    set.endRequired();
    if (layer.neurons().selector().isEmpty()) {
      for (int label = 0; label < layer.neurons().neurons(); label++) {
        set.add(label);
      }
      return;
    }
    Selector selector = layer.neurons().selector().get();
    random[thread].place(step.seed(), step.batch(), Integer.MAX_VALUE, e);
    layer.addNeighbours(input, e, set, random[thread]);
    if (in.isSparse()) {
      selector.selectSparse(
          in.indices(),
          in.entries(),
          in.begins()[e],
          in.ends()[e],
          set,
          scratch[thread],
          random[thread],
          true);
    } else {
      selector.select(in.values(), e, e + 1, set, scratch[thread], random[thread], true);
    }
    selectionWork[thread] += selector.work(scratch[thread]);
  }

  private double softmax(int e, ActiveSet set) {
    int begin = out.begins()[e];
    int end = out.ends()[e];
    float[] gradients = out.entryGradients();
    int labels = set.requiredCount();
    if (labels == 0) {
      Arrays.fill(gradients, begin, end, 0f);
      return 0;
    }
    System.arraycopy(out.entries(), begin, gradients, begin, end - begin);
    double target = 0;
    for (int i = 0; i < labels; i++) {
      target += gradients[begin + i];
    }
    double loss = KERNELS.softmax(gradients, begin, end) - target / labels;
    finish(e, labels, 1f / labels);
    return loss;
  }

  private double decoupled(int e, ActiveSet set, TrueLabels positive) {
    int begin = out.begins()[e];
    int end = out.ends()[e];
    float[] gradients = out.entryGradients();
    int labels = set.requiredCount();
    if (labels == 0) {
      Arrays.fill(gradients, begin, end, 0f);
      return 0;
    }
    System.arraycopy(out.entries(), begin, gradients, begin, end - begin);
    KERNELS.softmax(gradients, begin, end);
    positive.clear();
    for (int i = begin; i < begin + labels; i++) {
      positive.add(gradients[i]);
    }
    float negatives = 0;
    for (int i = begin + labels; i < end; i++) {
      negatives += gradients[i];
    }
    double loss = positive.decoupledLoss(0, negatives);
    float factor = positive.decoupled(0, negatives, share(e));
    System.arraycopy(positive.gradients(), 0, gradients, begin, labels);
    for (int i = begin + labels; i < end; i++) {
      gradients[i] *= factor;
    }
    return loss;
  }

  private double logistic(int e, ActiveSet set) {
    int begin = out.begins()[e];
    int end = out.ends()[e];
    float[] gradients = out.entryGradients();
    System.arraycopy(out.entries(), begin, gradients, begin, end - begin);
    double target = 0;
    for (int i = 0; i < set.requiredCount(); i++) {
      target += gradients[begin + i];
    }
    double loss = KERNELS.sigmoid(gradients, begin, end) - target;
    finish(e, set.requiredCount(), 1f);
    return loss;
  }

  /// What the gradients of an example count for in the mean over the batch.
  private float share(int e) {
    return batch.weights()[e] / batch.exampleCount();
  }

  /// Subtracts the targets, which stand first, and takes the mean over the batch.
  private void finish(int e, int labels, float target) {
    int begin = out.begins()[e];
    int end = out.ends()[e];
    float[] gradients = out.entryGradients();
    float share = share(e);
    for (int i = begin; i < begin + labels; i++) {
      gradients[i] -= target;
    }
    for (int i = begin; i < end; i++) {
      gradients[i] *= share;
    }
  }

  @Override
  public void backward() {
    long products = rows.products();
    rows.backward(in.width() > 0);
    if (!direct.isEmpty()) {
      active.build(out.examples(), out.begins(), out.ends(), out.indices(), out.entryGradients());
      team.run(active.size(), GRAIN, updateDirect);
    }
    work.add(2 * products, 2 * denseProducts());
  }

  private void updateDirect(int from, int to, int thread) {
    int[] offsets = active.offsets();
    for (int place = from; place < to; place++) {
      direct.update(
          active.columns()[place],
          active.rows(),
          active.values(),
          offsets[place],
          offsets[place + 1],
          step.directRate());
    }
  }

  @Override
  public double activeLabels() {
    return out.activeCount() / (double) Math.max(1, out.examples());
  }
}
