package org.fovea.data;

import java.util.List;
import java.util.function.Consumer;

/// A stream of examples, read group by group into a batch that the caller owns.
///
/// **Errors** Malformed input is an [org.fovea.MalformedDataException], a failing disk an
/// [java.io.UncheckedIOException]. What was read before the failure stays in the batch; the example
/// that failed does not.
///
/// **Threads** Confined to one thread at a time.
public interface ExampleReader extends AutoCloseable {

  /// Appends the next examples to a batch, which is not cleared first. Their ids are positions in
  /// the data set, where malformed ones count that were left out.
  ///
  /// @param batch where they go
  /// @param limit how many to append at most, at least 1
  /// @return how many were appended; 0 at the end, and only there
  int read(Batch batch, int limit);

  /// Malformed examples left out so far; always 0 unless the source was told to leave them out.
  default long skippedCount() {
    return 0;
  }

  /// What was done so far with examples that could not be read like the training data, one sentence
  /// each, for people to read.
  default List<String> notes() {
    return List.of();
  }

  /// Tells of each malformed example that is left out, in the order of the data set, while it is
  /// being read: examples before it are in the batch, or were in an earlier one. A reader that
  /// tells of any ends its call early, so that few are told of between two batches.
  ///
  /// @param listener hears of them from now on
  default void onSkipped(Consumer<SkippedExample> listener) {}

  /// Releases what the reader holds. A second call does nothing.
  @Override
  void close();
}
