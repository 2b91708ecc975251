package org.fovea.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.event.EventNetwork;
import org.fovea.event.SuspendedNetwork;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.files.ModelStore;
import org.fovea.residency.MappedStore;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;

/// A network of patterns on disk: a model directory, and beside it a log of the edits since.
///
/// An edit is acknowledged when it is in the log and the log is on disk; whatever ends the process
/// then, the edit is there when the network is opened again, and none is there in part. When the
/// log has grown, the network is stored anew with its edits, by one rename, and the log begins
/// again. One process edits at a time; any number read, each what was there when it opened.
///
/// **Errors** [org.fovea.MalformedDataException] for damage, with file and offset;
/// [org.fovea.model.files.ModelStoreException] if somebody else edits; [PatternStoreException] for
/// something else than a network of patterns. **Threads** safe.
public final class PatternStore implements Closeable {

  private static final int LEAST_FOLDED = 10_000;
  private static final int FOLDED_FRACTION = 20;
  private static final long MOST_LOG_BYTES = 64L << 20;
  private static final int ATTEMPTS = 5;

  private final ModelStore store;
  private final PatternEditor editor;
  private long generation;
  private EditLog log;
  private long edits;

  /// A network that was opened.
  ///
  /// @param network with all edits
  /// @param edits how many edits are not folded in yet
  /// @param notes what is worth saying, one sentence each; usually none
  public record Opened(PatternNetwork network, int edits, List<String> notes) {}

  private record Stored(PatternNetwork base, long generation, EditLog.Contents log) {}

  private PatternStore(ModelStore store, PatternEditor editor, Stored stored, int edits) {
    this.store = store;
    this.editor = editor;
    this.edits = edits;
    generation = stored.generation();
    log = EditLog.append(logFile(store.directory(), generation), stored.log());
  }

  /// Stores a network, in the place of one that may be there.
  public static void create(Path directory, PatternNetwork network) {
    try (ModelStore store = ModelStore.open(directory)) {
      long generation = 0;
      if (Files.exists(directory.resolve("model.json"))) {
        try (ModelDirectory before = ModelDirectory.open(directory)) {
          generation = NetworkContents.facts(before).generation() + 1;
        }
      }
      store.publish(NetworkContents.of(Compaction.of(network), generation));
      sweep(directory, generation);
    }
  }

  /// Opens a network for reading.
  public static Opened open(Path directory) {
    Stored stored = read(directory);
    List<PatternEdit> edits = edits(directory, stored);
    PatternNetwork network = stored.base();
    if (!edits.isEmpty()) {
      PatternEditor editor = new PatternEditor(stored.base());
      replay(editor, edits, directory);
      network = editor.current();
    }
    return new Opened(network, edits.size(), List.of());
  }

