package org.fovea.residency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.fovea.data.FileClaim;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.network.page.PageFormat;

/// Writes a page file, once: it appears as a whole under its name, or not at all.
///
/// Pages go to `.NAME.part`, which is forced to disk and renamed by [#publish]; what a killed
/// process left there is overwritten by the next. A lock on `.NAME.lock` keeps two from writing at
/// once.
///
/// **Threads** confined. **Cost** 24 bytes of memory a page; sequential writes.
public final class PageFileWriter implements AutoCloseable {

  private static final int BLOCK_BYTES = 1 << 20;

  private final Path target;
  private final Path part;
  private final PageFormat format;
  private final FileClaim claim;
  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C directoryChecksum = new CRC32C();
  private PageDirectory directory = new PageDirectory();
  private long position = PageFileHeader.BYTES;
  private boolean inDirectory;
  private boolean failed;

  private PageFileWriter(Path target, PageFormat format, FileClaim claim) throws IOException {
    this.target = target;
    this.part = beside(target, ".part");
    this.format = format;
    this.claim = claim;
    this.channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel.position(PageFileHeader.BYTES);
  }

  /// Begins a file.
  ///
  /// @param target replaced when the new file is published
  /// @throws NeuronStoreException if somebody else is writing it
  public static PageFileWriter create(Path target, PageFormat format) {
    if (Files.isDirectory(target)) {
      throw new NeuronStoreException(target + ": a file was expected, a directory came");
    }
    try {
      FileClaim claim =
          FileClaim.tryClaim(beside(target, ".lock"))
              .orElseThrow(() ->
                  new NeuronStoreException(target + ": somebody else is writing this page file"));
      try {
        return new PageFileWriter(target, format, claim);
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  private static Path beside(Path target, String ending) {
    return target.resolveSibling("." + target.getFileName() + ending);
  }

  /// Writes all pages of a store, and its metadata.
  ///
  /// @throws org.fovea.network.page.DamagedPageException if one of them is damaged
  public static void copy(NeuronStore store, Path target) {
    try (PageFileWriter writer = create(target, store.format())) {
      PageBuffer buffer = new PageBuffer();
      store.forEachPage(page -> {
        if (store.read(page, buffer)) {
          writer.append(page, buffer.bytes(), 0, buffer.length());
        }
      });
      writer.publish(store.metadata());
    }
  }

  /// Appends a page; in any order, each number once.
  ///
  /// @throws IllegalArgumentException if it is longer than a page may be
  public void append(long page, byte[] bytes, int from, int length) {
    if (length > NeuronStore.MAX_PAGE_BYTES) {
      throw new IllegalArgumentException(
          "page %s has %s bytes, more than %s".formatted(page, length, NeuronStore.MAX_PAGE_BYTES));
    }
    directory.add(page, position, length, PageChecksum.of(page, bytes, from, length));
    write(bytes, from, length);
  }

  /// Ends the file and makes it appear.
  ///
  /// @throws NeuronStoreException if a page came twice
  public void publish(byte[] metadata) {
    directory = directory.sorted(target.toString());
    flush();
    long directoryAt = position;
    inDirectory = true;
    int count = directory.size();
    for (int i = 0; i < count; i++) {
      room(Long.BYTES).putLong(directory.page(i));
    }
    for (int i = 0; i < count; i++) {
      room(Long.BYTES).putLong(directory.offset(i));
    }
    for (int i = 0; i < count; i++) {
      room(Integer.BYTES).putInt(directory.length(i));
    }
    for (int i = 0; i < count; i++) {
      room(Integer.BYTES).putInt(directory.checksum(i));
    }
    byte[] name = format.name().getBytes(StandardCharsets.US_ASCII);
    write(name, 0, name.length);
    write(metadata, 0, metadata.length);
    flush();
    long length =
        directoryAt + (long) count * PageFileHeader.ENTRY_BYTES + name.length + metadata.length;
    PageFileHeader header =
        new PageFileHeader(
            format.version(),
            count,
            directoryAt,
            name.length,
            metadata.length,
            length,
            (int) directoryChecksum.getValue());
    try {
      channel.position(0);
      writeFully(header.encoded());
      channel.force(true);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
    } catch (IOException e) {
      failed = true;
      throw failure(target, e);
    }
  }

  private void forceDirectory() throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null && parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private ByteBuffer room(int bytes) {
    if (block.remaining() < bytes) {
      flush();
    }
    return block;
  }

  private void write(byte[] bytes, int from, int length) {
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, room(1).remaining());
      block.put(bytes, from + done, count);
      done += count;
    }
    position += length;
  }

  private void flush() {
    block.flip();
    if (inDirectory) {
      directoryChecksum.update(block.array(), 0, block.limit());
    }
    try {
      writeFully(block);
    } catch (IOException e) {
      failed = true;
      throw failure(target, e);
    }
    block.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    if (failed) {
      throw new IOException("an earlier write failed");
    }
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static UncheckedIOException failure(Path target, IOException cause) {
    return new UncheckedIOException(
        "%s: the page file cannot be written, nothing is left of it (%s)"
            .formatted(target, cause.getMessage()),
        cause);
  }

  /// Removes what was not published.
  @Override
  public void close() {
    try (claim;
        channel) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(beside(target, ".lock"));
    } catch (IOException e) {
      throw failure(target, e);
    }
  }
}
