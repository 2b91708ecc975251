package org.fovea.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.fovea.MalformedDataException;

/// The edits that were made since a network was stored: a file of records that only grows.
///
/// | bytes | |
/// |---|---|
/// | 4 | length `n` of the payload |
/// | 8 | number of the record, from 0 |
/// | 4 | CRC-32C of these 12 bytes |
/// | `n` | payload: [EditCodec] |
/// | 4 | CRC-32C of the payload |
/// | 4 | `0x0a446e45` |
///
/// A record is there when its bytes are forced to disk, and then it is there as a whole. What a
/// writer leaves that is killed before, a last record that is cut short or ends in zeros, is no
/// record; anything else that is wrong is damage, and the log is refused.
///
/// Numbers are big-endian. **Threads** confined.
final class EditLog implements Closeable {

  private static final int HEAD = 16;
  private static final int TAIL = 8;
  private static final int END = 0x0a446e45;
  private static final int MOST_PAYLOAD = 1 << 28;

  private final Path file;
  private final FileChannel channel;
  private long end;
  private long count;

  private EditLog(Path file, FileChannel channel, Contents contents) {
    this.file = file;
    this.channel = channel;
    end = contents.end();
    count = contents.records().size();
  }

  /// What a log holds.
  ///
  /// @param records payloads
  /// @param end where the last whole record ends
  /// @param torn how many bytes follow that are no record
  record Contents(List<byte[]> records, long end, long torn) {}

  /// Reads a log; a file that is not there is empty.
  ///
  /// @throws MalformedDataException with the offset, if it is damaged
  static Contents read(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Contents(List.of(), 0, 0);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedDataException(file.toString(), 0, "it is not a regular file");
    }
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return read(file.toString(), channel);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static Contents read(String name, FileChannel channel) throws IOException {
    List<byte[]> records = new ArrayList<>();
    long size = channel.size();
    long at = 0;
    while (at < size) {
      int length = length(name, channel, at, size, records.size());
      if (length < 0) {
        break;
      }
      ByteBuffer body = bytes(channel, at + HEAD, length + TAIL);
      byte[] payload = new byte[length];
      body.get(payload);
      if (body.getInt() != crc(payload, length) || body.getInt() != END) {
        long recordEnd = at + HEAD + length + TAIL;
        if (recordEnd == size && endsInZeros(channel, size)) {
          break;
        }
        throw damaged(name, at);
      }
      records.add(payload);
      at += HEAD + length + TAIL;
    }
    return new Contents(records, at, size - at);
  }

  /// Length of a record's payload, or -1 if it is cut short.
  private static int length(String name, FileChannel channel, long at, long size, int number)
      throws IOException {
    if (size - at < HEAD) {
      return -1;
    }
    ByteBuffer head = bytes(channel, at, HEAD);
    byte[] checked = new byte[12];
    head.get(checked).position(0);
    int length = head.getInt();
    long found = head.getLong();
    boolean sound = head.getInt() == crc(checked, checked.length);
    if (!sound && endsInZeros(channel, size)) {
      return -1;
    }
    if (!sound || found != number || length < 0 || length > MOST_PAYLOAD) {
      throw damaged(name, at);
    }
    return size - at - HEAD - TAIL < length ? -1 : length;
  }

  /// No record ends in a zero, nor in a byte that is one bit away from it.
  private static boolean endsInZeros(FileChannel channel, long size) throws IOException {
    return bytes(channel, size - 1, 1).get() == 0;
  }

  private static MalformedDataException damaged(String name, long at) {
    return new MalformedDataException(
        name, at, "damaged: an edit with its checksum was expected, other bytes came");
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /// Opens a log for writing, behind its last whole record; what is cut short goes.
  static EditLog append(Path file, Contents contents) {
    try {
      boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      EditLog log = new EditLog(file, channel, contents);
      if (contents.torn() > 0) {
        channel.truncate(contents.end());
        channel.force(true);
      }
      if (isNew) {
        forceDirectory(file);
      }
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": it cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /// Appends a record; when this returns it is on disk.
  ///
  /// @throws UncheckedIOException if it could not be written; then it is not there
  void append(byte[] payload) {
    if (payload.length > MOST_PAYLOAD) {
      throw new IllegalArgumentException(
          "at most %s bytes of edits at a time, not %s".formatted(MOST_PAYLOAD, payload.length));
    }
    ByteBuffer record = ByteBuffer.allocate(HEAD + payload.length + TAIL);
    record.putInt(payload.length).putLong(count);
    record.putInt(crc(record.array(), record.position()));
    record.put(payload).putInt(crc(payload, payload.length)).putInt(END).flip();
    try {
      try {
        long at = end;
        while (record.hasRemaining()) {
          at += channel.write(record, at);
        }
        channel.force(false);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the edit was not saved: " + e.getMessage(), e);
    }
    end += HEAD + payload.length + TAIL;
    count++;
  }

  /// Bytes of all records.
  long length() {
    return end;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
