package org.fovea.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.fovea.MalformedDataException;

/// The unpacked bytes of a file as a window that a parser reads straight from.
///
/// The parser looks at `bytes[at .. limit)` and moves `at` itself; the fields are open to this
/// package for that reason. `bytes[limit]` is always a line feed, so that the loop over a token
/// needs no bound: it stops there at the latest. Before a token the parser calls [#require(int)],
/// after which the token either lies in the window as a whole or is longer than was asked for;
/// parsers of text, whose tokens end with their line, call [#requireLine(int)], which does not wait
/// for more than the line.
///
/// **Threads** Confined. **Cost** One buffer, once; no garbage per read.
final class ByteInput implements AutoCloseable {

  private static final int WINDOW_BYTES = 128 * 1024;

  /// The window; never replaced.
  final byte[] bytes;

  /// The next byte to parse.
  int at;

  /// Where the window's bytes end.
  int limit;

  private final Content content;
  private final InputStream stream;
  private final boolean packed;
  private final boolean awaited;
  private long windowOffset;
  private int lastFeed = -1;
  private boolean ended;

  private ByteInput(Content content, InputStream stream, boolean packed, int windowBytes) {
    this.content = content;
    this.stream = stream;
    this.packed = packed;
    this.awaited = content.isAwaited();
    this.bytes = new byte[windowBytes + 1];
    this.bytes[0] = '\n';
  }

  /// Opens content, and unpacks it if its first bytes say that it is packed.
  ///
  /// @throws MalformedDataException if it cannot be read
  static ByteInput open(Content content, DataOptions options) {
    return open(content, options, WINDOW_BYTES);
  }

  static ByteInput open(Content content, DataOptions options, int windowBytes) {
    try {
      InputStream stored = content.open();
      try {
        PackedInput.Opened opened =
            PackedInput.open(stored, content.name(), options.maximumInflation());
        return new ByteInput(content, opened.stream(), opened.packed(), windowBytes);
      } catch (IOException | RuntimeException | Error e) {
        stored.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(content.name(), e);
    }
  }

  /// What messages call the file.
  String name() {
    return content.name();
  }

  /// Checks, before any is read, that a file that is not packed has as many bytes as it says.
  ///
  /// @throws MalformedDataException if it has more or fewer
  void checkLength(long expected) {
    try {
      long length = content.length();
      if (!packed && length != expected) {
        throw new MalformedDataException(
            name(),
            Math.min(length, expected),
            expected + " bytes were expected, as the header says, " + length + " came");
      }
    } catch (IOException e) {
      throw failed(name(), e);
    }
  }

  /// How many unpacked bytes lie before the next one.
  long offset() {
    return windowOffset + at;
  }

  /// Brings `count` bytes into the window, or all that are left.
  void require(int count) {
    if (limit - at < count && !ended) {
      refill(count, false);
    }
  }

  /// Brings `count` bytes into the window, or the end of the line, or all that are left.
  void requireLine(int count) {
    if (limit - at < count && !endsLine()) {
      refill(count, true);
    }
  }

  /// Whether the window holds the end of the line, or of the file.
  boolean endsLine() {
    return at <= lastFeed || ended;
  }

  /// Whether the next line is still on its way: who reads on waits for it.
  boolean isAwaited() {
    try {
      while (awaited && !endsLine() && limit - at < WINDOW_BYTES / 2 && stream.available() > 0) {
        refill(limit - at + 1, false);
      }
    } catch (IOException e) {
      throw failed(content.name(), e);
    }
    return awaited && !endsLine() && limit - at < WINDOW_BYTES / 2;
  }

  /// Whether nothing is left. Only after [#require(int)] with at least 1.
  boolean atEnd() {
    return at == limit;
  }

  /// Whether the window reaches to the end of the file.
  boolean ended() {
    return ended;
  }

  private void refill(int count, boolean line) {
    assert count < bytes.length;
    System.arraycopy(bytes, at, bytes, 0, limit - at);
    windowOffset += at;
    limit -= at;
    lastFeed -= at;
    at = 0;
    try {
      while (limit < count && !(line && lastFeed >= 0) && !ended) {
        int read = stream.read(bytes, limit, bytes.length - 1 - limit);
        if (read < 0) {
          ended = true;
        } else {
          limit += read;
          findLastFeed(limit - read);
        }
      }
    } catch (IOException e) {
      throw failed(content.name(), e);
    } finally {
      bytes[limit] = '\n';
    }
  }

  private void findLastFeed(int from) {
    int last = limit - 1;
    while (last >= from && bytes[last] != '\n') {
      last--;
    }
    if (last >= from) {
      lastFeed = last;
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw failed(content.name(), e);
    }
  }

  private static UncheckedIOException failed(String name, IOException e) {
    return new UncheckedIOException(name + ": reading failed: " + e.getMessage(), e);
  }
}
