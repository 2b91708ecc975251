package org.fovea.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.FoveaException;
import org.fovea.event.SuspendedNetwork;
import org.fovea.model.files.ModelDirectory;
import org.fovea.residency.MappedStore;

/// A network of patterns that was read.
///
/// @param base without the edits of the log
/// @param generation how many times the network was stored before
/// @param log the edits since
record StoredPatterns(PatternNetwork base, long generation, EditLog.Contents log) {

  private static final int ATTEMPTS = 5;

  /// Where the neurons are to be.
  ///
  /// @param memory whether in memory, if they can be
  /// @param pages whether on pages, if they are there
  /// @param budget bytes of memory for pages
  /// @param retention documents that a page stays without being needed
  record Way(boolean memory, boolean pages, long budget, int retention) {

    static final Way MEMORY = new Way(true, false, 0, 0);
  }

  /// Reads a network; again, if it is replaced meanwhile.
  static StoredPatterns read(Path directory, Way way) {
    StoreFiles files = new StoreFiles(directory);
    for (int attempt = 1; ; attempt++) {
      byte[] before = files.readManifest();
      try {
        StoredPatterns stored = read(files, way);
        // Whoever folds edits in replaces the manifest before the log goes.
        if (attempt == ATTEMPTS || Arrays.equals(before, files.readManifest())) {
          return stored;
        }
        stored.base().close();
      } catch (FoveaException e) {
        if (attempt == ATTEMPTS || Arrays.equals(before, files.readManifest())) {
          throw e;
        }
      }
    }
  }

  private static StoredPatterns read(StoreFiles files, Way way) {
    try (ModelDirectory model = ModelDirectory.open(files.directory())) {
      NetworkFacts facts = NetworkContents.facts(model);
      Optional<NetworkContents.Pages> only = NetworkContents.pages(model);
      EditLog.Contents log = EditLog.read(files.log(facts.generation()));
      if (way.memory() && only.isEmpty()) {
        return new StoredPatterns(NetworkContents.read(model, facts), facts.generation(), log);
      }
      if (!way.pages()) {
        throw new PatternStoreException(
            files.directory()
                + ": its neurons are on pages only; build it again without --on-pages to edit it or"
                + " to have it in the heap");
      }
      Path pages = requirePages(files, facts.generation(), only.isPresent());
      if (!log.records().isEmpty()) {
        throw notOnPages(files, "its edits are not on its pages");
      }
      SuspendedNetwork neurons = open(pages, only, way);
      try {
        PatternNetwork base = NetworkContents.read(model, facts, neurons);
        return new StoredPatterns(base, facts.generation(), log);
      } catch (RuntimeException | Error e) {
        neurons.close();
        throw e;
      }
    }
  }

  private static PatternStoreException notOnPages(StoreFiles files, String what) {
    return new PatternStoreException(
        "%s: %s; fovea patterns suspend puts them there".formatted(files.directory(), what));
  }

  private static Path requirePages(StoreFiles files, long generation, boolean only) {
    Path pages = files.pages(generation);
    if (Files.exists(pages)) {
      return pages;
    }
    throw only
        ? new PatternStoreException(
            pages + ": it is missing, and nothing else has the neurons: build the network again")
        : notOnPages(files, "its neurons are not on pages");
  }

  private static SuspendedNetwork open(Path pages, Optional<NetworkContents.Pages> only, Way way) {
    MappedStore store = MappedStore.open(pages, SuspendedNetwork.FORMAT);
    if (only.isPresent() && !only.get().equals(NetworkContents.Pages.of(store.identity()))) {
      store.close();
      throw new PatternStoreException(
          pages + ": it has the neurons of another network: build the network again");
    }
    return SuspendedNetwork.open(store, way.budget(), way.retention());
  }

  /// What tells pages from others.
  static NetworkContents.Pages pages(Path file) {
    try (MappedStore store = MappedStore.open(file, SuspendedNetwork.FORMAT)) {
      return NetworkContents.Pages.of(store.identity());
    }
  }

  /// The edits of the log.
  List<PatternEdit> edits(Path directory) {
    List<PatternEdit> edits = new ArrayList<>();
    String file = new StoreFiles(directory).log(generation).toString();
    for (byte[] record : log.records()) {
      edits.addAll(EditCodec.decode(record, file));
    }
    return edits;
  }
}
