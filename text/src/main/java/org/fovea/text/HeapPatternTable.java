package org.fovea.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Names of patterns in the heap.
///
/// **Shapes** `starts [neurons + 1]`: first entry of each neuron; `categories, kinds [entries]`;
/// `nameStarts [entries + 1]`, `names`: UTF-8.
///
/// **Threads** immutable, safe. **Cost** 9 bytes an entry besides its name, 4 a neuron.
///
/// @param starts owned by the table, as are the other arrays
record HeapPatternTable(
    int[] starts, int[] categories, byte[] kinds, int[] nameStarts, byte[] names)
    implements PatternTable {

  @Override
  public int bound() {
    return starts.length - 1;
  }

  @Override
  public int entryCount() {
    return categories.length;
  }

  @Override
  public int first(int neuron) {
    return neuron < starts.length ? starts[neuron] : categories.length;
  }

  @Override
  public int category(int entry) {
    return categories[entry];
  }

  @Override
  public byte kind(int entry) {
    return kinds[entry];
  }

  @Override
  public long nameStart(int entry) {
    return nameStarts[entry];
  }

  @Override
  public long nameBytes() {
    return names.length;
  }

  @Override
  public void appendName(int entry, ByteRows to) {
    int start = nameStarts[entry];
    to.append(names, start, nameStarts[entry + 1] - start);
  }

  @Override
  public String name(int entry) {
    int start = nameStarts[entry];
    return new String(names, start, nameStarts[entry + 1] - start, StandardCharsets.UTF_8);
  }

  @Override
  public RuntimeException explained(InternalError fault) {
    throw fault;
  }

  @Override
  public void close() {}

  /// Collects entries in any order.
  static final class Draft {

    private final Ints neurons = new Ints();
    private final Ints categories = new Ints();
    private final Ints kinds = new Ints();
    private final Ints nameStarts = new Ints();
    private final ByteRows names = new ByteRows();

    Draft() {}

    /// The entries of a table.
    Draft(PatternTable table) {
      for (int neuron = 0; neuron < table.bound(); neuron++) {
        for (int entry = table.first(neuron); entry < table.first(neuron + 1); entry++) {
          copy(table, entry, neuron, table.category(entry));
        }
      }
    }

    private void begin(int neuron, int category, byte kind) {
      neurons.add(neuron);
      categories.add(category);
      kinds.add(kind);
      nameStarts.add(names.size());
    }

    /// Adds an entry and returns its number in this draft.
    int add(int neuron, int category, byte kind, String name) {
      begin(neuron, category, kind);
      names.append(name);
      return neurons.size - 1;
    }

    /// Adds an entry of a table for another neuron and category.
    void copy(PatternTable table, int entry, int neuron, int category) {
      begin(neuron, category, table.kind(entry));
      table.appendName(entry, names);
    }

    int size() {
      return neurons.size;
    }

    int neuron(int entry) {
      return neurons.values[entry];
    }

    int category(int entry) {
      return categories.values[entry];
    }

    byte kind(int entry) {
      return (byte) kinds.values[entry];
    }

    String name(int entry) {
      int end = entry + 1 < neurons.size ? nameStarts.values[entry + 1] : names.size();
      return names.text(nameStarts.values[entry], end);
    }

    void remove(int entry) {
      neurons.values[entry] = NONE;
    }

    /// The table of a network whose ids are below a bound.
    HeapPatternTable table(int bound) {
      int[] starts = new int[bound + 1];
      for (int entry = 0; entry < neurons.size; entry++) {
        if (neurons.values[entry] != NONE) {
          starts[neurons.values[entry]]++;
        }
      }
      int sum = 0;
      for (int neuron = 0; neuron <= bound; neuron++) {
        int own = starts[neuron];
        starts[neuron] = sum;
        sum += own;
      }
      int[] order = new int[sum];
      int[] next = Arrays.copyOf(starts, bound + 1);
      for (int entry = 0; entry < neurons.size; entry++) {
        if (neurons.values[entry] != NONE) {
          order[next[neurons.values[entry]]++] = entry;
        }
      }
      return sorted(starts, order);
    }

    private HeapPatternTable sorted(int[] starts, int[] order) {
      byte[] all = names.toBytes();
      ByteRows sortedNames = new ByteRows();
      int[] sortedStarts = new int[order.length + 1];
      int[] sortedCategories = new int[order.length];
      byte[] sortedKinds = new byte[order.length];
      for (int at = 0; at < order.length; at++) {
        int entry = order[at];
        int start = nameStarts.values[entry];
        int end = entry + 1 < neurons.size ? nameStarts.values[entry + 1] : all.length;
        sortedNames.append(all, start, end - start);
        sortedStarts[at + 1] = sortedNames.size();
        sortedCategories[at] = categories.values[entry];
        sortedKinds[at] = kind(entry);
      }
      return new HeapPatternTable(
          starts, sortedCategories, sortedKinds, sortedStarts, sortedNames.toBytes());
    }
  }
}