  /// Opens a network whose neurons stay on the pages that [#suspend] wrote; words and names are in
  /// memory. Whoever opens it closes its network.
  ///
  /// @param budget bytes of memory for pages; with 0 each document reads what it needs
  /// @param retention documents that a page stays without being needed, 0 for no limit
  /// @throws PatternStoreException if its neurons are not on pages, or were edited since
  public static Opened openSuspended(Path directory, long budget, int retention) {
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      NetworkFacts facts = NetworkContents.facts(model);
      Path pages = pagesFile(directory, facts.generation());
      String remedy = "; fovea patterns suspend puts them there";
      if (!Files.exists(pages)) {
        throw new PatternStoreException(directory + ": its neurons are not on pages" + remedy);
      }
      if (!EditLog.read(logFile(directory, facts.generation())).records().isEmpty()) {
        throw new PatternStoreException(directory + ": its edits are not on its pages" + remedy);
      }
      SuspendedNetwork neurons =
          SuspendedNetwork.open(
              MappedStore.open(pages, SuspendedNetwork.FORMAT), budget, retention);
      try {
        return new Opened(NetworkContents.read(model, facts, neurons), 0, List.of());
      } catch (RuntimeException | Error e) {
        neurons.close();
        throw e;
      }
    }
  }

  /// Folds all edits in and puts the neurons on pages, for [#openSuspended].
  ///
  /// @return bytes of the pages
  /// @throws UncheckedIOException if they could not be written; the network is as before
  public synchronized long suspend() {
    fold();
    Path pages = pagesFile(store.directory(), generation);
    try (PageFileWriter writer = PageFileWriter.create(pages, SuspendedNetwork.FORMAT)) {
      EventNetwork network = editor.current().network();
      EventNetwork whole = network.isEdited() ? read(store.directory()).base().network() : network;
      SuspendedNetwork.write(whole, PageSink.of(writer), SuspendedNetwork.PAGE_BYTES);
    }
    try {
      return Files.size(pages);
    } catch (IOException e) {
      throw new UncheckedIOException(pages + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path pagesFile(Path directory, long generation) {
    return directory.resolve("neurons-%d.pages".formatted(generation));
  }

  private static void replay(PatternEditor editor, List<PatternEdit> edits, Path directory) {
    try {
      editor.apply(edits);
    } catch (PatternEditException e) {
      throw new PatternStoreException(
          "%s: its edits do not fit its network: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static Stored read(Path directory) {
    try {
      Path manifest = directory.resolve("model.json");
      for (int attempt = 1; ; attempt++) {
        try (ModelDirectory model = ModelDirectory.open(directory)) {
          byte[] before = Files.readAllBytes(manifest);
          NetworkFacts facts = NetworkContents.facts(model);
          PatternNetwork base = NetworkContents.read(model, facts);
          EditLog.Contents log = EditLog.read(logFile(directory, facts.generation()));
          // Whoever folds edits in replaces the manifest before the log goes.
          if (attempt == ATTEMPTS || Arrays.equals(before, Files.readAllBytes(manifest))) {
            return new Stored(base, facts.generation(), log);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<PatternEdit> edits(Path directory, Stored stored) {
    List<PatternEdit> edits = new ArrayList<>();
    String file = logFile(directory, stored.generation()).toString();
    for (byte[] record : stored.log().records()) {
      edits.addAll(EditCodec.decode(record, file));
    }
    return edits;
  }

  private static Path logFile(Path directory, long generation) {
    return directory.resolve("edits-%d.log".formatted(generation));
  }

  /// Opens a network for editing; nobody else can edit it until this is closed.
  ///
  /// @param notes takes what is worth saying, such as that an edit was cut short
  public static PatternStore edit(Path directory, List<String> notes) {
    if (!Files.exists(directory.resolve("model.json"))) {
      throw new PatternStoreException(directory + ": there is no network of patterns");
    }
    ModelStore store = ModelStore.open(directory);
    try {
      Stored stored = read(directory);
      List<PatternEdit> edits = edits(directory, stored);
      PatternEditor editor = new PatternEditor(stored.base());
      if (!edits.isEmpty()) {
        replay(editor, edits, directory);
      }
      if (stored.log().torn() > 0) {
        notes.add(
            "%s: an edit that was never acknowledged was cut short, and is removed (%d bytes)"
                .formatted(logFile(directory, stored.generation()), stored.log().torn()));
      }
      sweep(directory, stored.generation());
      return new PatternStore(store, editor, stored, edits.size());
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /// Removes logs and pages of networks that were replaced.
  private static void sweep(Path directory, long generation) {
    String old = "{edits-*.log,neurons-*.pages}";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, old)) {
      for (Path file : files) {
        if (!file.equals(logFile(directory, generation))
            && !file.equals(pagesFile(directory, generation))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": an old log cannot be removed: " + e.getMessage(), e);
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
    if (edits > 0) {
      store.publish(NetworkContents.of(Compaction.of(editor.current()), generation + 1));
      log.close();
      generation++;
      edits = 0;
      Path file = logFile(store.directory(), generation);
      sweep(store.directory(), generation);
      log = EditLog.append(file, EditLog.read(file));
    }
  }

  /// How many edits are in the log.
  public synchronized long editCount() {
    return edits;
  }

  @Override
  public synchronized void close() {
    try (store) {
      log.close();
    }
  }
}
