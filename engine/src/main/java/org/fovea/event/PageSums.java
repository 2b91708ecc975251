package org.fovea.event;

/// Sums of wide neurons, whose synapses lie with their inputs, on several pages.
///
/// **Threads** confined.
final class PageSums {

  private final ActivationArena arena;
  private final HeldPages held;
  private final WideSums sums = new WideSums();
  private final IntRows places = new IntRows();
  private final LevelQueue byLevel = new LevelQueue();

  PageSums(ActivationArena arena, HeldPages held) {
    this.arena = arena;
    this.held = held;
  }

  void clear(int levelCount) {
    sums.clear();
    places.size = 0;
    byLevel.clear(levelCount);
  }

  /// Feeds wide neurons with an activation.
  ///
  /// @param isFirst whether it is the first of its symbol
  /// @param number of the page
  /// @param source of the edges on the page
  /// @param length of the document
  void follow(int activation, boolean isFirst, int number, int source, int length) {
    NeuronPage page = held.page(number);
    for (int edge = page.firstEdge(source); edge < page.firstEdge(source + 1); edge++) {
      int row = page.edges[3 * edge];
      int synapse = page.edges[3 * edge + 1];
      int ordinal = page.edges[3 * edge + 2];
      int id = page.table.ids[row];
      int sum;
      if (page.table.kind(row) == NeuronTable.EACH) {
        double term = page.table.term(synapse, arena.value(activation));
        sum = sums.add(0, id, arena.begin(activation), arena.end(activation), ordinal, term);
      } else if (isFirst) {
        float most = arena.valueOf(arena.present.find(arena.symbol(activation)));
        sum = sums.add(0, id, 0, length, ordinal, page.table.term(synapse, most));
      } else {
        continue;
      }
      if (sum < 0) {
        places.add(number);
        places.add(row);
        byLevel.add(page.levels[row], -1 - sum, 0);
      }
    }
  }

  /// The next sum of a level that may be active, or -1.
  int poll(int level) {
    int item = byLevel.poll(level);
    while (item >= 0 && !sums.isPlaced(byLevel.first(item))) {
      item = byLevel.poll(level);
    }
    return item < 0 ? -1 : byLevel.first(item);
  }

  /// A page that has a row of the neuron.
  int page(int sum) {
    return places.get(2 * sum);
  }

  int row(int sum) {
    return places.get(2 * sum + 1);
  }

  int begin(int sum) {
    return sums.begin(sum);
  }

  int end(int sum) {
    return sums.end(sum);
  }

  double net(int sum) {
    return sums.net(held.page(page(sum)).table.biases[row(sum)], sum);
  }
}
