package org.fovea.residency;

import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBuffer;

/// How a page becomes what is worked with, and back.
///
/// **Threads** safe: a [PageCache] calls it from several threads.
///
/// @param <P> a page in memory
public interface PageCodec<P> {

  /// Makes a page from its bytes.
  ///
  /// @param bytes reused by the caller
  /// @throws RuntimeException if they are not such a page; nothing is kept then
  P decode(long page, PageBuffer bytes);

  /// Memory that a page takes, in bytes, without what the cache takes for it.
  long bytes(P page);

  /// What stands for a page that the store does not have.
  ///
  /// @throws NeuronStoreException unless there is something of that kind
  default P missing(long page) {
    throw new NeuronStoreException("there is no page " + page);
  }

  /// Writes the bytes of a page that was changed.
  ///
  /// @param bytes empty
  default void encode(P page, PageBuffer bytes) {
    throw new UnsupportedOperationException("these pages are only read");
  }
}
