package org.fovea.model.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.fovea.MalformedDataException;

/// Writes a model directory: its checkpoints while training, its model in the end. Holds the
/// directory's lock from opening to closing.
///
/// **Errors** [ModelStoreException] if somebody else is writing or the directory holds something
/// that must not be overwritten; `UncheckedIOException` with one clear sentence when writing fails.
/// Whatever fails, there is a whole model if there was one.
///
/// **Threads** safe: methods exclude each other.
public final class ModelStore implements Closeable {

  private final Path directory;
  private final Storage storage;
  private final DirectoryLock lock;
  private boolean closed;

  private ModelStore(Path directory, Storage storage, DirectoryLock lock) {
    this.directory = directory;
    this.storage = storage;
    this.lock = lock;
  }

  /// Opens a directory for writing, making it if necessary, and sweeps what a killed writer left.
  public static ModelStore open(Path directory) {
    return open(directory, Storage.system());
  }

  static ModelStore open(Path directory, Storage storage) {
    try {
      boolean isNew = !Files.exists(directory);
      Files.createDirectories(directory);
      DirectoryLock lock = DirectoryLock.take(directory);
      try {
        Path parent = directory.toRealPath().getParent();
        if (isNew && parent != null) {
          storage.forceDirectory(parent);
        }
        requireReplaceable(directory);
        new Publication(storage, directory).sweep();
        return new ModelStore(directory, storage, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "it cannot be opened for writing");
    }
  }

  /// A `model.json` that is not sound must not be lost by writing another, least of all at the end
  /// of a long training.
  private static void requireReplaceable(Path directory) throws IOException {
    try {
      ModelDirectory.findManifest(directory);
    } catch (MalformedDataException e) {
      throw new ModelStoreException(
          "%s: there is a model.json that is not a sound Fovea model, move it away first (%s)"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /// Where the model is.
  public Path directory() {
    return directory;
  }

  /// Whether there is a model.
  public boolean hasModel() {
    return Files.exists(directory.resolve(FileNames.MANIFEST), LinkOption.NOFOLLOW_LINKS);
  }

  /// Writes a model and, once it is on disk and verified, puts it in the place of the one there.
  ///
  /// @throws UncheckedIOException if writing fails; it says whether the model that was there is
  ///   still there or was replaced without the disk's word for it
  /// @throws IllegalStateException if the store is closed
  public synchronized void publish(ModelContents contents) {
    requireOpen();
    Publication publication = new Publication(storage, directory);
    try {
      publication.sweep();
    } catch (IOException e) {
      throw IoFailure.explained(
          directory.toString(), e, "the model was not saved, what was there is unchanged");
    }
    publication.publish(contents);
  }

  /// The checkpoints of this directory. Ask once.
  ///
  /// @param keep how many to keep: at least 2, so that a damaged one is not the last
  public CheckpointStore checkpoints(int keep) {
    requireOpen();
    return CheckpointStore.open(this, storage, keep);
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store of %s is closed".formatted(directory));
    }
  }

  /// Gives up the lock.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      lock.close();
    }
  }
}
