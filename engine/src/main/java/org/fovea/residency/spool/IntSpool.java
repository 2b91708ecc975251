package org.fovea.residency.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.fovea.data.UnnamedFile;

/// Ints one after the other in an [UnnamedFile].
///
/// **Threads** confined. **Errors** [UncheckedIOException] if the disk is full or cannot be read.
/// **Cost** sequential writes and reads through a buffer each.
public final class IntSpool implements AutoCloseable {

  private static final int BLOCK_BYTES = 1 << 18;

  private final Path folder;
  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
  private long size;

  private IntSpool(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// An empty one.
  ///
  /// @param folder of the file
  public static IntSpool create(Path folder) {
    try {
      return new IntSpool(folder, UnnamedFile.open(folder));
    } catch (IOException e) {
      throw failure(folder, "made", e);
    }
  }

  private static UncheckedIOException failure(Path folder, String what, IOException cause) {
    return new UncheckedIOException(
        "%s: a temporary file for the network that is built cannot be %s: %s"
            .formatted(folder, what, cause.getMessage()),
        cause);
  }

  /// Number of ints.
  public long size() {
    return size;
  }

  /// Appends a number.
  public void add(int value) {
    if (!block.hasRemaining()) {
      flush();
    }
    block.putInt(value);
    size++;
  }

  /// Appends `count` numbers.
  public void add(int[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      add(values[i]);
    }
  }

  private void flush() {
    block.flip();
    try {
      long at = size * Integer.BYTES - block.remaining();
      while (block.hasRemaining()) {
        at += channel.write(block, at);
      }
    } catch (IOException e) {
      throw failure(folder, "written", e);
    }
    block.clear();
  }

  /// Reads a part; nothing is added any more while it is read.
  ///
  /// @param from index of the first int
  /// @param to index after the last
  /// @param bytes of its buffer
  public Reader reader(long from, long to, int bytes) {
    if (block.position() > 0) {
      flush();
    }
    return new Reader(from, to, bytes);
  }

  /// Ints of a part, from its first to its last.
  public final class Reader {

    private final ByteBuffer ahead;
    private final long to;
    private long at;

    private Reader(long from, long to, int bytes) {
      ahead = ByteBuffer.allocate(Math.max(Integer.BYTES, bytes / Integer.BYTES * Integer.BYTES));
      ahead.limit(0);
      at = from;
      this.to = to;
    }

    /// Whether the part goes on.
    public boolean hasNext() {
      return ahead.hasRemaining() || at < to;
    }

    /// The next number.
    public int next() {
      if (!ahead.hasRemaining()) {
        fill();
      }
      return ahead.getInt();
    }

    private void fill() {
      ahead.clear().limit((int) Math.min(ahead.capacity(), (to - at) * Integer.BYTES));
      try {
        long begin = at * Integer.BYTES;
        while (ahead.hasRemaining()) {
          int count = channel.read(ahead, begin + ahead.position());
          if (count < 0) {
            throw new IOException("it became shorter");
          }
        }
      } catch (IOException e) {
        throw failure(folder, "read", e);
      }
      ahead.flip();
      at += ahead.limit() / Integer.BYTES;
    }
  }

  /// Removes the file.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(folder, "closed", e);
    }
  }
}
