package org.fovea.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Texts with numbers, found by their bytes so that looking one up makes no garbage.
///
/// **Threads** Confined. **Cost** Open addressing, at most half full.
final class Categories {

  private byte[][] texts = new byte[16][];
  private int[] table = new int[64];
  private int count;

  /// No texts.
  Categories() {
    Arrays.fill(table, -1);
  }

  /// Texts numbered in their order.
  Categories(List<String> known) {
    this();
    for (String text : known) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      add(bytes, 0, bytes.length);
    }
  }

  /// How many there are.
  int count() {
    return count;
  }

  /// The number of a text, or -1.
  int find(byte[] bytes, int from, int to) {
    return table[slot(bytes, from, to)];
  }

  /// The number of a text, a new one if it is new.
  int add(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    if (table[slot] >= 0) {
      return table[slot];
    }
    if (count == texts.length) {
      texts = Arrays.copyOf(texts, 2 * count);
    }
    texts[count] = Arrays.copyOfRange(bytes, from, to);
    table[slot] = count++;
    if (4 * count > table.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, -1);
    for (int i = 0; i < count; i++) {
      table[slot(texts[i], 0, texts[i].length)] = i;
    }
  }

  /// Where a text is, or would be.
  private int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9e3779b9;
    int mask = table.length - 1;
    int at = (hash ^ hash >>> 15) & mask;
    while (table[at] >= 0) {
      byte[] text = texts[table[at]];
      if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
        return at;
      }
      at = at + 1 & mask;
    }
    return at;
  }

  /// The texts in the order of their numbers.
  List<String> texts() {
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new String(texts[i], StandardCharsets.UTF_8));
    }
    return all;
  }
}
