package org.fovea.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/// A text file that appears as a whole or not at all.
///
/// What is written goes to `.NAME.body.part`; committing writes the head, which may depend on the
/// body, and then the body to `.NAME.part`, forces that to disk and renames it. The names are
/// fixed, so what a killed process left is overwritten by the next; a lock keeps two from writing
/// at once. A name that ends in `.gz` makes gzip, with the head as a member of its own.
///
/// **Threads** Confined.
final class AtomicFile implements AutoCloseable {

  private final Path target;
  private final Path body;
  private final Path whole;
  private final FileClaim claim;
  private final OutputStream out;

  private AtomicFile(Path target, Path body, Path whole, FileClaim claim) throws IOException {
    this.target = target;
    this.body = body;
    this.whole = whole;
    this.claim = claim;
    this.out = packed(Channels.newOutputStream(claim.channel()));
  }

  /// Begins a file; nothing is seen of it before [#commit(String)].
  static AtomicFile create(Path target) throws IOException {
    Path name = target.getFileName();
    if (name == null || Files.isDirectory(target)) {
      throw new IOException("a file to write was expected, a directory came");
    }
    Path body = target.resolveSibling("." + name + ".body.part");
    FileClaim claim =
        FileClaim.tryClaim(body)
            .orElseThrow(() ->
                new IOException(
                    "a file that nobody else writes was expected, one in writing came"));
    try {
      claim.channel().truncate(0);
      return new AtomicFile(target, body, target.resolveSibling("." + name + ".part"), claim);
    } catch (IOException | RuntimeException | Error e) {
      claim.close();
      throw e;
    }
  }

  private OutputStream packed(OutputStream stream) throws IOException {
    return target.toString().endsWith(".gz")
        ? new GZIPOutputStream(stream, 64 * 1024)
        : new BufferedOutputStream(stream, 64 * 1024);
  }

  /// Writes text to the body, in UTF-8.
  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes bytes to the body.
  void write(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
  }

  /// Makes the file appear.
  ///
  /// @param head text that goes before the body
  void commit(String head) throws IOException {
    // Closing the stream would close the channel, and with it the lock.
    if (out instanceof GZIPOutputStream gzip) {
      gzip.finish();
    }
    out.flush();
    try (FileChannel channel =
        FileChannel.open(
            whole,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      if (!head.isEmpty()) {
        OutputStream stream = packed(Channels.newOutputStream(channel));
        stream.write(head.getBytes(StandardCharsets.UTF_8));
        if (stream instanceof GZIPOutputStream gzip) {
          gzip.finish();
        }
        stream.flush();
      }
      FileChannel written = claim.channel();
      long copied = 0;
      while (copied < written.size()) {
        copied += written.transferTo(copied, written.size() - copied, channel);
      }
      channel.force(true);
    }
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  private void forceDirectory() throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /// Removes what is not the finished file.
  @Override
  public void close() throws IOException {
    try (claim) {
      Files.deleteIfExists(whole);
      Files.deleteIfExists(body);
    }
  }
}
