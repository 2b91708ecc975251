package org.fovea.event;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// What becomes active in a document, by events alone.
///
/// Level by level: neurons whose triggers were reached are updated; what becomes active starts
/// roots of the lattice and sums of wide neurons; states of the lattice are joined with activations
/// where their steps allow it; a state at the trigger of a neuron puts the neuron into the queue of
/// its level. The values are those of [PlainPropagation], bit for bit.
///
/// **Threads** confined; make one per thread. **Cost** memory grows with the largest document and
/// with the number of levels, not with the network; nothing is allocated per document once arrays
/// fit.
public final class EventPropagation implements Propagation {

  /// How many children in a row are looked at in the time of one look into a hash table.
  private static final int CHEAPER_SCAN = 16;

  private final PropagationLimits limits;
  private EventNetwork network;
  private final ActivationArena arena = new ActivationArena();
  private final StateArena states = new StateArena(arena);
  private final NetInputs nets = new NetInputs(arena, states);
  private final WideSums sums = new WideSums();
  private final LevelQueue updatesByLevel = new LevelQueue();
  private final LevelQueue joinsByLevel = new LevelQueue();
  private final LevelQueue sumsByLevel = new LevelQueue();
  private final LevelQueue stepsByLevel = new LevelQueue();
  private final Echoes echoes = new Echoes();
  private final IntPredicate echoed = this::isEchoed;
  private final IntRows inputs = new IntRows();
  private long[] due = new long[64];

  /// Of what was fetched ahead; there so that loads are not left out.
  int fetched;

  private int[] result = new int[64];
  private int resultCount;
  private int length;
  private int rounds;
  private boolean settled;
  private long updates;

  /// With the usual limits.
  public EventPropagation(EventNetwork network) {
    this(network, PropagationLimits.defaults());
  }

  /// An arena for one thread.
  public EventPropagation(EventNetwork network, PropagationLimits limits) {
    this.network = network;
    this.limits = limits;
  }

  /// Goes over to another network, with the next document: forgets this one.
  public void use(EventNetwork next) {
    network = next;
    clear();
  }

  @Override
  public void clear() {
    inputs.size = 0;
    echoes.release();
    resultCount = 0;
    length = 1;
    rounds = 0;
    settled = false;
    updates = 0;
  }

  @Override
  public void add(int neuron, int begin, int end, float value) {
    Propagation.check(neuron, begin, end, value);
    network.requireInput(neuron);
    inputs.add(neuron);
    inputs.add(begin);
    inputs.add(end);
    inputs.add(Float.floatToRawIntBits(value));
    length = Math.max(length, end);
  }

  @Override
  public void withhold(int neuron, int begin, int end) {
    echoes.withhold(neuron, begin, end);
  }

  @Override
  public void release() {
    echoes.release();
  }

