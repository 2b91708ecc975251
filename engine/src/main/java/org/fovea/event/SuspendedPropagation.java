package org.fovea.event;

import java.util.Arrays;

/// What becomes active in a document, where neurons are on pages.
///
/// As [EventPropagation], level by level; on each level, the trunk of the lattice is walked first,
/// which says what pages are needed, then these are fetched in the order in which they are stored
/// and stay until the document is done, then what is on them goes on. On the first level, that is
/// all that the words of a document lead to. The values are those of [PlainPropagation], bit for
/// bit.
///
/// **Errors** Where a page is damaged, the neurons on it are lost, and nothing is told of a neuron
/// that depends on one of them: what is told is right, in recurrent networks for the number of
/// rounds that it took without them. [#lostPages] and [#untoldCount] say so.
///
/// **Threads** confined; make one per thread. **Cost** memory grows with the largest document, its
/// pages included; nothing is allocated per document once arrays fit, but for pages that are read.
public final class SuspendedPropagation extends ArenaPropagation {

  private final SuspendedNetwork network;
  private final IntRows joinPlaces = new IntRows();
  private final TupleSlots triggered = new TupleSlots();
  private final LevelQueue updatesByLevel = new LevelQueue();
  private final LevelQueue joinsByLevel = new LevelQueue();
  private final HeldPages held;
  private final PageSums sums;
  private final LostNeurons lost;
  private final PendingPages pending;
  private final LatticeWalk walk;
  private final Terminals terminals = this::queue;
  private int[] origins = new int[128];
  private int untold;

  /// With the usual limits.
  public SuspendedPropagation(SuspendedNetwork network) {
    this(network, PropagationLimits.defaults());
  }

  /// An arena for one thread.
  public SuspendedPropagation(SuspendedNetwork network, PropagationLimits limits) {
    super(limits);
    this.network = network;
    held = new HeldPages(network.cache());
    sums = new PageSums(arena, held);
    lost = new LostNeurons(network, held);
    pending = new PendingPages(held);
    walk = new LatticeWalk(network, arena, states, held, pending);
  }

  @Override
  void requireInput(int neuron) {
    network.requireInput(neuron);
  }

  @Override
  boolean hasEchoes() {
    return !network.echoed().isEmpty();
  }

  @Override
  boolean isEchoed(int neuron) {
    return network.echoed().get(neuron);
  }

  @Override
  public void clear() {
    super.clear();
    untold = 0;
  }

  @Override
  public void run() {
    untold = 0;
    lost.clear();
    held.clear(network.trunk().nodeCount());
    try {
      super.run();
    } finally {
      held.release();
      network.cache().advance();
    }
  }

  @Override
  void round() {
    prepare();
    for (int page = 0; page < network.facts().alwaysPages(); page++) {
      int always = network.facts().alwaysPage() + page;
      pending.add(PendingPages.TERMINALS, always, Trunk.ALWAYS, 0, ActivationArena.NONE, 0);
    }
    int firstActivation = 0;
    for (int level = 0; level < network.levelCount(); level++) {
      update(level);
      for (; firstActivation < arena.count(); firstActivation++) {
        start(firstActivation);
      }
      walk.resume(level);
      walk.advance(level, terminals);
      enterPages(level);
      walk.advance(level, terminals);
    }
  }

  private void prepare() {
    begin();
    states.place(0, 0);
    sums.clear(network.levelCount());
    joinPlaces.size = 0;
    triggered.clear();
    updatesByLevel.clear(network.levelCount());
    joinsByLevel.clear(network.levelCount());
    walk.clear(length());
    pending.clear();
    require(arena.count());
    Arrays.fill(origins, 0, 2 * arena.count(), 0);
  }

  private void require(int activations) {
    if (2 * activations > origins.length) {
      origins = Arrays.copyOf(origins, 4 * activations);
    }
  }

  /// Updates the neurons of a level whose triggers were reached.
  private void update(int level) {
    for (int i = updatesByLevel.poll(level); i >= 0; i = updatesByLevel.poll(level)) {
      int page = updatesByLevel.first(i);
      int row = updatesByLevel.second(i);
      NeuronTable table = held.page(page).table;
      if (table.kind(row) == NeuronTable.ONCE) {
        activate(page, row, nets.at(table, row, 0, length()), 0, length(), level);
      } else {
        int places = nets.places(table, row);
        for (int p = 0; p < places; p++) {
          int begin = nets.placeBegin(p);
          int end = nets.placeEnd(p);
          activate(page, row, nets.at(table, row, begin, end), begin, end, level);
        }
      }
    }
    for (int i = joinsByLevel.poll(level); i >= 0; i = joinsByLevel.poll(level)) {
      int at = joinsByLevel.first(i);
      int page = joinPlaces.get(at);
      int row = joinPlaces.get(at + 1);
      int state = joinPlaces.get(at + 2);
      double net = nets.joined(held.page(page).table, row, state);
      activate(page, row, net, states.begin(state), states.end(state), level);
    }
    for (int sum = sums.poll(level); sum >= 0; sum = sums.poll(level)) {
      double net = sums.net(sum);
      activate(sums.page(sum), sums.row(sum), net, sums.begin(sum), sums.end(sum), level);
    }
  }

