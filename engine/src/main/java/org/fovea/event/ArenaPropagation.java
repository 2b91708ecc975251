package org.fovea.event;

import java.util.function.IntPredicate;

/// A propagation that keeps the state of a document in arenas: its inputs, its rounds, and what
/// became active in the last of them.
///
/// **Threads** confined. **Cost** nothing is allocated once arrays fit the largest document.
abstract sealed class ArenaPropagation implements Propagation
    permits EventPropagation, SuspendedPropagation {

  final ActivationArena arena = new ActivationArena();
  final StateArena states = new StateArena(arena);
  final NetInputs nets = new NetInputs(arena, states);

  private final PropagationLimits limits;
  private final Echoes echoes = new Echoes();
  private final IntPredicate echoed = this::isEchoed;
  private final IntRows inputs = new IntRows();
  private final IntRows result = new IntRows();
  private int length = 1;
  private int rounds;
  private boolean settled;
  private long updates;

  ArenaPropagation(PropagationLimits limits) {
    this.limits = limits;
  }

  /// Computes a round, from [#begin] on.
  abstract void round();

  /// Checks that documents activate a neuron.
  abstract void requireInput(int neuron);

  /// Whether recurrent synapses read anything.
  abstract boolean hasEchoes();

  /// Whether recurrent synapses read a neuron.
  abstract boolean isEchoed(int neuron);

  @Override
  public void clear() {
    inputs.size = 0;
    echoes.release();
    result.size = 0;
    length = 1;
    rounds = 0;
    settled = false;
    updates = 0;
  }

  @Override
  public final void add(int neuron, int begin, int end, float value) {
    Propagation.check(neuron, begin, end, value);
    requireInput(neuron);
    inputs.add(neuron);
    inputs.add(begin);
    inputs.add(end);
    inputs.add(Float.floatToRawIntBits(value));
    length = Math.max(length, end);
  }

  @Override
  public final void withhold(int neuron, int begin, int end) {
    echoes.withhold(neuron, begin, end);
  }

  @Override
  public final void release() {
    echoes.release();
  }

  /// What recurrent synapses could read.
  final Echoes echoes() {
    return echoes;
  }

  @Override
  public void run() {
    rounds = 0;
    updates = 0;
    settled = false;
    echoes.clear();
    while (!settled && rounds < limits.rounds()) {
      round();
      rounds++;
      settled = !hasEchoes() || echoes.settle(echoed, arena, limits.tolerance());
    }
    result.size = 0;
    for (int a = 0; a < arena.count(); a++) {
      if (arena.symbol(a) >= 0) {
        result.add(a);
      }
    }
  }

  /// Begins a round: nothing is active but the inputs, and what recurrent synapses read.
  final void begin() {
    arena.clear();
    states.clear(limits.matches());
    echoes.activate(arena);
    for (int i = 0; i < inputs.size; i += 4) {
      float value = Float.intBitsToFloat(inputs.get(i + 3));
      arena.add(inputs.get(i), inputs.get(i + 1), inputs.get(i + 2), value, 0);
    }
  }

  /// Counts that the net input of a row was computed, and gives its value.
  final float update(NeuronTable table, int row, double net) {
    updates++;
    return net > 0 ? table.rectifier(row).value(net) : 0;
  }

  /// Number of positions of the document.
  final int length() {
    return length;
  }

  @Override
  public final int count() {
    return result.size;
  }

  @Override
  public final int neuron(int index) {
    return arena.symbol(result.get(index));
  }

  @Override
  public final int begin(int index) {
    return arena.begin(result.get(index));
  }

  @Override
  public final int end(int index) {
    return arena.end(result.get(index));
  }

  @Override
  public final float value(int index) {
    return arena.value(result.get(index));
  }

  @Override
  public final float valueAt(int neuron, int begin, int end) {
    return arena.valueAt(neuron, begin, end);
  }

  @Override
  public final int rounds() {
    return rounds;
  }

  @Override
  public final boolean settled() {
    return settled;
  }

  @Override
  public final long updates() {
    return updates;
  }
}
