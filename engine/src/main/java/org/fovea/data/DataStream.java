package org.fovea.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Standard input, a pipe or another stream of bytes, as data that can be read from the beginning
/// any number of times: [DataFiles#open(DataStream, DataOptions)].
///
/// What came is kept for the readings that follow, the first mebibyte in memory, the rest in an
/// [UnnamedFile], of which nothing is left when the process ends, however that ends. A reading
/// takes from the stream only what it needs, so that rows can be answered while more are awaited;
/// whoever knows that the next reading is the last says so ([#keepNoMore()]), and no file is
/// written.
///
/// **Threads** Safe; a reading that waits for the stream keeps others waiting.
public final class DataStream implements AutoCloseable {

  private static final int IN_MEMORY = 1 << 20;

  private final String name;
  private final InputStream stream;
  private final Path folder;
  private byte[] head = new byte[1 << 16];
  private volatile Optional<FileChannel> file = Optional.empty();
  private long kept;
  private boolean keeping = true;
  private boolean ended;
  private boolean last;
  private volatile boolean closed;

  /// @param stream the bytes; closed with this
  /// @param name what messages call it
  /// @param folder where bytes go that are too many for memory
  public DataStream(InputStream stream, String name, Path folder) {
    this.stream = stream;
    this.name = name;
    this.folder = folder;
  }

  /// A named pipe, `/dev/stdin` and the like as a stream; empty for everything else.
  ///
  /// @throws UncheckedIOException if it cannot be opened
  public static Optional<DataStream> ofPipe(Path path) {
    Content.OfFile pipe = new Content.OfFile(path);
    if (!pipe.isPipe()) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(System.getProperty("java.io.tmpdir"));
      return Optional.of(new DataStream(pipe.open(), pipe.name(), folder));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": it cannot be opened: " + e.getMessage(), e);
    }
  }

  /// What messages call it.
  public String name() {
    return name;
  }

  /// The next reading is the last: what it reads is not kept.
  public synchronized void keepNoMore() {
    keeping = false;
  }

  /// The stream as the readers of this package see it.
  Content content() {
    return new OfStream(this);
  }

  private synchronized InputStream open() {
    if (closed || last) {
      throw new IllegalStateException(name + ": it has been read to its end and was not kept");
    }
    last = !keeping;
    return new Reading();
  }

  /// Reads to the end.
  private synchronized long length() throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (!ended && keeping) {
      take(buffer, 0, buffer.length);
    }
    return kept;
  }

  private synchronized int read(long position, byte[] target, int offset, int length)
      throws IOException {
    if (closed) {
      throw new IOException("it was closed");
    }
    if (position >= kept) {
      return take(target, offset, length);
    }
    int count = (int) Math.min(length, kept - position);
    if (position < IN_MEMORY) {
      count = Math.min(count, IN_MEMORY - (int) position);
      System.arraycopy(head, (int) position, target, offset, count);
      return count;
    }
    int read =
        file.orElseThrow().read(ByteBuffer.wrap(target, offset, count), position - IN_MEMORY);
    if (read <= 0) {
      throw new EOFException("a temporary file in " + folder + " has become shorter");
    }
    return read;
  }

  private int take(byte[] target, int offset, int length) throws IOException {
    int count = ended ? -1 : stream.read(target, offset, length);
    ended = count < 0;
    if (count > 0 && keeping) {
      keep(target, offset, count);
    }
    return count;
  }

  private void keep(byte[] bytes, int offset, int count) throws IOException {
    int inMemory = Math.clamp(IN_MEMORY - kept, 0, count);
    if (inMemory > 0) {
      int end = (int) kept + inMemory;
      if (end > head.length) {
        head = Arrays.copyOf(head, Math.clamp(2L * end, end, IN_MEMORY));
      }
      System.arraycopy(bytes, offset, head, (int) kept, inMemory);
    }
    if (inMemory < count) {
      if (file.isEmpty()) {
        file = Optional.of(UnnamedFile.open(folder));
      }
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset + inMemory, count - inMemory);
      long position = kept + inMemory - IN_MEMORY;
      while (rest.hasRemaining()) {
        position += file.get().write(rest, position);
      }
    }
    kept += count;
  }

  private synchronized int available(long position) throws IOException {
    return position < kept
        ? (int) Math.min(kept - position, Integer.MAX_VALUE)
        : ended || closed ? 0 : stream.available();
  }

  /// Releases what was kept. Readings fail from then on; one that waits for the stream is not
  /// waited for.
  @Override
  public void close() {
    closed = true;
    try (stream) {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": it cannot be closed: " + e.getMessage(), e);
    }
  }

  private record OfStream(DataStream data) implements Content {

    @Override
    public String name() {
      return data.name;
    }

    @Override
    public InputStream open() {
      return data.open();
    }

    @Override
    public long length() throws IOException {
      return data.length();
    }

    @Override
    public boolean isAwaited() {
      return true;
    }
  }

  /// One reading from the beginning. Closing it leaves the stream open for others.
  private final class Reading extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = DataStream.this.read(position, target, offset, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public int available() throws IOException {
      return DataStream.this.available(position);
    }
  }
}
