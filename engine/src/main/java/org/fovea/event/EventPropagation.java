package org.fovea.event;

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
public final class EventPropagation extends ArenaPropagation {

  private final WideSums sums = new WideSums();
  private final LevelQueue updatesByLevel = new LevelQueue();
  private final LevelQueue joinsByLevel = new LevelQueue();
  private final LevelQueue sumsByLevel = new LevelQueue();
  private final DueNeurons due = new DueNeurons();
  private final DueJoins joins = new DueJoins();
  private final StartedRoots started = new StartedRoots();
  private final SegmentWalk walk;
  private EventNetwork network;

  /// With the usual limits.
  public EventPropagation(EventNetwork network) {
    this(network, PropagationLimits.defaults());
  }

  /// An arena for one thread.
  public EventPropagation(EventNetwork network, PropagationLimits limits) {
    super(limits);
    this.network = network;
    walk = new SegmentWalk(network, arena, states, this::queue);
  }

  /// Goes over to another network, with the next document: forgets this one.
  public void use(EventNetwork next) {
    network = next;
    clear();
  }

  @Override
  void requireInput(int neuron) {
    network.requireInput(neuron);
  }

  @Override
  boolean hasEchoes() {
    return network.hasEchoes();
  }

  @Override
  boolean isEchoed(int neuron) {
    return network.isEchoed(neuron);
  }

  @Override
  void round() {
    begin();
    sums.clear();
    updatesByLevel.clear(network.levelCount());
    joinsByLevel.clear(network.levelCount());
    sumsByLevel.clear(network.levelCount());
    walk.clear(network, length());
    for (int segment = 0; segment < network.segmentCount(); segment++) {
      for (int row : network.segment(segment).always()) {
        queue(segment, row, ActivationArena.NONE);
      }
    }
    int next = 0;
    for (int level = 0; level < network.levelCount(); level++) {
      update(level);
      start(next, arena.count());
      next = arena.count();
      walk.advance(level);
    }
  }

  /// Updates the neurons of a level whose triggers were reached.
  private void update(int level) {
    due.take(updatesByLevel, level);
    due.fetch(network);
    for (int i = 0; i < due.count(); i++) {
      NeuronTable table = network.segment(due.segment(i)).table();
      int row = due.row(i);
      if (table.kind(row) == NeuronTable.ONCE) {
        activate(table, row, nets.at(table, row, 0, length()), 0, length(), level);
      } else {
        int places = nets.places(table, row);
        for (int p = 0; p < places; p++) {
          int begin = nets.placeBegin(p);
          int end = nets.placeEnd(p);
          activate(table, row, nets.at(table, row, begin, end), begin, end, level);
        }
      }
    }
    joins.take(joinsByLevel, level);
    joins.fetch(network, states);
    for (int i = 0; i < joins.count(); i++) {
      int state = joins.state(i);
      int row = joins.row(i);
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

  private void activate(NeuronTable table, int row, double net, int begin, int end, int level) {
    float value = update(table, row, net);
    if (value > 0) {
      arena.add(table.ids[row], begin, end, value, level);
    }
  }

  /// Starts what activations `[from, to)` are the first parts of.
  private void start(int from, int to) {
    for (int segment = 0; segment < network.segmentCount(); segment++) {
      started.lookUp(network.segment(segment), arena, from, to);
      for (int activation = from; activation < to; activation++) {
        if (started.record(activation) >= 0) {
          start(segment, started.record(activation), activation);
        }
      }
    }
  }

  private void start(int segment, int record, int activation) {
    Roots roots = network.segment(segment).roots();
    if (roots.joinedRoot(record) >= 0) {
      states.start(segment, roots.joinedRoot(record), activation);
    }
    int presentRoot = roots.presentRoot(record);
    if (presentRoot >= 0 || roots.firstEdge(record) < roots.firstEdge(record + 1)) {
      boolean isFirst =
          arena.earliestOf(arena.present.find(arena.symbol(activation))) == activation;
      if (isFirst && presentRoot >= 0) {
        states.present(segment, presentRoot, arena.level(activation));
      }
      followEdges(segment, roots, record, activation, isFirst);
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
        sum = sums.add(segment, row, 0, length(), synapse, table.term(synapse, most));
      } else {
        continue;
      }
      if (sum < 0) {
        sumsByLevel.add(network.segment(segment).levels()[row], -1 - sum, 0);
      }
    }
  }

  /// Puts a neuron whose trigger was reached into the queue of its level.
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

  /// Number of nodes of the lattice that the last round reached, each time counted.
  public long states() {
    return states.count();
  }
}
