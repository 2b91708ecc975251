package org.fovea.selection.lsh;

import java.util.PriorityQueue;

/// In which order to flip the bits of a code whose bits are sorted from the least certain on.
///
/// Set `n` is a mask over the ranks of the bits; set 0 flips none. A set's score is the sum of its
/// bits' expected squared distances to the hyperplane, which for the `r`-th of sorted distances is
/// about in proportion to `r (r + 1)`; sets come in ascending order of score. As the order depends
/// on ranks only, it is found once.
///
/// **Threads** immutable. **Source** Lv and others, *Multi-probe LSH*, VLDB 2007, sections 4.4 and
/// 4.5.
record ProbeSequence(int[] sets) {

  /// More probes than this are not offered.
  private static final int MOST = 1 << 10;

  private record Candidate(int set, long score) {}

  /// The sequence for codes of `bits` bits.
  static ProbeSequence of(int bits) {
    int count = bits >= 10 ? MOST : 1 << bits;
    int[] sets = new int[count];
    PriorityQueue<Candidate> queue =
        new PriorityQueue<>((a, b) ->
            a.score != b.score ? Long.compare(a.score, b.score) : Integer.compare(a.set, b.set));
    queue.add(new Candidate(1, score(0)));
    for (int i = 1; i < count; i++) {
      Candidate next = queue.remove();
      sets[i] = next.set;
      int top = 31 - Integer.numberOfLeadingZeros(next.set);
      if (top + 1 < bits) {
        int larger = next.set | 1 << (top + 1);
        queue.add(new Candidate(larger, next.score + score(top + 1)));
        queue.add(new Candidate(larger & ~(1 << top), next.score + score(top + 1) - score(top)));
      }
    }
    return new ProbeSequence(sets);
  }

  private static long score(int rank) {
    return (rank + 1L) * (rank + 2L);
  }

  /// Number of sets.
  int count() {
    return sets.length;
  }

  /// The bits to flip in probe `probe`.
  ///
  /// @param bitOfRank bit of the code by rank, from `offset` on
  int flips(int probe, int[] bitOfRank, int offset) {
    int flips = 0;
    for (int rest = sets[probe]; rest != 0; rest &= rest - 1) {
      flips |= 1 << bitOfRank[offset + Integer.numberOfTrailingZeros(rest)];
    }
    return flips;
  }
}
