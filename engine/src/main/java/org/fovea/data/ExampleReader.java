package org.fovea.data;

/// A stream of examples, read group by group into a batch that the caller owns.
///
/// **Errors** Malformed input is an [org.fovea.MalformedDataException], a failing disk an
/// [java.io.UncheckedIOException]. What was read before the failure stays in the batch; the example
/// that failed does not.
///
/// **Threads** Confined to one thread at a time.
public interface ExampleReader extends AutoCloseable {

  /// Appends the next examples to a batch, which is not cleared first.
  ///
  /// @param batch where they go
  /// @param limit how many to append at most, at least 1
  /// @return how many were appended; 0 at the end, and only there
  int read(Batch batch, int limit);

  /// Malformed examples left out so far; always 0 unless the source was told to leave them out.
  default long skippedCount() {
    return 0;
  }

  /// Releases what the reader holds. A second call does nothing.
  @Override
  void close();
}
