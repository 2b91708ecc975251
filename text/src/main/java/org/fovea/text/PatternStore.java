package org.fovea.text;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.data.make.Progress;
import org.fovea.event.EventNetwork;
import org.fovea.event.SuspendedNetwork;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.files.ModelStore;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;

/// A network of patterns on disk: a model directory, and beside it a log of the edits since.
///
/// An edit is acknowledged when it is in the log and the log is on disk; whatever ends the process
/// then, the edit is there when the network is opened again, and none is there in part. When the
/// log has grown, the network is stored anew with its edits and without what nothing uses any more,
/// by one rename, and the log begins again. One process edits at a time; any number read, each what
/// was there when it opened.
///
/// **Errors** [org.fovea.MalformedDataException] for damage, with file and offset;
/// [org.fovea.model.files.ModelStoreException] if somebody else edits; [PatternStoreException] for
/// something else than a network of patterns. **Threads** safe.
public final class PatternStore implements Closeable {

  private static final int LEAST_FOLDED = 10_000;
  private static final int FOLDED_FRACTION = 20;
  private static final long MOST_LOG_BYTES = 64L << 20;

  private final ModelStore store;
  private final StoreFiles files;
  private final PatternEditor editor;
  private long generation;
  private EditLog log;
  private long edits;
  private boolean closed;

  /// A network that was opened.
  ///
  /// @param network with all edits
  /// @param edits how many edits are not folded in yet
  /// @param notes what is worth saying, one sentence each; usually none
  public record Opened(PatternNetwork network, int edits, List<String> notes) {}

  private PatternStore(ModelStore store, PatternEditor editor, StoredPatterns stored, int edits) {
    this.store = store;
    this.editor = editor;
    this.edits = edits;
    files = new StoreFiles(store.directory());
    generation = stored.generation();
    log = EditLog.append(files.log(generation), stored.log());
  }

  /// Stores a network, in the place of one that may be there.
  public static void create(Path directory, PatternNetwork network) {
    try (ModelStore store = ModelStore.open(directory)) {
      long generation = begin(directory);
      store.publish(NetworkContents.of(Compaction.of(network), generation));
      new StoreFiles(directory).sweep(generation);
    }
  }

  /// Stores what a builder has sorted, in the place of a network that may be there.
  static BuiltNetwork create(Path directory, SuspendedPatternBuilder builder, Progress progress) {
    try (ModelStore store = ModelStore.open(directory)) {
      StoreFiles files = new StoreFiles(directory);
      long generation = begin(directory);
      byte[] manifest = files.readManifest();
      Path pages = files.pages(generation);
      try {
        builder.write(pages, progress);
        NetworkContents.Pages written = StoredPatterns.pages(pages);
        NetworkFacts facts = builder.facts(generation);
        store.publish(
            NetworkContents.of(facts, written, builder.intake(), builder.tensors(facts, progress)));
        files.sweep(generation);
        return new BuiltNetwork(facts, builder.synapseCount(), written.bytes());
      } catch (RuntimeException | Error e) {
        discard(files, generation, manifest, e);
        throw e;
      }
    }
  }

  /// Removes the pages of a network that did not become the one that is there.
  private static void discard(
      StoreFiles files, long generation, byte[] manifest, Throwable failure) {
    try {
      if (Arrays.equals(manifest, files.readManifest())) {
        files.sweep(generation - 1);
      }
    } catch (UncheckedIOException e) {
      failure.addSuppressed(e);
    }
  }

  /// Makes room for the next generation.
  ///
  /// @return its number
  private static long begin(Path directory) {
    long before = generation(directory);
    new StoreFiles(directory).sweep(before);
    return before + 1;
  }

