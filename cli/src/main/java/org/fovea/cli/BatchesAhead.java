package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.SkippedExample;

/// Reads batches on a thread of its own, so that whoever takes them has what was read while the
/// reader still waits for more.
///
/// **Threads** one caller and one daemon thread, which closes the reader. Closing waits a second at
/// most: a thread that waits for a slow stream ends when the stream does, or with the process.
final class BatchesAhead<T> implements AutoCloseable {

  private static final int MOST_SKIPPED = 256;
  private static final long CLOSING_SECONDS = 1;

  private final ExampleReader reader;
  private final int examples;
  private final Work<T> work;
  private final BlockingQueue<Piece<T>> queue;
  private final Thread thread;

  private Batch batch = new Batch();
  private List<SkippedExample> skipped = new ArrayList<>();
  private volatile Told told = new Told(0, List.of());

  /// What becomes of a batch when it has been read.
  @FunctionalInterface
  interface Work<T> {
    T begin(Batch batch);
  }

  /// What a reader has to say.
  ///
  /// @param skippedCount malformed examples that were left out
  /// @param notes what was done with others
  record Told(long skippedCount, List<String> notes) {}

  /// What came of reading.
  private sealed interface Piece<T> {}

  /// A batch, and the malformed examples before and among its own, both ascending.
  ///
  /// @param work what became of the batch; an empty batch has come to something too
  record Examples<T>(Batch batch, T work, List<SkippedExample> skipped) implements Piece<T> {}

  /// There is no more.
  private record End<T>() implements Piece<T> {}

  /// Reading failed.
  private record Failed<T>(Throwable failure) implements Piece<T> {}

  /// Begins to read.
  ///
  /// @param reader from now on used and closed by this only
  /// @param examples of a batch at most
  /// @param work begun with each batch, on the thread that reads
  /// @param ahead batches that may wait to be taken
  BatchesAhead(ExampleReader reader, int examples, Work<T> work, int ahead) {
    this.reader = reader;
    this.examples = examples;
    this.work = work;
    this.queue = new ArrayBlockingQueue<>(ahead);
    reader.onSkipped(this::skipped);
    this.thread = Thread.ofPlatform().daemon().name("fovea-reader").start(this::read);
  }

  /// Waits for what comes next; empty at the end.
  Optional<Examples<T>> take() {
    try {
      return switch (queue.take()) {
        case Examples<T> examples -> Optional.of(examples);
        case End<T> _ -> Optional.empty();
        case Failed<T> failed -> throw rethrown(failed.failure());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("reading was interrupted", e);
    }
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  /// What the reader has to say of what was read.
  Told told() {
    return told;
  }

  private void read() {
    try {
      Piece<T> last = new End<>();
      try (reader) {
        while (reader.read(batch, examples) > 0) {
          hand();
        }
        hand();
      } catch (RuntimeException | Error e) {
        hand();
        last = new Failed<>(e);
      }
      queue.put(last);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Few are kept until the next batch, however many there are.
  private void skipped(SkippedExample example) {
    skipped.add(example);
    if (batch.exampleCount() == 0 && skipped.size() >= MOST_SKIPPED) {
      try {
        hand();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void hand() throws InterruptedException {
    told = new Told(reader.skippedCount(), reader.notes());
    Batch full = batch;
    List<SkippedExample> left = skipped;
    if (full.exampleCount() == 0) {
      if (!left.isEmpty()) {
        skipped = new ArrayList<>();
        queue.put(new Examples<>(new Batch(0, 0), work.begin(new Batch(0, 0)), left));
      }
      return;
    }
    batch = new Batch();
    skipped = new ArrayList<>();
    queue.put(new Examples<>(full, work.begin(full), left));
  }

  @Override
  public void close() {
    thread.interrupt();
    queue.clear();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
