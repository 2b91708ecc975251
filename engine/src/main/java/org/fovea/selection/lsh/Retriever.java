package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.network.ActiveSet;
import org.fovea.spec.Retrieval;

/// Makes an active set of what buckets hold.
///
/// Rows are counted in an array with an entry for every row. An entry counts from the base of its
/// query, which rises beyond all counts of the query before, so the array is cleared once in
/// thousands of queries only.
///
/// The buckets come in this order: the most promising probe of every table before the next, and the
/// examples of a batch together, so that a limit cuts all examples alike.
///
/// **Threads** confined to a worker. **Cost** proportional to the entries met; no allocation once
/// the arrays have grown.
final class Retriever {

  private final int[] counts;
  private HashTable[] tables = new HashTable[0];
  private int[] addresses = new int[0];
  private int examples;
  private int probes;
  private int base;
  private int largestBefore;
  private int[] touched = new int[256];
  private int touchedCount;
  private int[] ordered = new int[256];
  private int[] histogram = new int[64];
  private boolean[] requiredMet = new boolean[16];
  private long entriesMet;

  Retriever(int rows) {
    counts = new int[rows];
  }

  /// Says which buckets the next [#retrieve] is about: those of one query or of a batch of them.
  ///
  /// @param addresses `[examples, tables, probes]`
  void query(HashTable[] tables, int[] addresses, int examples, int probes) {
    this.tables = tables;
    this.addresses = addresses;
    this.examples = examples;
    this.probes = probes;
  }

  /// Adds to the set at most `limit` rows that the buckets hold.
  void retrieve(Retrieval retrieval, int limit, ActiveSet set) {
    entriesMet = 0;
    if (requiredMet.length < set.requiredCount()) {
      requiredMet = new boolean[set.requiredCount() * 2];
    }
    Arrays.fill(requiredMet, 0, set.requiredCount(), false);
    switch (retrieval) {
      case Retrieval.Union(_) -> unite(limit, set);
      case Retrieval.MostFrequent _ -> {
        count(set);
        addMostFrequent(1, limit, set);
      }
      case Retrieval.Best _ -> {
        if (tables.length == 1) {
          unite(limit, set);
        } else {
          count(set);
          addMostFrequent(1, limit, set);
        }
      }
      case Retrieval.Threshold(int collisions, _) -> {
        count(set);
        addMostFrequent(collisions, limit, set);
      }
    }
  }

  /// Whether the last query's buckets held the required member at a place. After a union that
  /// reached its limit, whether those up to there did.
  boolean requiredMet(int place) {
    return requiredMet[place];
  }

  /// Number of entries that the last query met.
  long entriesMet() {
    return entriesMet;
  }

  private void unite(int limit, ActiveSet set) {
    int added = 0;
    int required = set.requiredCount();
    int step = tables.length * probes;
    for (int probe = 0; probe < probes; probe++) {
      for (int table = 0; table < tables.length; table++) {
        Buckets buckets = tables[table].buckets();
        int[] entries = buckets.entries();
        for (int example = 0; example < examples; example++) {
          int at = example * step + table * probes + probe;
          long header = buckets.header(addresses[at]);
          int from = buckets.visibleStart(header);
          int to = from + buckets.visibleSize(header);
          for (int i = from; i < to; i++) {
            if (set.add(entries[i])) {
              if (++added == limit) {
                entriesMet += i + 1 - from;
                return;
              }
            } else if (set.place(entries[i]) < required) {
              requiredMet[set.place(entries[i])] = true;
            }
          }
          entriesMet += to - from;
        }
      }
    }
  }

  private void count(ActiveSet set) {
    int step = tables.length * probes;
    nextBase(examples * step);
    touchedCount = 0;
    for (int probe = 0; probe < probes; probe++) {
      for (int table = 0; table < tables.length; table++) {
        Buckets buckets = tables[table].buckets();
        for (int example = 0; example < examples; example++) {
          int at = example * step + table * probes + probe;
          countBucket(buckets, addresses[at], set);
        }
      }
    }
  }

  private void countBucket(Buckets buckets, int address, ActiveSet set) {
    long header = buckets.header(address);
    int from = buckets.visibleStart(header);
    int to = from + buckets.visibleSize(header);
    int[] entries = buckets.entries();
    int[] counts = this.counts;
    int base = this.base;
    for (int i = from; i < to; i++) {
      int row = entries[i];
      int count = counts[row];
      if (count > base) {
        counts[row] = count + 1;
      } else {
        counts[row] = base + 1;
        touch(row, set);
      }
    }
    entriesMet += to - from;
  }

  /// Notes a row that is met for the first time.
  private void touch(int row, ActiveSet set) {
    if (set.contains(row)) {
      int place = set.place(row);
      if (place < set.requiredCount()) {
        requiredMet[place] = true;
      }
      return;
    }
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, touchedCount * 2);
    }
    touched[touchedCount++] = row;
  }

  private void nextBase(int largestCount) {
    if (base > Integer.MAX_VALUE - 2L * (largestBefore + largestCount) - 2) {
      Arrays.fill(counts, 0);
      base = 0;
    } else {
      base += 2 * largestBefore;
    }
    largestBefore = largestCount;
  }

  /// Adds rows by descending count, rows of one count in the order in which they were met.
  private void addMostFrequent(int least, int limit, ActiveSet set) {
    int largest = 0;
    for (int i = 0; i < touchedCount; i++) {
      largest = Math.max(largest, counts[touched[i]] - base);
    }
    if (histogram.length <= largest) {
      histogram = new int[largest * 2 + 1];
    }
    Arrays.fill(histogram, 0, largest + 1, 0);
    for (int i = 0; i < touchedCount; i++) {
      histogram[counts[touched[i]] - base]++;
    }
    int kept = 0;
    int cutoff = largest + 1;
    while (cutoff > least && kept < limit) {
      int size = histogram[--cutoff];
      histogram[cutoff] = kept;
      kept += size;
    }
    if (ordered.length < kept) {
      ordered = new int[Math.max(kept, ordered.length * 2)];
    }
    for (int i = 0; i < touchedCount; i++) {
      int count = counts[touched[i]] - base;
      if (count >= cutoff) {
        ordered[histogram[count]++] = touched[i];
      }
    }
    for (int i = 0; i < Math.min(kept, limit); i++) {
      set.add(ordered[i]);
    }
  }
}
