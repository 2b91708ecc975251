package org.fovea.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Replaces the model of a directory in one step, and finishes or undoes steps that were cut short.
///
/// 1. The new model is written into a temporary directory inside the model's, under file names that
///    the model's directory does not have; it is forced and verified there.
/// 2. A journal in the temporary directory lists these names and those of the old model's files.
/// 3. The files move beside the old ones. Nothing refers to them yet.
/// 4. **The new `model.json` is renamed over the old one.** This is the moment.
/// 5. The files of the journal that the current `model.json` does not list are deleted, and the
///    temporary directory, journal last.
///
/// Whoever finds a temporary directory does step 5: before the moment it removes what is new, after
/// it what is old. It may be cut short and done again.
///
/// @param storage where
/// @param directory of the model; the lock is held
record Publication(Storage storage, Path directory) {

  private static final System.Logger LOG = System.getLogger(Publication.class.getName());
  private static final String JOURNAL = ".journal";
  private static final String JOURNAL_END = "end";
  private static final int MAX_JOURNAL_BYTES = 1 << 20;

  /// Replaces the model.
  ///
  /// @throws UncheckedIOException saying whether the model was replaced
  void publish(ModelContents contents) {
    Path temporary = new Leftovers(storage, directory).free(Leftovers.NEW);
    try {
      storage.createDirectory(temporary);
      prepare(temporary, contents);
      storage.rename(temporary.resolve(FileNames.MANIFEST), directory.resolve(FileNames.MANIFEST));
    } catch (IOException | UncheckedIOException e) {
      undo(temporary, e);
      throw IoFailure.explained(
          directory.toString(), e, "the model was not saved, what was there is unchanged");
    } catch (RuntimeException e) {
      undo(temporary, e);
      throw e;
    }
    try {
      storage.forceDirectory(directory);
    } catch (IOException e) {
      throw IoFailure.explained(
          directory.toString(), e, "the model was saved, but the disk did not confirm it");
    }
    try {
      finish(temporary);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: files of the model before this one could not be deleted yet ({1})",
          directory,
          IoFailure.reason(e));
    }
  }

  /// Does everything up to the moment.
  private void prepare(Path temporary, ModelContents contents) throws IOException {
    ModelWriter writer = new ModelWriter(storage, temporary);
    Manifest manifest = writer.write(contents, storedNames(contents));
    Set<String> names = listed();
    manifest.files().forEach(entry -> names.add(entry.file()));
    String journal = String.join("\n", names) + (names.isEmpty() ? "" : "\n") + JOURNAL_END;
    writer.writeBytes(JOURNAL, journal.getBytes(StandardCharsets.US_ASCII));
    storage.forceDirectory(temporary);
    storage.forceDirectory(directory);
    for (FileEntry entry : manifest.files()) {
      storage.rename(temporary.resolve(entry.file()), directory.resolve(entry.file()));
    }
    storage.forceDirectory(directory);
  }

  /// A name on disk for each file that nothing in the directory has.
  private Map<String, String> storedNames(ModelContents contents) {
    Map<String, String> stored = new HashMap<>();
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(contents.files().keySet());
    for (String name : contents.files().keySet()) {
      int number = 1;
      String candidate = name;
      while (!isFree(candidate) || (number > 1 && !taken.add(candidate))) {
        number++;
        candidate = FileNames.numbered(name, number);
      }
      stored.put(name, candidate);
    }
    return stored;
  }

  private boolean isFree(String name) {
    return !Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /// Finishes or undoes whatever was cut short.
  void sweep() throws IOException {
    for (Path temporary : new Leftovers(storage, directory).find(Leftovers.NEW)) {
      finish(temporary);
    }
  }

  private void finish(Path temporary) throws IOException {
    List<String> journal = journal(temporary);
    if (!journal.isEmpty()) {
      storage.forceDirectory(directory);
      Set<String> listed = listed();
      for (String name : journal) {
        Path path = directory.resolve(name);
        if (!listed.contains(name) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          storage.delete(path);
        }
      }
      storage.forceDirectory(directory);
    }
    new Leftovers(storage, directory).delete(temporary, JOURNAL);
  }

  private void undo(Path temporary, Exception failure) {
    try {
      if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        finish(temporary);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /// Names in the journal; none if it was not written to its end, because then nothing has moved.
  private static List<String> journal(Path temporary) throws IOException {
    Path path = temporary.resolve(JOURNAL);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        || Files.size(path) > MAX_JOURNAL_BYTES) {
      return List.of();
    }
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    List<String> names = new ArrayList<>(text.lines().toList());
    if (names.isEmpty() || !names.removeLast().equals(JOURNAL_END)) {
      return List.of();
    }
    names.removeIf(name -> !FileNames.problem(name).isEmpty());
    return names;
  }

  /// Names on disk of the files of the current model.
  private Set<String> listed() throws IOException {
    Set<String> names = new TreeSet<>();
    ModelDirectory.findManifest(directory)
        .ifPresent(manifest -> manifest.files().forEach(entry -> names.add(entry.file())));
    return names;
  }
}
