package org.fovea.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import org.fovea.MalformedDataException;

/// Reads lines of text, in UTF-8, some at a time; each is a document, counted from 0.
///
/// A line ends with a line feed, with a carriage return before it or without; a byte order mark at
/// the beginning is left out. A line of more than a million letters comes in parts, cut at a space
/// if there is one near. Bytes that are no UTF-8 become `U+FFFD`, one for each sequence that was
/// begun, and are counted; or, where it is asked for, they are an error with line and column.
///
/// Where a stream gives bytes slowly, the documents that are whole are given before it is waited
/// for.
///
/// **Threads** confined. **Cost** a few megabytes, however long the lines are; nothing per line.
public final class DocumentReader implements AutoCloseable {

  /// Longer lines come in parts.
  static final int LONGEST = 1 << 20;

  private static final int BATCH = 1 << 16;
  private static final int BUFFER = 1 << 16;
  private static final int NEAR = 4096;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final InputStream stream;
  private final String name;
  private final boolean strict;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final char[] decoded = new char[BUFFER];
  private final CharBuffer letters = CharBuffer.wrap(decoded).limit(0);
  private char[] carry = new char[0];
  private int carried;
  private long document;
  private long partOffset;
  private boolean inPart;
  private boolean streamEnded;
  private boolean decodedAll;
  private boolean began;
  private long byteCount;
  private long replaced;
  private Optional<Place> firstReplaced = Optional.empty();
  private long lineLength;
  private final ArrayDeque<Place> replacedLines = new ArrayDeque<>();
  private Runnable waiting = () -> {};

  /// @param stream unpacked; closed with this
  /// @param name what messages call it
  /// @param strict whether bytes that are no UTF-8 are an error
  public DocumentReader(InputStream stream, String name, boolean strict) {
    this.stream = stream;
    this.name = name;
    this.strict = strict;
  }

  /// What is done whenever the stream must be waited for.
  void beforeWaiting(Runnable action) {
    waiting = action;
  }

  /// Reads some documents, or a part of one.
  ///
  /// @return false at the end
  /// @throws MalformedDataException for bytes that are no UTF-8, if that is an error
  public boolean read(Documents batch) {
    batch.clear(document);
    batch.append(carry, 0, carried);
    carried = 0;
    int lineBegin = 0;
    while (true) {
      if (batch.count() > 0 && mustWait()) {
        keep(batch, lineBegin);
        return true;
      }
      if (!letters.hasRemaining() && !fill()) {
        if (batch.size > lineBegin || inPart) {
          endLine(batch, lineBegin, batch.size);
        }
        return batch.count() > 0;
      }
      int from = letters.position();
      int to = letters.limit();
      int at = from;
      while (at < to && decoded[at] != '\n') {
        at++;
      }
      batch.append(decoded, from, at - from);
      lineLength += at - from;
      letters.position(at);
      if (at < to) {
        letters.position(at + 1);
        lineLength = 0;
        endLine(batch, lineBegin, batch.size);
        lineBegin = batch.size;
        if (batch.isPart || batch.size >= BATCH) {
          return true;
        }
      } else if (batch.size - lineBegin >= LONGEST) {
        if (lineBegin > 0) {
          keep(batch, lineBegin);
          return true;
        }
        cut(batch);
        return true;
      }
    }
  }

  private void endLine(Documents batch, int begin, int end) {
    boolean returned = end > begin && batch.text[end - 1] == '\r';
    batch.end(begin, returned ? end - 1 : end);
    batch.isPart = inPart;
    batch.isLastPart = inPart;
    batch.offset = partOffset;
    inPart = false;
    partOffset = 0;
    document++;
    while (!replacedLines.isEmpty() && replacedLines.getFirst().line() <= document) {
      batch.replaced(replacedLines.removeFirst());
    }
  }

  /// Whether there is nothing more without waiting for the stream.
  private boolean mustWait() {
    return !letters.hasRemaining() && !streamEnded && !decodedAll && available() == 0;
  }

  private int available() {
    try {
      return stream.available();
    } catch (IOException _) {
      return 0; // some streams cannot tell
    }
  }

  /// Leaves what follows for the next batch.
  private void keep(Documents batch, int from) {
    carried = batch.size - from;
    if (carried > carry.length) {
      carry = new char[carried];
    }
    System.arraycopy(batch.text, from, carry, 0, carried);
    batch.size = from;
  }

  private void cut(Documents batch) {
    int end = batch.size - 1;
    int least = batch.size - NEAR;
    while (end > least && !Character.isWhitespace(batch.text[end])) {
      end--;
    }
    if (end == least) {
      end = batch.size - 1;
      end -= Character.isLowSurrogate(batch.text[end]) ? 1 : 0;
    }
    keep(batch, end);
    batch.end(0, end);
    batch.isPart = true;
    batch.offset = partOffset;
    partOffset += end;
    inPart = true;
  }

  /// Decodes more letters; false at the end.
  private boolean fill() {
    while (!decodedAll) {
      letters.clear();
      CoderResult result = decoder.decode(bytes, letters, streamEnded);
      if (result.isMalformed()) {
        replace(result.length());
      }
      decodedAll = streamEnded && result.isUnderflow();
      letters.flip();
      if (letters.hasRemaining() && !began) {
        began = true;
        letters.position(letters.get(0) == BYTE_ORDER_MARK ? 1 : 0);
      }
      if (letters.hasRemaining()) {
        return true; // before the stream must be waited for
      }
      if (result.isUnderflow() && !streamEnded) {
        readBytes();
      }
    }
    return false;
  }

  private void replace(int length) {
    long line = document + 1;
    long column = lineLength + 1;
    for (int at = 0; at < letters.position(); at++) {
      if (decoded[at] == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    Place place = new Place(name, line, column);
    if (strict) {
      throw notUtf8(place);
    }
    bytes.position(bytes.position() + length);
    replaced++;
    if (firstReplaced.isEmpty()) {
      firstReplaced = Optional.of(place);
    }
    if (replacedLines.isEmpty() || replacedLines.getLast().line() != line) {
      replacedLines.add(place);
    }
    letters.put('\ufffd');
  }

  static MalformedDataException notUtf8(Place place) {
    return place.malformed("UTF-8 was expected, other bytes came");
  }

  private void readBytes() {
    if (available() == 0) {
      waiting.run();
    }
    bytes.compact();
    try {
      int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
      streamEnded = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
      byteCount += Math.max(0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": reading failed: " + e.getMessage(), e);
    }
    bytes.flip();
  }

  /// How many documents were read to their end.
  public long documentCount() {
    return document;
  }

  /// How many bytes were read, unpacked.
  public long byteCount() {
    return byteCount;
  }

  /// How many sequences of bytes were no UTF-8 and were replaced.
  public long replacedCount() {
    return replaced;
  }

  /// Where the first of them was: line and column in UTF-16 units, from 1.
  public Optional<Place> firstReplaced() {
    return firstReplaced;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": closing failed: " + e.getMessage(), e);
    }
  }
}
