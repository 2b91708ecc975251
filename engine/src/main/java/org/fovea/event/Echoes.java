package org.fovea.event;

/// What the last round leaves to recurrent synapses. **Threads** confined.
final class Echoes {

  private static final int WIDTH = 4;

  private IntRows last = new IntRows();
  private IntRows next = new IntRows();
  private final TupleSlots known = new TupleSlots();

  void clear() {
    last.size = 0;
  }

  void activate(ActivationArena arena) {
    for (int i = 0; i < last.size; i += WIDTH) {
      float value = Float.intBitsToFloat(last.get(i + 3));
      arena.add(~last.get(i), last.get(i + 1), last.get(i + 2), value, 0);
    }
  }

  /// Keeps what recurrent synapses will read.
  ///
  /// @return whether it is what they have read
  boolean settle(EventNetwork network, ActivationArena arena, float tolerance) {
    next.size = 0;
    if (network.hasEchoes()) {
      for (int a = 0; a < arena.count(); a++) {
        if (arena.symbol(a) >= 0 && network.isEchoed(arena.symbol(a))) {
          next.add(arena.symbol(a));
          next.add(arena.begin(a));
          next.add(arena.end(a));
          next.add(Float.floatToRawIntBits(arena.value(a)));
        }
      }
    }
    boolean same = same(tolerance);
    IntRows swapped = last;
    last = next;
    next = swapped;
    return same;
  }

  private boolean same(float tolerance) {
    if (next.size != last.size) {
      return false;
    }
    known.clear();
    for (int i = 0; i < last.size; i += WIDTH) {
      known.add(last.get(i), last.get(i + 1), last.get(i + 2), 0, 0);
    }
    for (int i = 0; i < next.size; i += WIDTH) {
      int before = known.size();
      int slot = known.add(next.get(i), next.get(i + 1), next.get(i + 2), 0, 0);
      if (slot == before) {
        return false;
      }
      float now = Float.intBitsToFloat(next.get(i + 3));
      float then = Float.intBitsToFloat(last.get(WIDTH * slot + 3));
      if (!(Math.abs(now - then) <= tolerance)) {
        return false;
      }
    }
    return true;
  }
}
