package org.fovea.model.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.data.FileClaim;

/// The right to write to a model directory: one process, and in it one holder, at a time.
///
/// The lock belongs to the operating system, which takes it back when the process ends in whatever
/// way, so a lock file that is left over locks nothing. The file itself is never deleted: a second
/// writer might hold it already.
final class DirectoryLock implements Closeable {

  /// Name of the lock file.
  static final String FILE = ".fovea-lock";

  private final FileClaim claim;

  private DirectoryLock(FileClaim claim) {
    this.claim = claim;
  }

  /// Locks an existing directory.
  ///
  /// @throws ModelStoreException naming the holder, if somebody else writes to it
  static DirectoryLock take(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve(FILE);
    Optional<FileClaim> claim = FileClaim.trySign(file);
    if (claim.isEmpty()) {
      throw new ModelStoreException(
          FileClaim.isHeldHere(file)
              ? directory
                  + ": this process is writing to the model already; close that writer first"
              : ("%s: another process%s is writing to the model;"
                      + " wait until it ends, or choose another directory")
                  .formatted(directory, FileClaim.signer(file)));
    }
    return new DirectoryLock(claim.get());
  }

  @Override
  public void close() {
    try {
      claim.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
