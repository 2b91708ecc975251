package org.fovea.event;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// What the last round leaves to recurrent synapses, and what it ever was.
///
/// **Threads** confined.
final class Echoes {

  private static final int WIDTH = 4;

  private IntRows last = new IntRows();
  private IntRows next = new IntRows();
  private final TupleSlots known = new TupleSlots();
  private final TupleSlots withheld = new TupleSlots();
  private final TupleSlots seen = new TupleSlots();
  private int[] seenIn = new int[16];
  private float[] most = new float[16];

  void clear() {
    last.size = 0;
    seen.clear();
  }

  /// Keeps an activation from recurrent synapses.
  void withhold(int symbol, int begin, int end) {
    withheld.add(symbol, begin, end, 0, 0);
  }

  boolean isWithheld(int symbol, int begin, int end) {
    return withheld.find(symbol, begin, end, 0, 0) >= 0;
  }

  void release() {
    withheld.clear();
  }

  /// Number of activations that any round had, where recurrent synapses could read, withheld or
  /// not; numbered as they came.
  int seen() {
    return seen.size();
  }

  /// Neuron of an activation that was seen.
  int neuron(int seen) {
    return this.seen.element(seen, 0);
  }

  /// Where it begins.
  int begin(int seen) {
    return this.seen.element(seen, 1);
  }

  /// Where it ends, exclusive.
  int end(int seen) {
    return this.seen.element(seen, 2);
  }

  /// Its largest value.
  float most(int seen) {
    return most[seen];
  }

  /// How many rounds had it.
  int rounds(int seen) {
    return seenIn[seen];
  }

  private void see(int symbol, int begin, int end, float value) {
    int before = seen.size();
    int slot = seen.add(symbol, begin, end, 0, 0);
    if (slot == before) {
      if (slot == seenIn.length) {
        seenIn = Arrays.copyOf(seenIn, 2 * slot);
        most = Arrays.copyOf(most, 2 * slot);
      }
      seenIn[slot] = 0;
      most[slot] = 0;
    }
    seenIn[slot]++;
    most[slot] = Math.max(most[slot], value);
  }

  void activate(ActivationArena arena) {
    for (int i = 0; i < last.size; i += WIDTH) {
      float value = Float.intBitsToFloat(last.get(i + 3));
      arena.add(~last.get(i), last.get(i + 1), last.get(i + 2), value, 0);
    }
  }

  /// Keeps what recurrent synapses will read.
  ///
  /// @param isEchoed whether recurrent synapses read a neuron
  /// @return whether it is what they have read
  boolean settle(IntPredicate isEchoed, ActivationArena arena, float tolerance) {
    next.size = 0;
    for (int a = 0; a < arena.count(); a++) {
      int symbol = arena.symbol(a);
      if (symbol >= 0 && isEchoed.test(symbol)) {
        see(symbol, arena.begin(a), arena.end(a), arena.value(a));
        if (!isWithheld(symbol, arena.begin(a), arena.end(a))) {
          next.add(symbol);
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
