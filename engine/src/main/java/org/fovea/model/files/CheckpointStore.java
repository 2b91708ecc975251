package org.fovea.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.FoveaException;
import org.fovea.MalformedDataException;
import org.fovea.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The checkpoints of a model directory, each a model directory of its own:
/// `checkpoints/checkpoint-NUMBER-step-STEP`. The number grows with every checkpoint ever written,
/// so the latest is the one with the highest, and no name is used twice.
///
/// A checkpoint is written into a temporary directory, forced, read again and verified, and takes
/// its name by one rename; only then does the oldest one go.
///
/// **Threads** safe: methods exclude each other.
public final class CheckpointStore {

  /// Where the checkpoints are in a model directory.
  static final String DIRECTORY = "checkpoints";

  private static final System.Logger LOG = System.getLogger(CheckpointStore.class.getName());
  private static final String SECTION = "checkpoint";
  private static final Pattern NAME =
      Pattern.compile("checkpoint-([0-9]{6,15})-step-(0|[1-9][0-9]{0,18})");

  private final ModelStore store;
  private final Storage storage;
  private final Path directory;
  private final int keep;
  private final Set<Path> damaged = new HashSet<>();

  /// A checkpoint on disk that nobody has looked into.
  private record Found(long number, Path path) {}

  private CheckpointStore(ModelStore store, Storage storage, int keep) {
    this.store = store;
    this.storage = storage;
    this.directory = store.directory().resolve(DIRECTORY);
    this.keep = keep;
  }

  static CheckpointStore open(ModelStore store, Storage storage, int keep) {
    if (keep < 2) {
      throw new IllegalArgumentException("at least 2 checkpoints are kept, not %s".formatted(keep));
    }
    CheckpointStore checkpoints = new CheckpointStore(store, storage, keep);
    try {
      checkpoints.prepare();
    } catch (IOException e) {
      throw IoFailure.explained(checkpoints.directory.toString(), e, "it cannot be prepared");
    }
    return checkpoints;
  }