  /// What recurrent synapses could read.
  Echoes echoes() {
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
      settled = !network.hasEchoes() || echoes.settle(echoed, arena, limits.tolerance());
    }
    collect();
  }

  private boolean isEchoed(int neuron) {
    return network.isEchoed(neuron);
  }

  private void collect() {
    resultCount = 0;
    for (int a = 0; a < arena.count(); a++) {
      if (arena.symbol(a) >= 0) {
        if (resultCount == result.length) {
          result = Arrays.copyOf(result, 2 * resultCount);
        }
        result[resultCount++] = a;
      }
    }
  }

  private void round() {
    arena.clear();
    states.clear(limits.matches());
    sums.clear();
    updatesByLevel.clear(network.levelCount());
    joinsByLevel.clear(network.levelCount());
    sumsByLevel.clear(network.levelCount());
    stepsByLevel.clear(network.levelCount());
    echoes.activate(arena);
    for (int i = 0; i < inputs.size; i += 4) {
      float value = Float.intBitsToFloat(inputs.get(i + 3));
      arena.add(inputs.get(i), inputs.get(i + 1), inputs.get(i + 2), value, 0);
    }
    int nodes = 0;
    for (int segment = 0; segment < network.segmentCount(); segment++) {
      states.place(segment, nodes);
      nodes += network.segment(segment).lattice().nodeCount();
      for (int row : network.segment(segment).always()) {
        queue(segment, row, ActivationArena.NONE);
      }
    }
    int firstActivation = 0;
    int firstState = 0;
    for (int level = 0; level < network.levelCount(); level++) {
      update(level);
      for (; firstActivation < arena.count(); firstActivation++) {
        start(firstActivation);
      }
      int item = stepsByLevel.poll(level);
      for (; item >= 0; item = stepsByLevel.poll(level)) {
        step(stepsByLevel.first(item), stepsByLevel.second(item), level);
      }
      for (; firstState < states.count(); firstState++) {
        reached(firstState, level);
      }
    }
  }

  /// Updates the neurons of a level whose triggers were reached.
  private void update(int level) {
    int count = due(level);
    for (int i = 0; i < count; i++) {
      NeuronTable table = network.segment((int) (due[i] >>> Integer.SIZE)).table();
      int row = (int) due[i];
      if (table.kind(row) == NeuronTable.ONCE) {
        activate(table, row, nets.at(table, row, 0, length), 0, length, level);
      } else {
        int places = nets.places(table, row);
        for (int p = 0; p < places; p++) {
          int begin = nets.placeBegin(p);
          int end = nets.placeEnd(p);
          activate(table, row, nets.at(table, row, begin, end), begin, end, level);
        }
      }
    }
    for (int i = joinsByLevel.poll(level); i >= 0; i = joinsByLevel.poll(level)) {
      int state = joinsByLevel.first(i);
      int row = joinsByLevel.second(i);
      NeuronTable table = network.segment(states.segment(state)).table();
      double net = nets.joined(table, row, state);
      activate(table, row, net, states.begin(state), states.end(state), level);
    }
    for (int i = sumsByLevel.poll(level); i >= 0; i = sumsByLevel.poll(level)) {
      int sum = sumsByLevel.first(i);
      if (sums.isPlaced(sum)) {
        NeuronTable table = network.segment(sums.segment(sum)).table();
        double net = sums.net(table.biases[sums.row(sum)], sum);
        activate(table, sums.row(sum), net, sums.begin(sum), sums.end(sum), level);
      }
    }
  }

  /// Collects the neurons of a level whose triggers were reached, each once and in the order of the
  /// rows: where thousands are, that is much of the time in which they are fetched.
  private int due(int level) {
    int all = 0;
    for (int i = updatesByLevel.poll(level); i >= 0; i = updatesByLevel.poll(level)) {
      if (all == due.length) {
        due = Arrays.copyOf(due, 2 * all);
      }
      due[all++] = LongTable.key(updatesByLevel.first(i), updatesByLevel.second(i));
    }
    Arrays.sort(due, 0, all);
    int count = 0;
    for (int i = 0; i < all; i++) {
      if (i == 0 || due[i] != due[i - 1]) {
        due[count++] = due[i];
      }
    }
    fetch(count);
    return count;
  }

  /// Looks at what updates will read, so that waits for memory overlap.
  private void fetch(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      NeuronTable table = network.segment((int) (due[i] >>> Integer.SIZE)).table();
      int row = (int) due[i];
      int synapse = table.synapseStart[row];
      sum += table.ids[row] + Float.floatToRawIntBits(table.biases[row]);
      if (synapse < table.symbols.length) {
        sum += table.symbols[synapse] + table.relations[synapse];
        sum += Float.floatToRawIntBits(table.weights[synapse]);
      }
    }
    fetched = sum;
  }

  private void activate(NeuronTable table, int row, double net, int begin, int end, int level) {
    updates++;
    if (net > 0) {
      float value = table.rectifier(row).value(net);
      if (value > 0) {
        arena.add(table.ids[row], begin, end, value, level);
      }
    }
  }

  /// Starts what an activation is the first part of.
  private void start(int activation) {
    int symbol = arena.symbol(activation);
    for (int segment = 0; segment < network.segmentCount(); segment++) {
      Roots roots = network.segment(segment).roots();
      int record = roots.record(symbol);
      if (record >= 0) {
        if (roots.joinedRoot(record) >= 0) {
          states.start(segment, roots.joinedRoot(record), activation);
        }
        int presentRoot = roots.presentRoot(record);
        if (presentRoot >= 0 || roots.firstEdge(record) < roots.firstEdge(record + 1)) {
          boolean isFirst = arena.earliestOf(arena.present.find(symbol)) == activation;
          if (isFirst && presentRoot >= 0) {
            states.present(segment, presentRoot, arena.level(activation));
          }
          followEdges(segment, roots, record, activation, isFirst);
        }
      }
    }
  }

  private void followEdges(int segment, Roots roots, int record, int activation, boolean isFirst) {
    NeuronTable table = network.segment(segment).table();
    for (int edge = roots.firstEdge(record); edge < roots.firstEdge(record + 1); edge++) {
      int row = roots.edges[2 * edge];
      if (network.isReplaced(segment, row)) {
        continue;
      }
      int synapse = roots.edges[2 * edge + 1];
      int sum;
      if (table.kind(row) == NeuronTable.EACH) {
        int begin = arena.begin(activation);
        int end = arena.end(activation);
        double term = table.term(synapse, arena.value(activation));
        sum = sums.add(segment, row, begin, end, synapse, term);
      } else if (isFirst) {
        float most = arena.valueOf(arena.present.find(arena.symbol(activation)));
        sum = sums.add(segment, row, 0, length, synapse, table.term(synapse, most));
      } else {
        continue;
      }
      if (sum < 0) {
        sumsByLevel.add(network.segment(segment).levels()[row], -1 - sum, 0);
      }
    }
  }

  /// Queues the neurons that hang at a node, and takes its steps or queues them.
  private void reached(int state, int level) {
    int segment = states.segment(state);
    Lattice lattice = network.segment(segment).lattice();
    int node = states.node(state);
    for (int t = lattice.firstTerminal(node); t < lattice.firstTerminal(node + 1); t++) {
      queue(segment, lattice.terminals[t], state);
    }
    for (int step = lattice.firstStep(node); step < lattice.firstStep(node + 1); step++) {
      if (lattice.level(step) == level) {
        step(state, step, level);
      } else {
        stepsByLevel.add(lattice.level(step), state, step);
      }
    }
  }

  private void queue(int segment, int row, int state) {
    if (network.isReplaced(segment, row)) {
      return;
    }
    int level = network.segment(segment).levels()[row];
    if (network.segment(segment).table().kind(row) == NeuronTable.JOINED) {
      joinsByLevel.add(level, state, row);
    } else {
      updatesByLevel.add(level, segment, row);
    }
  }

  /// Joins a state with what a step asks for, as far as that is on the step's level.
  private void step(int state, int step, int level) {
    int segment = states.segment(state);
    Lattice lattice = network.segment(segment).lattice();
    if (states.last(state) == ActivationArena.NONE) {
      stepPresent(state, step, level, lattice);
      return;
    }
    int stateLevel = states.level(state);
    int last = states.last(state);
    int lastBegin = arena.begin(last);
    int lastEnd = arena.end(last);
    Relation relation = network.segment(segment).table().relationKinds[lattice.relation(step)];
    boolean adjacent = relation.kind() == Relation.Kind.FOLLOWS && relation.distance() == 0;
    int from = relation.firstBegin(lastBegin, lastEnd, arena.longest());
    int to = Math.min(relation.lastBegin(lastBegin, lastEnd), length - 1);
    for (int begin = from; begin <= to; begin++) {
      for (int a = arena.firstAt(begin); a != ActivationArena.NONE; a = arena.nextAt(a)) {
        if (Math.max(stateLevel, arena.level(a)) == level
            && (adjacent || relation.holds(begin, arena.end(a), lastBegin, lastEnd))) {
          int child = lattice.child(step, arena.symbol(a));
          if (child >= 0) {
            states.join(state, segment, child, a, level, adjacent);
          }
        }
      }
    }
  }

  /// Looks for the children's symbols among the present ones, or the other way round.
  private void stepPresent(int state, int step, int level, Lattice lattice) {
    int stateLevel = states.level(state);
    int first = lattice.firstChild(step);
    int end = lattice.firstChild(step + 1);
    SymbolSlots present = arena.present;
    if (end - first <= Math.max(Lattice.MOST_LISTED, CHEAPER_SCAN * present.size())) {
      for (int child = first; child < end; child++) {
        int slot = present.find(lattice.symbol(child));
        if (slot >= 0 && Math.max(stateLevel, arena.levelOf(slot)) == level) {
          states.present(states.segment(state), child, level);
        }
      }
    } else {
      for (int slot = 0; slot < present.size(); slot++) {
        if (Math.max(stateLevel, arena.levelOf(slot)) == level) {
          int child = lattice.child(step, present.symbol(slot));
          if (child >= 0) {
            states.present(states.segment(state), child, level);
          }
        }
      }
    }
  }

  @Override
  public int count() {
    return resultCount;
  }

  @Override
  public int neuron(int index) {
    return arena.symbol(result[index]);
  }

  @Override
  public int begin(int index) {
    return arena.begin(result[index]);
  }

  @Override
  public int end(int index) {
    return arena.end(result[index]);
  }

  @Override
  public float value(int index) {
    return arena.value(result[index]);
  }

  @Override
  public float valueAt(int neuron, int begin, int end) {
    return arena.valueAt(neuron, begin, end);
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public boolean settled() {
    return settled;
  }

  @Override
  public long updates() {
    return updates;
  }

  /// Number of nodes of the lattice that the last round reached, each time counted.
  public long states() {
    return states.count();
  }
}
