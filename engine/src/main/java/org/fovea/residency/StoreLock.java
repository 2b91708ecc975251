package org.fovea.residency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}\n");
  private static final int MAX_TEXT_BYTES = 16;

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
    Optional<FileClaim> claim = FileClaim.tryClaim(file);
    if (claim.isEmpty()) {
      throw new NeuronStoreException(
          FileClaim.isHeldHere(file)
              ? store + ": this process has the store open already; close it there first"
              : "%s: another process%s has the store open; wait until it ends, or choose another"
                  .formatted(store, holder(file)));
    }
    FileClaim held = claim.get();
    try {
      String text = ProcessHandle.current().pid() + "\n";
      held.channel().truncate(0);
      held.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      return new StoreLock(held);
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static String holder(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
      channel.read(text, 0);
      String process = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
      return PROCESS.matcher(process).matches() ? " (pid " + process.strip() + ")" : "";
    }
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
