package org.fovea.event;

import java.nio.file.Path;
import org.fovea.residency.spool.RecordSorter;

/// Which phrases are in which categories, sorted by phrase and by category in temporary files.
///
/// **Threads** confined. **Cost** 4 bytes a category, and two shares of memory for sorting.
final class CategoryMembers implements AutoCloseable {

  private final IntRows counts = new IntRows();
  private final RecordSorter byPhrase;
  private final RecordSorter byCategory;
  private final int[] record = new int[4];

  CategoryMembers(Path folder, long share) {
    byPhrase = new RecordSorter(folder, share);
    byCategory = new RecordSorter(folder, share);
  }

  void add(int category, int phrase, float weight) {
    while (counts.size <= category) {
      counts.add(0);
    }
    int ordinal = counts.get(category);
    counts.set(category, ordinal + 1);
    record[0] = phrase;
    record[1] = category;
    record[2] = ordinal;
    record[3] = Float.floatToRawIntBits(weight);
    byPhrase.add(record, 4);
    record[0] = category;
    record[1] = ordinal;
    record[2] = phrase;
    byCategory.add(record, 4);
  }

  int categoryCount() {
    return counts.size;
  }

  /// How many phrases a category has.
  int count(int category) {
    return counts.get(category);
  }

  /// Whether a category has no triggers, but edges from its phrases.
  boolean isWide(int category) {
    return counts.get(category) > TriggerPlanner.MOST_NARROW;
  }

  /// Phrase, category, number in the category, weight.
  RecordSorter.Cursor byPhrase() {
    return byPhrase.cursor();
  }

  /// Category, number in the category, phrase, weight.
  RecordSorter.Cursor byCategory() {
    return byCategory.cursor();
  }

  /// Sorts the few phrases of narrow categories: phrase, later categories first, all synapses.
  void narrow(RecordSorter narrow) {
    RecordSorter.Cursor member = byCategory.cursor();
    int[] entry = new int[3 + 2 * TriggerPlanner.MOST_NARROW];
    boolean isThere = member.next();
    while (isThere) {
      int category = member.get(0);
      int count = counts.get(category);
      for (int i = 0; i < count; i++) {
        if (!isWide(category)) {
          entry[3 + 2 * i] = member.get(2);
          entry[4 + 2 * i] = member.get(3);
        }
        isThere = member.next();
      }
      for (int i = 0; !isWide(category) && i < count; i++) {
        int phrase = entry[3 + 2 * i];
        boolean repeated = false;
        for (int before = 0; before < i; before++) {
          repeated |= entry[3 + 2 * before] == phrase;
        }
        if (!repeated) {
          entry[0] = phrase;
          entry[1] = ~category;
          entry[2] = count;
          narrow.add(entry, 3 + 2 * count);
        }
      }
    }
  }

  /// Removes the temporary files.
  @Override
  public void close() {
    try (byPhrase) {
      byCategory.close();
    }
  }
}
