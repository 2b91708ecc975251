package org.fovea.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
  private final BadDocuments bad;
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
  private long leftOut;

  /// What becomes of documents that are bad.
  public enum BadDocuments {
    /// Bytes that are no UTF-8 are replaced, and what cannot be annotated ends the run.
    REPLACED,
    /// What cannot be annotated is left out and told of.
    LEFT_OUT,
    /// That, and documents with bytes that are no UTF-8, but for those of a million letters.
    LEFT_OUT_STRICTLY
  }

  /// A run that ends at a document that cannot be annotated.
  ///
  /// @param threads at least 1
  public AnnotationRun(PatternNetwork network, RowFormat format, int threads) {
    this(network, format, threads, BadDocuments.REPLACED);
  }

  /// A run.
  ///
  /// @param threads at least 1
  public AnnotationRun(PatternNetwork network, RowFormat format, int threads, BadDocuments bad) {
    this.network = network;
    this.format = format;
    this.threads = threads;
    this.bad = bad;
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-annotator-", 0).factory());
  }

  /// What a task found, and what it used.
  private record Rows(
      ByteRows bytes,
      long matches,
      long words,
      long activations,
      long incomplete,
      List<LeftOut> leftOut,
      Worker worker) {}

  /// A document that was left out.
  ///
  /// @param error what would have been thrown
  public record LeftOut(long document, String error) {}

  /// Hears of documents as they are read.
  @FunctionalInterface
  public interface Listener {

    /// Some documents were read, which must not be kept.
    void read(Documents documents);

    /// A document was left out; before the rows of the next.
    default void leftOut(LeftOut document) {}

    /// All rows so far were given, and the text is slow: it is waited for.
    default void waits() {}
  }

  /// Annotates to the end of the reader.
  ///
  /// @param listener hears of documents before they are annotated
  /// @param output takes rows in the order of the documents
  public void run(DocumentReader reader, Listener listener, Consumer<ByteRows> output) {
    if (executor.isShutdown()) {
      throw new IllegalStateException("the run is closed");
    }
    reader.beforeWaiting(() -> {
      takeAll(listener, output);
      listener.waits();
    });
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
        longLine().add(batch, piece -> submit(worker -> worker.annotate(piece), listener, output));
        free.add(batch);
      } else {
        submit(worker -> worker.annotate(batch), listener, output);
      }
    }
    takeAll(listener, output);
  }

  private void takeAll(Listener listener, Consumer<ByteRows> output) {
    while (!running.isEmpty()) {
      take(listener, output);
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

  private void submit(Task task, Listener listener, Consumer<ByteRows> output) {
    while (running.size() >= 2 * threads) {
      take(listener, output);
    }
    running.add(
        executor.submit(() -> {
          Worker worker = Optional.ofNullable(idle.poll()).orElseGet(Worker::new);
          return task.with(worker);
        }));
  }

  private void take(Listener listener, Consumer<ByteRows> output) {
    Rows rows = result(running.remove());
    matches += rows.matches();
    words += rows.words();
    activations += rows.activations();
    incomplete += rows.incomplete();
    leftOut += rows.leftOut().size();
    rows.leftOut().forEach(listener::leftOut);
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

  /// How many documents, or pieces of very long ones, were left out.
  public long leftOutCount() {
    return leftOut;
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
    private long found;
    private long wordCount;
    private long active;
    private long lacking;
    private List<LeftOut> left = List.of();

    Rows annotate(Documents batch) {
      begin();
      for (int d = 0; d < batch.count(); d++) {
        long document = batch.number(d);
        Optional<Place> replaced = batch.replaced(d);
        if (bad == BadDocuments.LEFT_OUT_STRICTLY && replaced.isPresent()) {
          leaveOut(document, DocumentReader.notUtf8(replaced.get()));
          continue;
        }
        int at = d;
        if (read(document, () -> annotator.read(batch.text(), batch.start(at), batch.length(at)))) {
          count(annotator.wordCount());
        }
      }
      free.add(batch);
      return rows();
    }

    Rows annotate(LongLine.Piece piece) {
      begin();
      int begin = piece.coreBegin();
      int end = piece.coreEnd();
      if (read(piece.document(), () -> annotator.read(piece.words(), begin, end))) {
        count(end - begin);
      }
      return rows();
    }

    private void begin() {
      rows.clear();
      found = 0;
      wordCount = 0;
      active = 0;
      lacking = 0;
      left = List.of();
    }

    private Rows rows() {
      return new Rows(rows, found, wordCount, active, lacking, left, this);
    }

    /// Reads a document and writes its rows.
    ///
    /// @return whether it was not left out
    private boolean read(long document, Runnable reading) {
      try {
        reading.run();
        write(document);
        return true;
      } catch (FoveaException | IllegalArgumentException e) {
        if (bad == BadDocuments.REPLACED) {
          throw new AnnotationException(document, e);
        }
        leaveOut(document, e);
        return false;
      }
    }

    private void leaveOut(long document, RuntimeException failure) {
      String error = String.valueOf(failure.getMessage());
      format.leftOut(document, error, rows);
      if (left.isEmpty()) {
        left = new ArrayList<>();
      }
      left.add(new LeftOut(document, error));
    }

    private void count(int ownWords) {
      found += annotator.count();
      wordCount += ownWords;
      active += annotator.activationCount();
      lacking += annotator.isIncomplete() ? 1 : 0;
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
