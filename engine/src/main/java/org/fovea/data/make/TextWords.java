package org.fovea.data.make;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.fovea.MalformedDataException;

/// Cuts a text file, packed by gzip or not, into lower-case words.
///
/// A word is a run of letters, digits, marks and underscores, and what follows its first 64
/// characters is cut off. Line ends and tabs come as breaks between words.
///
/// **Errors** bytes that are not UTF-8, or damaged gzip, are a [MalformedDataException].
/// **Threads** confined. **Cost** two buffers, whatever the length of the lines; a string a word.
final class TextWords implements AutoCloseable {

  /// What comes next in a text.
  enum Token {
    /// A word: see [TextWords#word].
    WORD,
    /// The end of a field, inside a line.
    TAB,
    /// The end of a line.
    LINE,
    /// The end of the text.
    END
  }

  private static final int LONGEST_WORD = 64;
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final InputStream input;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer characters = CharBuffer.allocate(BUFFER).limit(0);
  private final StringBuilder word = new StringBuilder(LONGEST_WORD);
  private boolean atEnd;
  private boolean malformed;
  private long line = 1;
  private long lineBegin;
  private long bytesBefore;

  TextWords(Path file) {
    this.file = file;
    try {
      channel = FileChannel.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
    try {
      InputStream stored = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      stored.mark(2);
      boolean packed = stored.read() == 0x1f && stored.read() == 0x8b;
      stored.reset();
      input = packed ? new GZIPInputStream(stored, BUFFER) : stored;
    } catch (IOException e) {
      close();
      throw failed(e);
    }
  }

  /// Reads on to the next word or break.
  Token next() {
    word.setLength(0);
    while (characters.hasRemaining() || fill()) {
      char character = characters.get();
      if (isOfWord(character)) {
        if (word.length() < LONGEST_WORD) {
          word.append(Character.toLowerCase(character));
        }
      } else if (!word.isEmpty()) {
        characters.position(characters.position() - 1);
        return Token.WORD;
      } else if (character == '\n') {
        return Token.LINE;
      } else if (character == '\t') {
        return Token.TAB;
      }
    }
    return word.isEmpty() ? Token.END : Token.WORD;
  }

  /// The word that [#next] found.
  String word() {
    return word.toString();
  }

  /// How many stored bytes were read.
  long position() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static boolean isOfWord(char character) {
    return character < 0x80
        ? (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || character == '_'
        : Character.isUnicodeIdentifierPart(character)
            && !Character.isIdentifierIgnorable(character);
  }

  /// Decodes more characters; false at the end.
  private boolean fill() {
    while (true) {
      if (malformed) {
        throw new MalformedDataException(
            file.toString(),
            line,
            bytesBefore + bytes.position() - lineBegin + 1,
            "UTF-8 was expected, other bytes came");
      }
      if (atEnd && !bytes.hasRemaining()) {
        return false;
      }
      if (!atEnd) {
        readBytes();
      }
      characters.clear();
      int begin = bytes.position();
      CoderResult result = decoder.decode(bytes, characters, atEnd);
      malformed = result.isError();
      countLines(begin);
      characters.flip();
      if (characters.hasRemaining()) {
        return true;
      }
    }
  }

  private void readBytes() {
    bytesBefore += bytes.position();
    bytes.compact();
    try {
      int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
      atEnd = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
    } catch (IOException e) {
      throw failed(e);
    }
    bytes.flip();
  }

  private void countLines(int begin) {
    for (int index = begin; index < bytes.position(); index++) {
      if (bytes.get(index) == '\n') {
        line++;
        lineBegin = bytesBefore + index + 1;
      }
    }
  }

  private RuntimeException failed(IOException e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return new MalformedDataException(
              file.toString(), bytesBefore, "whole gzip was expected, damaged bytes came")
          .because(e);
    }
    return new UncheckedIOException("cannot read " + file, e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
