package org.fovea.network;

import java.util.Optional;
import org.fovea.kernel.Block;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// One worker's work on a hidden layer in which each example has its own active neurons, over a
/// dense or sparse input. A neuron that is active with the value zero, and would have no gradient,
/// is left out of what the next layer sees.
final class SelectedPass implements HiddenPass {

  private static final int GRAIN = 4;

  private final NeuronLayer layer;
  private final LayerSpec.Dense spec;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final Signals in;
  private final Signals out;
  private final int stream;
  private final boolean inputIsNetworkInput;
  private final ExampleRows rows;
  private final Optional<AllRows> allRows;
  private final Block net = new Block();
  private final StreamRandom[] random;
  private final ActiveSet[] sets;
  private final Selector.Scratch[] scratch;
  private final long[] selectionWork;
  private final NeuronChoice choice;
  private final Team.Phase forward = this::forward;
  private final Team.Phase differentiate = this::differentiate;
  private boolean training;
  private long products;

  /// @param stream stream of random numbers, the layer's position
  /// @param inputIsNetworkInput whether nothing below wants a gradient
  SelectedPass(
      NeuronLayer layer,
      LayerSpec.Dense spec,
      Signals in,
      int stream,
      boolean inputIsNetworkInput,
      PassContext context) {
    this.layer = layer;
    this.spec = spec;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    this.in = in;
    this.out = Signals.sparse(layer.neurons());
    this.stream = stream;
    this.inputIsNetworkInput = inputIsNetworkInput;
    this.rows = new ExampleRows(layer, in, out, context);
    this.choice = new NeuronChoice(spec);
    this.allRows =
        choice.needsAllNetInputs()
            ? Optional.of(new AllRows(layer, in, context))
            : Optional.empty();
    this.random = context.newRandoms();
    this.sets = new ActiveSet[team.size()];
    this.scratch = new Selector.Scratch[layer.selector().isPresent() ? team.size() : 0];
    for (int thread = 0; thread < sets.length; thread++) {
      sets[thread] = new ActiveSet(layer.neurons());
    }
    for (int thread = 0; thread < scratch.length; thread++) {
      scratch[thread] = layer.selector().orElseThrow().newScratch();
    }
    this.selectionWork = new long[team.size()];
  }

  @Override
  public Signals out() {
    return out;
  }

  @Override
  public void forward(boolean training) {
    this.training = training;
    out.resize(in.examples(), choice.capacity(training));
    if (allRows.isPresent()) {
      net.resize(in.examples(), layer.neurons());
      allRows.get().netInputs(net);
    }
    team.run(in.examples(), GRAIN, forward);
    products = allRows.isPresent() ? in.activeCount() * layer.neurons() : rows.products();
    count(1, products);
    for (int thread = 0; thread < selectionWork.length; thread++) {
      work.addSelection(selectionWork[thread]);
      selectionWork[thread] = 0;
    }
  }

  /// @param directions in which every product was made
  /// @param products done in each
  private void count(long directions, long products) {
    long all = (long) in.examples() * layer.inputs() * layer.neurons();
    long dense = inputIsNetworkInput ? in.activeCount() * layer.neurons() : all;
    work.add(directions * products, directions * dense);
    work.addAbsent(directions * (all - dense));
  }

  private void forward(int from, int to, int thread) {
    for (int e = from; e < to; e++) {
      random[thread].place(step.seed(), step.batch(), stream, e);
      choose(e, thread);
      if (allRows.isEmpty()) {
        rows.netInputs(e);
        keepBest(e, thread);
      }
      int begin = out.begins()[e];
      Activations.apply(spec.activation(), out.entries(), begin, out.ends()[e]);
      choice.scale(out.entries(), begin, out.ends()[e], training);
      drop(e, random[thread]);
    }
  }

  private void keepBest(int e, int thread) {
    int end = out.ends()[e];
    out.ends()[e] = choice.keepBest(out.indices(), out.entries(), out.begins()[e], end);
    long inputs = in.isSparse() ? in.ends()[e] - in.begins()[e] : layer.inputs();
    selectionWork[thread] += (end - out.ends()[e]) * inputs;
  }

  private void choose(int e, int thread) {
    int begin = out.begins()[e];
    if (allRows.isPresent()) {
      int count =
          choice.fromNetInputs(
              net.data(),
              net.offset(e),
              out.indices(),
              out.entries(),
              begin,
              random[thread],
              training);
      out.ends()[e] = begin + count;
      return;
    }
    ActiveSet set = sets[thread];
    set.clear();
    if (spec.selection() instanceof Selection.Lsh) {
      select(e, set, thread);
    } else {
      choice.atRandom(set, random[thread], training);
    }
    int count = Math.min(set.size(), choice.capacity(training));
    System.arraycopy(set.rows(), 0, out.indices(), begin, count);
    out.ends()[e] = begin + count;
  }

  private void select(int e, ActiveSet set, int thread) {
    Selector selector = layer.selector().orElseThrow();
    if (in.isSparse()) {
      selector.selectSparse(
          in.indices(),
          in.entries(),
          in.begins()[e],
          in.ends()[e],
          set,
          scratch[thread],
          random[thread],
          training);
    } else {
      selector.select(in.values(), e, e + 1, set, scratch[thread], random[thread], training);
    }
    selectionWork[thread] += selector.work(scratch[thread]);
  }

  /// Applies dropout and removes neurons that are silent and without gradient.
  private void drop(int e, StreamRandom random) {
    boolean dropping = training && spec.dropout() > 0;
    boolean silent = Activations.zeroIsSilent(spec.activation());
    if (!dropping && !silent) {
      return;
    }
    float keep = (float) (1 - spec.dropout());
    float[] entries = out.entries();
    int[] indices = out.indices();
    int at = out.begins()[e];
    for (int i = at; i < out.ends()[e]; i++) {
      if ((silent && entries[i] == 0) || (dropping && random.nextFloat() >= keep)) {
        continue;
      }
      indices[at] = indices[i];
      entries[at++] = dropping ? entries[i] / keep : entries[i];
    }
    out.ends()[e] = at;
  }

  @Override
  public void backward() {
    team.run(in.examples(), GRAIN, differentiate);
    long directions = inputIsNetworkInput ? 1 : 2;
    long active = rows.products();
    rows.backward(!inputIsNetworkInput);
    count(directions, active);
  }

  private void differentiate(int from, int to, int thread) {
    float scale = choice.trainingScale() / (float) (1 - spec.dropout());
    float[] entries = out.entries();
    float[] gradients = out.entryGradients();
    for (int e = from; e < to; e++) {
      int begin = out.begins()[e];
      int end = out.ends()[e];
      if (scale != 1) {
        for (int i = begin; i < end; i++) {
          entries[i] /= scale;
          gradients[i] *= scale;
        }
      }
      Activations.differentiate(spec.activation(), entries, gradients, begin, end);
    }
  }
}
