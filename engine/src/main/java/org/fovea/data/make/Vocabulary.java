package org.fovea.data.make;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers texts in the order in which they first come, and gives them their final ids afterwards.
///
/// Final ids are in the order of the texts, so they do not depend on who came first.
final class Vocabulary {

  /// The final id of a text that was not kept.
  static final int DROPPED = -1;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  int number(String text) {
    Integer number = numbers.get(text);
    if (number == null) {
      number = texts.size();
      numbers.put(text, number);
      texts.add(text);
    }
    return number;
  }

  int size() {
    return texts.size();
  }

  String text(int number) {
    return texts.get(number);
  }

  /// The kept texts, sorted, and where each number went.
  ///
  /// @param counts how often each number occurred
  /// @param minimum how often a text must occur to be kept
  Final finish(int[] counts, int minimum) {
    List<String> kept = new ArrayList<>();
    for (int number = 0; number < texts.size(); number++) {
      if (counts[number] >= minimum) {
        kept.add(texts.get(number));
      }
    }
    kept.sort(null);
    int[] ids = new int[texts.size()];
    Arrays.fill(ids, DROPPED);
    for (int id = 0; id < kept.size(); id++) {
      ids[number(kept.get(id))] = id;
    }
    return new Final(kept, ids);
  }

  /// @param names the kept texts in the order of their ids
  /// @param ids the id of each number, or [#DROPPED]; owned by the record
  record Final(List<String> names, int[] ids) {

    /// The final ids of some numbers, ascending, without those that were dropped.
    int[] kept(int[] numbers) {
      int[] kept = new int[numbers.length];
      int count = 0;
      for (int number : numbers) {
        if (ids[number] != DROPPED) {
          kept[count++] = ids[number];
        }
      }
      Arrays.sort(kept, 0, count);
      return Arrays.copyOf(kept, count);
    }
  }
}
