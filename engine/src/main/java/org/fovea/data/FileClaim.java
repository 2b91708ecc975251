package org.fovea.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A file that only one holder at a time has, in this process and in all others.
///
/// Other processes are kept out by a lock of the operating system, which ends with the process that
/// holds it, however that ends. That lock is lost when *any* channel of the same process on the
/// same file is closed, so this process keeps a list of what it holds and does not even open those
/// files a second time.
///
/// **Threads** Safe.
public final class FileClaim implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final Pattern SIGNATURE = Pattern.compile("[0-9]{1,10}\n");
  private static final int MAX_SIGNATURE_BYTES = 16;

  private final Path key;
  private final FileChannel channel;

  private FileClaim(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /// Claims a file, which is made if missing; empty if somebody holds it.
  public static Optional<FileClaim> tryClaim(Path file) throws IOException {
    Path key = key(file);
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    boolean claimed = false;
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        FileLock lock = channel.tryLock();
        claimed = lock != null;
        return claimed ? Optional.of(new FileClaim(key, channel)) : Optional.empty();
      } finally {
        if (!claimed) {
          channel.close();
        }
      }
    } finally {
      if (!claimed) {
        HELD.remove(key);
      }
    }
  }

  /// Claims a file that does nothing but tell who holds it: writes the number of this process into
  /// it; empty if somebody holds it.
  public static Optional<FileClaim> trySign(Path file) throws IOException {
    Optional<FileClaim> claim = tryClaim(file);
    if (claim.isPresent()) {
      try {
        String text = ProcessHandle.current().pid() + "\n";
        claim.get().channel.truncate(0);
        claim.get().channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      } catch (IOException | RuntimeException e) {
        claim.get().close();
        throw e;
      }
    }
    return claim;
  }

  /// Who signed a file that another process holds: `" (pid 17)"`, or nothing if it does not say.
  public static String signer(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer text = ByteBuffer.allocate(MAX_SIGNATURE_BYTES);
      channel.read(text, 0);
      String process = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
      return SIGNATURE.matcher(process).matches() ? " (pid " + process.strip() + ")" : "";
    }
  }

  /// Whether this process holds a file. Then nobody in it may open the file another time.
  public static boolean isHeldHere(Path file) throws IOException {
    return HELD.contains(key(file));
  }

  private static Path key(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    return absolute.resolveSibling(".").toRealPath().resolve(absolute.getFileName());
  }

  /// The file, for reading and writing; closed with the claim.
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      HELD.remove(key);
    }
  }
}
