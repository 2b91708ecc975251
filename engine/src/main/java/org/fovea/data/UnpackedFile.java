package org.fovea.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// The bytes of a file, a pipe or a stream, unpacked if they are packed: by gzip, by zip with one
/// file in it, or by what an [Unpacker] of the class path unpacks.
///
/// **Errors** [org.fovea.MalformedDataException] for what cannot be read and for damaged bytes.
public final class UnpackedFile {

  private UnpackedFile() {}

  /// Opens a file.
  ///
  /// @param maximumInflation unpacked bytes allowed for each packed one, after the first 100 KiB
  public static InputStream open(Path file, int maximumInflation) {
    return open(file, maximumInflation, _ -> {});
  }

  /// Opens a file, and tells how much of it is read.
  ///
  /// @param maximumInflation unpacked bytes allowed for each packed one, after the first 100 KiB
  /// @param progress hears how many stored bytes were read
  public static InputStream open(Path file, int maximumInflation, LongConsumer progress) {
    Content content = new Content.OfFile(file);
    try {
      InputStream stored = new Counted(content.open(), progress);
      try {
        return of(stored, content.name(), maximumInflation);
      } catch (RuntimeException | Error e) {
        stored.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": it cannot be opened: " + e.getMessage(), e);
    }
  }

  /// Looks at the first bytes of a stream and unpacks it if they say that it is packed.
  ///
  /// @param name what messages call it
  /// @param maximumInflation unpacked bytes allowed for each packed one, after the first 100 KiB
  public static InputStream of(InputStream stored, String name, int maximumInflation) {
    try {
      return PackedInput.open(stored, name, maximumInflation).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": reading failed: " + e.getMessage(), e);
    }
  }

  private static final class Counted extends FilterInputStream {

    private final LongConsumer progress;
    private long count;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      progress.accept(value < 0 ? count : ++count);
      return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = super.read(target, from, length);
      count += Math.max(0, read);
      progress.accept(count);
      return read;
    }
  }
}
