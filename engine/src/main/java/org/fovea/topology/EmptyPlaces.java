package org.fovea.topology;

import java.util.Arrays;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.StreamRandom;

/// The places of a layer that are empty once marked connections are gone.
///
/// Empty places are numbered in order, so that any density is drawn from in the time of the
/// connections: a random rank among the empty places becomes a place in one pass over those that
/// are not.
final class EmptyPlaces {

  private final SparsePattern pattern;
  private final DropRule.Dropped dropped;

  EmptyPlaces(SparsePattern pattern, DropRule.Dropped dropped) {
    this.pattern = pattern;
    this.dropped = dropped;
  }

  /// How many there are.
  long count() {
    return pattern.places() - pattern.count() + dropped.count();
  }

  boolean survives(long position) {
    return (dropped.marks()[(int) (position >>> 6)] >>> position & 1) == 0;
  }

  /// Random ones, each at most once, ascending, as `row * columns + column`.
  long[] draw(int wanted, StreamRandom random) {
    long[] places = RandomSubset.sorted(count(), wanted, random);
    int next = 0;
    long survivors = 0;
    for (int row = 0; row < pattern.rows() && next < wanted; row++) {
      long base = (long) row * pattern.columns();
      long end = pattern.offset(row + 1);
      for (long p = pattern.offset(row); p < end; p++) {
        if (survives(p)) {
          long taken = base + pattern.column(p);
          while (next < wanted && places[next] + survivors < taken) {
            places[next++] += survivors;
          }
          survivors++;
        }
      }
    }
    for (; next < wanted; next++) {
      places[next] += survivors;
    }
    return places;
  }

  /// In each row as many random ones as connections go there, ascending.
  long[] drawByRow(StreamRandom random) {
    long[] places = new long[dropped.count()];
    int size = 0;
    for (int row = 0; row < pattern.rows(); row++) {
      long begin = pattern.offset(row);
      long end = pattern.offset(row + 1);
      int survivors = 0;
      for (long p = begin; p < end; p++) {
        survivors += survives(p) ? 1 : 0;
      }
      int wanted = (int) (end - begin) - survivors;
      if (wanted > 0) {
        long[] ranks = RandomSubset.sorted(pattern.columns() - survivors, wanted, random);
        long base = (long) row * pattern.columns();
        int next = 0;
        int passed = 0;
        for (long p = begin; p < end; p++) {
          if (survives(p)) {
            while (next < wanted && ranks[next] + passed < pattern.column(p)) {
              places[size++] = base + ranks[next++] + passed;
            }
            passed++;
          }
        }
        while (next < wanted) {
          places[size++] = base + ranks[next++] + passed;
        }
      }
    }
    return Arrays.copyOf(places, size);
  }
}
