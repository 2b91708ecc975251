package org.fovea.network.page;

import java.util.function.LongConsumer;

/// Pages of bytes by number, each with a checksum.
///
/// A page has at most [#MAX_PAGE_BYTES] bytes, may be empty, and has any `long` as its number.
/// Beside its pages a store has *metadata*: bytes that say what is needed to use them.
///
/// **Errors** A page whose bytes are not those that were written is a [DamagedPageException], never
/// wrong bytes; the other pages stay readable. Damaged metadata, a newer version or another format
/// are refused when a store is opened ([NeuronStoreException]). A failing disk is an
/// `UncheckedIOException`, a store that was closed an `IllegalStateException`.
///
/// **Threads** safe: any number may read, also while one writes.
public interface NeuronStore extends AutoCloseable {

  /// Length of the longest page.
  int MAX_PAGE_BYTES = 1 << 24;

  /// What messages call the store: its path.
  String name();

  /// What the pages hold, and in which version.
  PageFormat format();

  /// The metadata; a copy, empty if none were ever written.
  byte[] metadata();

  /// Reads a page.
  ///
  /// **Cost** one read and one copy; what is allocated does not grow with the page.
  ///
  /// @param target takes the bytes; what it held is gone in any case
  /// @return whether there is such a page
  /// @throws DamagedPageException if its bytes are not those that were written
  boolean read(long page, PageBuffer target);

  /// Reads some bytes of a page that will be read soon, where that makes the processor fetch it.
  ///
  /// @return their sum, which a caller keeps, or the compiler may leave out the reads
  default int touch(long page) {
    return 0;
  }

  /// Tells the numbers of all pages, ascending. Pages that are written meanwhile may be missed.
  void forEachPage(LongConsumer action);

  /// Closes the store. What was acknowledged is kept.
  @Override
  void close();
}
