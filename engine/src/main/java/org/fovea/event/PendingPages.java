package org.fovea.event;

import java.util.Arrays;

/// What waits for pages that are not held yet.
///
/// **Threads** confined.
final class PendingPages {

  /// Joins a state with an activation; the part directly follows, or not.
  static final int ADJACENT = 0;

  static final int JOIN = 1;

  /// Starts a root of the joined family.
  static final int START = 2;

  /// Reaches a node of the present family.
  static final int PRESENT = 3;

  /// Updates neurons that hang at a node.
  static final int TERMINALS = 4;

  /// Feeds wide neurons.
  static final int EDGES = 5;

  private static final int WIDTH = 6;

  private final HeldPages held;
  private int[] items = new int[WIDTH << 6];
  private int size;

  PendingPages(HeldPages held) {
    this.held = held;
  }

  void clear() {
    size = 0;
  }

  /// Adds what waits for a page.
  ///
  /// @param branch where on the page it goes on, with the symbol
  /// @param first a state, or an activation
  /// @param second an activation
  void add(int what, int page, int branch, int symbol, int first, int second) {
    if (WIDTH * (size + 1) > items.length) {
      items = Arrays.copyOf(items, 2 * items.length);
    }
    int at = WIDTH * size++;
    items[at] = what;
    items[at + 1] = page;
    items[at + 2] = branch;
    items[at + 3] = symbol;
    items[at + 4] = first;
    items[at + 5] = second;
    held.want(page);
  }

  int size() {
    return size;
  }

  int what(int item) {
    return items[WIDTH * item];
  }

  /// Number of the page among those that are held, or 0 if it is lost.
  int number(int item) {
    return held.number(items[WIDTH * item + 1]);
  }

  /// What an item goes on at, or -1 if the page has nothing there.
  int find(int item, NeuronPage page) {
    return page.find(items[WIDTH * item + 2], items[WIDTH * item + 3]);
  }

  int first(int item) {
    return items[WIDTH * item + 4];
  }

  int second(int item) {
    return items[WIDTH * item + 5];
  }
}