  private void prepare() throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      storage.createDirectory(directory);
      storage.forceDirectory(store.directory());
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelStoreException(directory + ": expected a directory of checkpoints");
    }
    sweep();
  }

  private void sweep() throws IOException {
    Leftovers leftovers = new Leftovers(storage, directory);
    for (String prefix : List.of(Leftovers.NEW, Leftovers.OLD)) {
      for (Path temporary : leftovers.find(prefix)) {
        leftovers.delete(temporary, FileNames.MANIFEST);
      }
    }
  }

  /// Writes a checkpoint; when this returns it is on disk and has been verified.
  ///
  /// @param step of the training; is kept with the checkpoint
  /// @return where it is
  /// @throws UncheckedIOException if writing fails; the checkpoints that were there are intact
  public synchronized Path write(long step, ModelContents contents) {
    store.requireOpen();
    if (step < 0) {
      throw new IllegalArgumentException("a step is not negative, but %s is".formatted(step));
    }
    Path written;
    try {
      sweep();
      written = writeNew(step, contents);
    } catch (IOException | UncheckedIOException e) {
      throw IoFailure.explained(
          directory.toString(),
          e,
          "the checkpoint of step %s was not saved, the earlier ones are unchanged"
              .formatted(step));
    }
    try {
      storage.forceDirectory(directory);
    } catch (IOException e) {
      throw IoFailure.explained(
          directory.toString(),
          e,
          "the checkpoint of step %s was saved, but the disk did not confirm it".formatted(step));
    }
    removeOldest();
    return written;
  }

  private Path writeNew(long step, ModelContents contents) throws IOException {
    Leftovers leftovers = new Leftovers(storage, directory);
    List<Found> found = newestFirst();
    long number = found.isEmpty() ? 1 : found.getFirst().number() + 1;
    Path target = directory.resolve(name(number, step));
    Path temporary = leftovers.free(Leftovers.NEW);
    ObjectNode place = Json.object().put("number", number).put("step", step);
    ModelContents numbered = new ModelContents().section(SECTION, place);
    contents.sections().forEach(numbered::section);
    contents.files().forEach(numbered::file);
    try {
      storage.createDirectory(temporary);
      new ModelWriter(storage, temporary).write(numbered, Map.of());
      storage.rename(temporary, target);
      return target;
    } catch (IOException | RuntimeException e) {
      undo(temporary, e);
      throw e;
    }
  }

  private void undo(Path temporary, Exception failure) {
    try {
      if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        new Leftovers(storage, directory).delete(temporary, FileNames.MANIFEST);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /// Removes what is not among the newest, and what was found damaged. A failure leaves too many
  /// checkpoints, never too few, so it is only reported.
  private void removeOldest() {
    try {
      int kept = 0;
      Leftovers leftovers = new Leftovers(storage, directory);
      for (Found found : newestFirst()) {
        if (!damaged.contains(found.path()) && kept < keep) {
          kept++;
          continue;
        }
        remove(found, leftovers);
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: an old checkpoint could not be removed yet ({1})",
          directory,
          IoFailure.reason(e));
    }
  }

  /// Whether there is no checkpoint, sound or not.
  public synchronized boolean isEmpty() {
    store.requireOpen();
    try {
      return newestFirst().isEmpty();
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "it cannot be read");
    }
  }

  /// Removes all checkpoints, so that nobody resumes from them.
  public synchronized void clear() {
    store.requireOpen();
    try {
      Leftovers leftovers = new Leftovers(storage, directory);
      for (Found found : newestFirst()) {
        remove(found, leftovers);
      }
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "an old checkpoint cannot be removed");
    }
  }

  private void remove(Found found, Leftovers leftovers) throws IOException {
    Path old = leftovers.free(Leftovers.OLD);
    storage.rename(found.path(), old);
    leftovers.delete(old, FileNames.MANIFEST);
    damaged.remove(found.path());
  }

  /// The newest checkpoint that is sound; nothing if there is none at all. Newer ones that are
  /// damaged are logged and listed.
  ///
  /// @throws ModelStoreException if there are checkpoints and none is sound
  /// @throws NewerFormatException if the newest was written by a newer Fovea: that is no damage
  public synchronized Optional<Checkpoint> latest() {
    return latest(System.Logger.Level.WARNING);
  }

  /// The same for those who only look, before somebody resumes: damage is not worth a warning yet.
  ///
  /// @throws ModelStoreException if there are checkpoints and none is sound
  /// @throws NewerFormatException if the newest was written by a newer Fovea: that is no damage
  public synchronized Optional<Checkpoint> peek() {
    return latest(System.Logger.Level.DEBUG);
  }

  private Optional<Checkpoint> latest(System.Logger.Level damage) {
    store.requireOpen();
    List<String> skipped = new ArrayList<>();
    try {
      for (Found found : newestFirst()) {
        try {
          return Optional.of(open(found, skipped));
        } catch (NewerFormatException e) {
          throw e;
        } catch (FoveaException | UncheckedIOException e) {
          LOG.log(
              damage,
              "the checkpoint {0} is damaged, an older one is used: {1}",
              found.path(),
              e.getMessage());
          skipped.add(String.valueOf(e.getMessage()));
          damaged.add(found.path());
        }
      }
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "it cannot be read");
    }
    if (skipped.isEmpty()) {
      return Optional.empty();
    }
    throw new ModelStoreException(
        "%s: no checkpoint is sound: %s".formatted(directory, String.join("; ", skipped)));
  }

  /// The newest sound checkpoint of a model, for those who only read: nothing is locked or swept.
  /// Nothing if there is none; damaged ones are passed over.
  public static Optional<Checkpoint> look(Path model) {
    Path directory = model.resolve(DIRECTORY);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    List<String> skipped = new ArrayList<>();
    try {
      for (Found found : newestFirst(Storage.system(), directory)) {
        try {
          return Optional.of(open(found, skipped));
        } catch (FoveaException | UncheckedIOException e) {
          skipped.add(String.valueOf(e.getMessage()));
        }
      }
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "it cannot be read");
    }
    return Optional.empty();
  }

  private static Checkpoint open(Found found, List<String> skipped) {
    ModelDirectory model = ModelDirectory.open(found.path());
    try {
      JsonNode number = model.section(SECTION).get("number");
      JsonNode step = model.section(SECTION).get("step");
      boolean sound =
          number != null
              && step != null
              && number.isIntegralNumber()
              && step.isIntegralNumber()
              && name(number.longValue(), step.longValue())
                  .equals(String.valueOf(found.path().getFileName()));
      if (!sound) {
        throw new MalformedDataException(
            found.path().resolve(FileNames.MANIFEST).toString(),
            0,
            "the section checkpoint does not have the number and step of the directory's name");
      }
      return new Checkpoint(step.longValue(), model, skipped);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static String name(long number, long step) {
    return String.format(Locale.ROOT, "checkpoint-%06d-step-%d", number, step);
  }

  private List<Found> newestFirst() throws IOException {
    return newestFirst(storage, directory);
  }

  private static List<Found> newestFirst(Storage storage, Path directory) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path path : storage.list(directory)) {
      Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
      if (name.matches() && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        found.add(new Found(Long.parseLong(name.group(1)), path));
      }
    }
    found.sort(Comparator.comparingLong(Found::number).reversed());
    return found;
  }
}
