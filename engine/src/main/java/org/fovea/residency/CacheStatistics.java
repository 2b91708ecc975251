package org.fovea.residency;

/// What a [PageCache] did since it was made, and what it holds.
///
/// @param hits pages that were there when they were asked for
/// @param misses pages that were not
/// @param reads pages that were read, prefetched ones included
/// @param bytesRead bytes of those pages as they were stored
/// @param evictions pages that went
/// @param writes pages that were written back
/// @param pages in memory now
/// @param bytes that they take
/// @param peakBytes most that they have taken: more than the budget if so much was held at once
public record CacheStatistics(
    long hits,
    long misses,
    long reads,
    long bytesRead,
    long evictions,
    long writes,
    long pages,
    long bytes,
    long peakBytes) {

  /// Share of the pages asked for that were there; 1 if none was asked for.
  public double hitRate() {
    return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
  }
}
