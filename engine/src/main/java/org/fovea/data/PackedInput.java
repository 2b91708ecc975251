package org.fovea.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.fovea.MalformedDataException;

/// The bytes of a file, unpacked by what its first bytes say it is packed with: gzip, zip with one
/// file in it, and what an [Unpacker] of the class path unpacks.
///
/// **Errors** [MalformedDataException] for damaged bytes, for more unpacked bytes than allowed, and
/// for formats that nobody here reads, which it names.
final class PackedInput {

  private static final int FREE_BYTES = 100 * 1024;
  private static final String GZIP = "\u001f\u008b";
  private static final String ZIP = "PK\u0003\u0004";
  private static final String EMPTY_ZIP = "PK\u0005\u0006";

  private PackedInput() {}

  /// Bytes as a parser reads them.
  ///
  /// @param stream unpacked
  /// @param packed whether it had to be
  record Opened(InputStream stream, boolean packed) {}

  /// Looks at the first bytes, two unless those are no text, and unpacks.
  ///
  /// @param name what messages call the file
  /// @param maximumInflation unpacked bytes allowed for each packed one, after the first 100 KiB
  static Opened open(InputStream stored, String name, int maximumInflation) throws IOException {
    PushedBack stream = new PushedBack(stored);
    stream.look(2);
    if (stream.begins(GZIP)) {
      return new Opened(new GzipInput(stream, name, maximumInflation), true);
    }
    if (!stream.mayBePacked()) {
      return new Opened(stream, false);
    }
    stream.look(Unpacker.MOST_BYTES);
    if (stream.begins(ZIP) || stream.begins(EMPTY_ZIP)) {
      Guarded packed = new Guarded(stream);
      return new Opened(
          new Unpacked(new OneEntry(packed, name), packed, "zip", name, maximumInflation), true);
    }
    for (Unpacker unpacker : unpackers()) {
      if (stream.begins(unpacker.beginning())) {
        Guarded packed = new Guarded(stream);
        return new Opened(
            new Unpacked(
                new Late(unpacker, packed), packed, unpacker.format(), name, maximumInflation),
            true);
      }
    }
    FileFormat.of(stream.first)
        .ifPresent(format -> {
          throw new MalformedDataException(
              name,
              0,
              "text, a table or images, plain or in gzip, bzip2, xz or zip, were expected, "
                  + format.name()
                  + " came");
        });
    return new Opened(stream, false);
  }

  private static List<Unpacker> unpackers() {
    return ServiceLoader.load(Unpacker.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /// A stream whose first bytes were looked at.
  private static final class PushedBack extends InputStream {

    private final InputStream stream;
    private byte[] first = new byte[0];
    private int taken;

    PushedBack(InputStream stream) {
      this.stream = stream;
    }

    void look(int count) throws IOException {
      byte[] more = stream.readNBytes(count - first.length);
      int before = first.length;
      first = Arrays.copyOf(first, before + more.length);
      System.arraycopy(more, 0, first, before, more.length);
    }

    boolean begins(String text) {
      return FileFormat.begins(first, text);
    }

    boolean begins(byte[] bytes) {
      return first.length >= bytes.length
          && Arrays.equals(first, 0, bytes.length, bytes, 0, bytes.length);
    }

    /// Whether the first two bytes are those of some packed format.
    boolean mayBePacked() {
      if (first.length < 2) {
        return false;
      }
      return (first[0] == 'P' && first[1] == 'K')
          || FileFormat.mayBegin(first[0], first[1])
          || unpackers().stream()
              .map(Unpacker::beginning)
              .anyMatch(bytes -> bytes[0] == first[0] && bytes[1] == first[1]);
    }

    @Override
    public int read() throws IOException {
      return taken < first.length ? first[taken++] & 0xff : stream.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (taken == first.length || length == 0) {
        return stream.read(target, offset, length);
      }
      int count = Math.min(length, first.length - taken);
      System.arraycopy(first, taken, target, offset, count);
      taken += count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return first.length - taken + stream.available();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /// Packed bytes, counted; knows whether it was they that could not be read.
  private static final class Guarded extends FilterInputStream {

    private long count;
    private boolean failed;

    Guarded(InputStream packed) {
      super(packed);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = super.read(target, offset, length);
        count += Math.max(0, read);
        return read;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }

  /// Unpacks when the first byte is asked for, so that a damaged beginning is told like the rest.
  private static final class Late extends InputStream {

    private final Unpacker unpacker;
    private final InputStream packed;
    private InputStream unpacked = InputStream.nullInputStream();
    private boolean begun;

    Late(Unpacker unpacker, InputStream packed) {
      this.unpacker = unpacker;
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!begun) {
        begun = true;
        unpacked = unpacker.unpack(packed);
      }
      return unpacked.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      try (packed) {
        unpacked.close();
      }
    }
  }

  /// The one file of a zip.
  private static final class OneEntry extends InputStream {

    private final ZipInputStream zip;
    private final String name;
    private boolean begun;
    private boolean ended;

    OneEntry(InputStream packed, String name) {
      this.zip = new ZipInputStream(packed);
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!begun) {
        begun = true;
        if (!nextFile()) {
          throw wrong("none");
        }
      }
      int read = ended ? -1 : zip.read(target, offset, length);
      if (read < 0 && !ended) {
        ended = true;
        if (nextFile()) {
          throw wrong("several");
        }
      }
      return read;
    }

    private MalformedDataException wrong(String came) {
      return new MalformedDataException(
          name, 0, "a zip with one file in it was expected, one with " + came + " came");
    }

    /// Folders, and what macOS adds of its own, are no files.
    private boolean nextFile() throws IOException {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && (entry.isDirectory() || entry.getName().startsWith("__MACOSX/"))) {
        entry = zip.getNextEntry();
      }
      return entry != null;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /// Unpacked bytes that stay in proportion; damage is told with its place.
  private static final class Unpacked extends InputStream {

    private final InputStream unpacked;
    private final Guarded packed;
    private final String format;
    private final String name;
    private final int maximumInflation;
    private long count;

    Unpacked(
        InputStream unpacked, Guarded packed, String format, String name, int maximumInflation) {
      this.unpacked = unpacked;
      this.packed = packed;
      this.format = format;
      this.name = name;
      this.maximumInflation = maximumInflation;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = unpacked.read(target, offset, length);
        count += Math.max(0, read);

        if (count > FREE_BYTES && count / maximumInflation > packed.count) {
          throw malformed(
              "at most "
                  + maximumInflation
                  + " unpacked bytes for each packed one were expected, "
                  + count
                  + " from "
                  + packed.count
                  + " came (raise the limit on inflation if the file can be trusted)");
        }
        return read;
      } catch (EOFException e) {
        throw malformed("more packed bytes were expected, the end of the file came").because(e);
      } catch (IOException e) {
        if (packed.failed) {
          throw e;
        }
        throw malformed("intact " + format + " was expected, damaged bytes came").because(e);
      }
    }

    private MalformedDataException malformed(String reason) {
      return new MalformedDataException(name, packed.count, reason);
    }

    @Override
    public void close() throws IOException {
      unpacked.close();
    }
  }
}