  private void activate(int page, int row, double net, int begin, int end, int level) {
    NeuronTable table = held.page(page).table;
    float value = update(table, row, net);
    int id = table.ids[row];
    if (held.lost() > 0 && lost.isDoubtful(id)) {
      untold++;
    } else if (value > 0) {
      int activation = arena.count();
      arena.add(id, begin, end, value, level);
      if (arena.count() > activation) {
        require(arena.count());
        origins[2 * activation] = page;
        origins[2 * activation + 1] = row;
      }
    }
  }

  /// Starts what an activation is the first part of.
  private void start(int activation) {
    int symbol = arena.symbol(activation);
    boolean isFirst = arena.earliestOf(arena.present.find(symbol)) == activation;
    Trunk trunk = network.trunk();
    int record = trunk.record(symbol);
    if (record >= 0) {
      walk.start(activation, isFirst, trunk.joined(record), trunk.present(record));
      follow(activation, trunk.edgePage(record), trunk.edgePages(record));
    } else if (origins[2 * activation] > 0) {
      NeuronPage page = held.page(origins[2 * activation]);
      int row = origins[2 * activation + 1];
      int outlet = page.outletOf(row);
      if (outlet >= 0) {
        walk.start(activation, isFirst, page.outlet(outlet), page.outlet(outlet + 1));
        follow(activation, page.outlet(outlet + 2), page.outlet(outlet + 3));
      }
      if (page.hangs(row)) {
        sums.follow(activation, isFirst, origins[2 * activation], row, length());
      }
    }
  }

  private void follow(int activation, int firstPage, int pages) {
    for (int page = firstPage; page < firstPage + pages; page++) {
      int symbol = arena.symbol(activation);
      pending.add(PendingPages.EDGES, page, Trunk.EDGES, symbol, activation, 0);
    }
  }

  /// Fetches pages that something waits for, and goes on there.
  private void enterPages(int level) {
    int known = held.count();
    held.fetch();
    for (int number = known; number < held.count(); number++) {
      states.place(number, held.firstNode(number));
    }
    for (int item = 0; item < pending.size(); item++) {
      int number = pending.number(item);
      int at = number == 0 ? -1 : pending.find(item, held.page(number));
      if (at >= 0) {
        enter(item, number, at, level);
      }
    }
    pending.clear();
  }

  private void enter(int item, int number, int at, int level) {
    int first = pending.first(item);
    switch (pending.what(item)) {
      case PendingPages.ADJACENT ->
          states.join(first, number, at, pending.second(item), level, true);
      case PendingPages.JOIN -> states.join(first, number, at, pending.second(item), level, false);
      case PendingPages.START -> states.start(number, at, first);
      case PendingPages.PRESENT -> states.present(number, at, level);
      case PendingPages.TERMINALS -> walk.hanging(number, at, first, terminals);
      default -> {
        int symbol = arena.symbol(first);
        sums.follow(
            first, arena.earliestOf(arena.present.find(symbol)) == first, number, at, length());
      }
    }
  }

  private void queue(int page, int row, int state) {
    NeuronTable table = held.page(page).table;
    int level = held.page(page).levels[row];
    if (table.kind(row) == NeuronTable.JOINED) {
      joinsByLevel.add(level, joinPlaces.add(page), 0);
      joinPlaces.add(row);
      joinPlaces.add(state);
    } else {
      int before = triggered.size();
      if (triggered.add(table.ids[row], 0, 0, 0, 0) == before) {
        updatesByLevel.add(level, page, row);
      }
    }
  }

  /// How many pages the document needed.
  public int pageCount() {
    return held.count() - 1;
  }

  /// How many of them could not be read: the neurons on them are lost to this document.
  public int lostPages() {
    return held.lost();
  }

  /// How many neurons were not told because they depend on lost ones.
  public int untoldCount() {
    return untold;
  }
}
