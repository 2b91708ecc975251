package org.fovea.residency;

/// How much memory a writable store on disk takes for itself, beside the heap.
///
/// @param cacheBytes of blocks that were read; small where a [PageCache] lies above
/// @param bufferBytes of pages that were written and lie in its log alone; opening after a crash
///   reads them again
public record StoreOptions(long cacheBytes, long bufferBytes) {

  public StoreOptions {
    if (cacheBytes < 0 || bufferBytes < 1 << 16) {
      throw new IllegalArgumentException(
          "a store needs a cache of 0 bytes and a buffer of 65536 at least, not %s and %s"
              .formatted(cacheBytes, bufferBytes));
    }
  }

  /// 8 MiB for reading, 32 MiB for writing.
  public static StoreOptions defaults() {
    return new StoreOptions(8 << 20, 32 << 20);
  }
}
