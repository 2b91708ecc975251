package org.fovea.residency;

/// What suspended rows in training did so far.
///
/// @param batches times that rows were woken
/// @param hits rows that were awake when they were needed
/// @param misses rows that were not, and were read
/// @param readCalls calls of the operating system that read them
/// @param written rows that were written back because others needed their slots
/// @param writeCalls calls of the operating system that wrote them
/// @param waits times that a batch waited for others to release rows
/// @param slots rows that can be awake
public record SlotStatistics(
    long batches,
    long hits,
    long misses,
    long readCalls,
    long written,
    long writeCalls,
    long waits,
    int slots) {

  /// Share of the rows that were awake when they were needed.
  public double hitRate() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }
}
