package org.fovea.residency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.data.FileClaim;
import org.fovea.network.page.NeuronStoreException;

/// The right to write to a store: one process, and in it one holder, at a time.
///
/// The lock belongs to the operating system, which takes it back when the process ends in whatever
/// way: a lock file that is left over locks nothing. The file is never deleted.
///
/// **Threads** safe.
public final class StoreLock implements AutoCloseable {

  /// Name of the lock file in the directory of a store.
  public static final String FILE = ".fovea-lock";

  private final FileClaim claim;

  private StoreLock(FileClaim claim) {
    this.claim = claim;
  }

  /// Locks a store.
  ///
  /// @param store for messages
  /// @param file the lock file, made if missing; its directory exists
  /// @throws NeuronStoreException naming the holder, if somebody else writes to it
  public static StoreLock take(String store, Path file) throws IOException {
    Optional<FileClaim> claim = FileClaim.trySign(file);
    if (claim.isEmpty()) {
      throw new NeuronStoreException(
          FileClaim.isHeldHere(file)
              ? store + ": this process has the store open already; close it there first"
              : "%s: another process%s has the store open; wait until it ends, or choose another"
                  .formatted(store, FileClaim.signer(file)));
    }
    return new StoreLock(claim.get());
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
