package org.fovea.text;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.fovea.FoveaException;
import org.fovea.event.Reach;

/// Annotates a text of many documents, by several threads, in the order of the documents.
///
/// A document of more than a million letters is read in pieces that overlap, so that every match
/// with a place is found; rules about the whole document then see one piece at a time, which
/// [#dividedCount] counts.
///
/// **Threads** confined; several work inside. **Cost** memory for a few batches, however long the
/// text and its lines are; batches, annotators and rows are used again.
public final class AnnotationRun implements AutoCloseable {

  private final PatternNetwork network;
  private final RowFormat format;
  private final int threads;
  private final ExecutorService executor;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
  private final Queue<Documents> free = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Future<Rows>> running = new ArrayDeque<>();
  private Optional<Reach> reach = Optional.empty();
  private Optional<LongLine> longLine = Optional.empty();
  private long matches;
  private long words;
  private long activations;
  private long divided;
  private long incomplete;

  /// @param threads at least 1
  public AnnotationRun(PatternNetwork network, RowFormat format, int threads) {
    this.network = network;
    this.format = format;
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-annotator-", 0).factory());
  }

  /// What a task found, and what it used.
  private record Rows(
      ByteRows bytes, long matches, long words, long activations, long incomplete, Worker worker) {}

  /// Hears of documents as they are read.
  @FunctionalInterface
  public interface Listener {

    /// Some documents were read, which must not be kept.
    void read(Documents documents);
  }

  /// Annotates to the end of the reader.
  ///
  /// @param listener hears of documents before they are annotated
  /// @param output takes rows in the order of the documents
  public void run(DocumentReader reader, Listener listener, Consumer<ByteRows> output) {
    boolean more = true;
    while (more) {
      Documents batch = Optional.ofNullable(free.poll()).orElseGet(Documents::new);
      more = reader.read(batch);
      if (!more) {
        break;
      }
      listener.read(batch);
      if (batch.isPart()) {
        if (batch.isLastPart) {
          divided++;
        }
        longLine().add(batch, piece -> submit(worker -> worker.annotate(piece), output));
        free.add(batch);
      } else {
        submit(worker -> worker.annotate(batch), output);
      }
    }
    while (!running.isEmpty()) {
      take(output);
    }
  }

  private LongLine longLine() {
    if (longLine.isEmpty()) {
      Reach needed = reach.orElseGet(() -> network.neurons().reach());
      reach = Optional.of(needed);
      longLine = Optional.of(new LongLine(network, needed.positions()));
    }
    return longLine.get();
  }

  /// What a worker does.
  @FunctionalInterface
  private interface Task {
    Rows with(Worker worker);
  }

  private void submit(Task task, Consumer<ByteRows> output) {
    while (running.size() >= 2 * threads) {
      take(output);
    }
    running.add(
        executor.submit(() -> {
          Worker worker = Optional.ofNullable(idle.poll()).orElseGet(Worker::new);
          return task.with(worker);
        }));
  }

  private void take(Consumer<ByteRows> output) {
    Rows rows = result(running.remove());
    matches += rows.matches();
    words += rows.words();
    activations += rows.activations();
    incomplete += rows.incomplete();
    output.accept(rows.bytes());
    idle.add(rows.worker());
  }

  private static Rows result(Future<Rows> rows) {
    try {
      return rows.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FoveaException known -> throw known;
        case RuntimeException known -> throw known;
        case Error known -> throw known;
        case null, default -> throw new IllegalStateException("annotation failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("annotation was interrupted", e);
    }
  }

  /// Number of matches.
  public long matchCount() {
    return matches;
  }

  /// Number of words of all documents.
  public long wordCount() {
    return words;
  }

  /// Number of activations in all documents, words included.
  public long activationCount() {
    return activations;
  }

  /// How many documents were so long that they were divided.
  public long dividedCount() {
    return divided;
  }

  /// How many documents, or pieces of them, needed pages of neurons that could not be read: matches
  /// are missing there.
  public long incompleteCount() {
    return incomplete;
  }

  /// Whether the network has patterns that are about documents as a whole.
  public boolean hasDocumentPatterns() {
    Reach needed = reach.orElseGet(() -> network.neurons().reach());
    reach = Optional.of(needed);
    return needed.documents();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /// What one thread needs at a time; it goes back when its rows were taken.
  private final class Worker {

    private final Annotator annotator = new Annotator(network);
    private final ByteRows rows = new ByteRows();

    Rows annotate(Documents batch) {
      rows.clear();
      long found = 0;
      long wordCount = 0;
      long active = 0;
      long lacking = 0;
      for (int d = 0; d < batch.count(); d++) {
        try {
          annotator.read(batch.text(), batch.start(d), batch.length(d));
        } catch (FoveaException e) {
          throw new AnnotationException(batch.number(d), e);
        }
        write(batch.number(d));
        found += annotator.count();
        wordCount += annotator.wordCount();
        active += annotator.activationCount();
        lacking += annotator.isIncomplete() ? 1 : 0;
      }
      free.add(batch);
      return new Rows(rows, found, wordCount, active, lacking, this);
    }

    Rows annotate(LongLine.Piece piece) {
      rows.clear();
      try {
        annotator.read(piece.words(), piece.coreBegin(), piece.coreEnd());
      } catch (FoveaException e) {
        throw new AnnotationException(piece.document(), e);
      }
      write(piece.document());
      int own = piece.coreEnd() - piece.coreBegin();
      long lacking = annotator.isIncomplete() ? 1 : 0;
      return new Rows(rows, annotator.count(), own, annotator.activationCount(), lacking, this);
    }

    private void write(long document) {
      try {
        for (int match = 0; match < annotator.count(); match++) {
          format.write(document, annotator, match, rows);
        }
      } catch (InternalError e) {
        throw network.patterns().explained(e);
      }
    }
  }
}
