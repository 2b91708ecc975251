package org.fovea.model.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The right to write to a model directory: one process, and in it one holder, at a time.
///
/// The lock belongs to the operating system, which takes it back when the process ends in whatever
/// way, so a lock file that is left over locks nothing. The file itself is never deleted: a second
/// writer might hold it already.
final class DirectoryLock implements Closeable {

  /// Name of the lock file.
  static final String FILE = ".fovea-lock";

  private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}\n");
  private static final int MAX_TEXT_BYTES = 16;

  /// Directories locked by this process. The system's locks are per process, and closing any
  /// channel of the file would give them up, so a second holder here must not even open it.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Locks an existing directory.
  ///
  /// @throws ModelStoreException naming the holder, if somebody else writes to it
  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new ModelStoreException(
          directory + ": this process is writing to the model already; close that writer first");
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new ModelStoreException(
            ("%s: another process%s is writing to the model;"
                    + " wait until it ends, or choose another directory")
                .formatted(directory, holder(channel)));
      }
      channel.truncate(0);
      String text = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      return new DirectoryLock(real, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      HELD.remove(real);
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
    channel.read(text, 0);
    String process = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return PROCESS.matcher(process).matches() ? " (pid " + process.strip() + ")" : "";
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(directory);
    }
  }
}