  /// The generation of the network that is there, or [StoreFiles#NO_GENERATION].
  ///
  /// @throws PatternStoreException if something else is there
  static long generation(Path directory) {
    if (new StoreFiles(directory).readManifest().length == 0) {
      return StoreFiles.NO_GENERATION;
    }
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      return NetworkContents.facts(model).generation();
    }
  }

  /// Opens a network for reading, in memory.
  ///
  /// @throws PatternStoreException if it was built onto pages
  public static Opened open(Path directory) {
    return open(directory, StoredPatterns.Way.MEMORY);
  }

  /// Opens a network whose neurons stay on the pages that [#suspend] wrote, or that it was built
  /// onto; names stay in their file, words are in memory. Whoever opens it closes its network.
  ///
  /// @param budget bytes of memory for pages; with 0 each document reads what it needs
  /// @param retention documents that a page stays without being needed, 0 for no limit
  /// @throws PatternStoreException if its neurons are not on pages, or were edited since
  public static Opened openSuspended(Path directory, long budget, int retention) {
    return open(directory, new StoredPatterns.Way(false, true, budget, retention));
  }

  /// Opens a network in memory, or, if it was built onto pages, on them. Whoever opens it closes
  /// its network.
  ///
  /// @param budget bytes of memory for pages
  public static Opened openAsBuilt(Path directory, long budget) {
    return open(directory, new StoredPatterns.Way(true, true, budget, 0));
  }

  private static Opened open(Path directory, StoredPatterns.Way way) {
    StoredPatterns stored = StoredPatterns.read(directory, way);
    List<PatternEdit> edits = stored.edits(directory);
    PatternNetwork network = stored.base();
    if (!edits.isEmpty()) {
      PatternEditor editor = new PatternEditor(stored.base());
      replay(editor, edits, directory);
      network = editor.current();
    }
    return new Opened(network, edits.size(), List.of());
  }

  /// Folds all edits in and puts the neurons on pages, for [#openSuspended].
  ///
  /// @return bytes of the pages
  /// @throws UncheckedIOException if they could not be written; the network is as before
  public synchronized long suspend() {
    requireOpen();
    fold();
    try (PageFileWriter writer =
        PageFileWriter.create(files.pages(generation), SuspendedNetwork.FORMAT)) {
      EventNetwork network = editor.current().network();
      SuspendedNetwork.write(network, PageSink.of(writer), SuspendedNetwork.PAGE_BYTES);
    }
    return files.pagesLength(generation);
  }

  private static void replay(PatternEditor editor, List<PatternEdit> edits, Path directory) {
    try {
      editor.repeat(edits);
    } catch (PatternEditException e) {
      throw new PatternStoreException(
          "%s: its edits do not fit its network: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /// Opens a network for editing; nobody else can edit it until this is closed.
  ///
  /// @param notes takes what is worth saying, such as that an edit was cut short
  public static PatternStore edit(Path directory, List<String> notes) {
    StoreFiles files = new StoreFiles(directory);
    if (files.readManifest().length == 0) {
      throw new PatternStoreException(directory + ": there is no network of patterns");
    }
    ModelStore store = ModelStore.open(directory);
    try {
      StoredPatterns stored = StoredPatterns.read(directory, StoredPatterns.Way.MEMORY);
      List<PatternEdit> edits = stored.edits(directory);
      PatternEditor editor = new PatternEditor(stored.base());
      if (!edits.isEmpty()) {
        replay(editor, edits, directory);
      }
      if (stored.log().torn() > 0) {
        notes.add(
            "%s: an edit that was never acknowledged was cut short, and is removed (%s bytes)"
                .formatted(files.log(stored.generation()), stored.log().torn()));
      }
      files.sweep(stored.generation());
      return new PatternStore(store, editor, stored, edits.size());
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /// The network with all edits.
  public PatternNetwork network() {
    return editor.current();
  }

  /// Makes all changes or, if one of them is not allowed, none; when this returns, they are on
  /// disk.
  ///
  /// @return how many of them changed something
  /// @throws PatternEditException as [PatternEditor#apply]
  /// @throws UncheckedIOException if they could not be written; then this store must be closed, and
  ///   the network on disk is as before
  public synchronized int apply(List<PatternEdit> changes) {
    requireOpen();
    int changed = editor.apply(changes);
    if (changed > 0) {
      log.append(EditCodec.encode(changes));
      edits += changes.size();
      if (edits > LEAST_FOLDED + editor.current().patternCount() / FOLDED_FRACTION
          || log.length() > MOST_LOG_BYTES) {
        fold();
      }
    }
    return changed;
  }

  /// Stores the network anew with all its edits, and begins the log again.
  public synchronized void fold() {
    requireOpen();
    if (edits > 0) {
      store.publish(NetworkContents.of(editor.compact(), generation + 1));
      log.close();
      generation++;
      edits = 0;
      Path file = files.log(generation);
      files.sweep(generation);
      log = EditLog.append(file, EditLog.read(file));
    }
  }

  /// How many edits are in the log.
  public synchronized long editCount() {
    return edits;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(store.directory() + ": it is closed, and cannot be edited");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try (store) {
      log.close();
    }
  }
}
