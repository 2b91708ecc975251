package org.fovea.residency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.data.UnnamedFile;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStoreException;

/// Records of the same length in a file that only this process uses, for as long as it lives.
///
/// The file is an [UnnamedFile]. It makes nothing durable.
///
/// The checksums of all records are in memory, 4 bytes each: so a record that was never written, or
/// that is an older one than was written last, is noticed like a flipped bit. Damage is told of the
/// record as of a page.
///
/// **Threads** safe, but for records that are written while they are read: each call takes a buffer
/// of its own. **Cost** a call of the operating system for records that follow one another, or
/// nearly so; a copy and a checksum for each.
final class ScratchFile implements AutoCloseable {

  /// Reading through a gap of this many bytes costs less than another call.
  private static final int GAP_BYTES = 4_096;

  private final String name;
  private final FileChannel channel;
  private final int recordFloats;
  private final int[] checksums;
  private final int gap;

  /// Moves one record between a buffer and where it is used.
  @FunctionalInterface
  interface Move {

    /// Moves the record of the number `ids[place]`.
    ///
    /// @param from its first float in `floats`
    void move(int place, FloatBuffer floats, int from);
  }

  /// @param name for messages
  /// @param channel an empty file, closed by this object
  ScratchFile(String name, FileChannel channel, int records, int recordFloats) {
    this.name = name;
    this.channel = channel;
    this.recordFloats = recordFloats;
    this.checksums = new int[records];
    this.gap = GAP_BYTES / (recordFloats * Float.BYTES);
  }

  /// An empty file.
  ///
  /// @param directory where it lies
  static ScratchFile create(Path directory, int records, int recordFloats) {
    try {
      return new ScratchFile(
          directory.toString(), UnnamedFile.open(directory), records, recordFloats);
    } catch (IOException e) {
      throw new NeuronStoreException(
          "%s: no scratch file for rows of labels could be made here: %s"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  RecordBuffer newBuffer() {
    return new RecordBuffer(recordFloats);
  }

  /// Writes records.
  ///
  /// @param ids numbers, ascending, at `[0, count)`
  /// @param source puts each into the buffer
  /// @return calls of the operating system
  int write(int[] ids, int count, RecordBuffer buffer, Move source) {
    int calls = 0;
    for (int begin = 0; begin < count; calls++) {
      int first = ids[begin];
      int end = begin;
      while (end < count && ids[end] - first == end - begin && end - begin < buffer.capacity()) {
        source.move(end, buffer.floats(), (end - begin) * recordFloats);
        checksums[ids[end]] = buffer.checksum(end - begin);
        end++;
      }
      transfer(first, end - begin, buffer, true);
      begin = end;
    }
    return calls;
  }

  /// Reads records.
  ///
  /// @param ids numbers, ascending, at `[0, count)`
  /// @param sink takes each out of the buffer
  /// @return calls of the operating system
  /// @throws DamagedPageException if a record is not what was written
  int read(int[] ids, int count, RecordBuffer buffer, Move sink) {
    int calls = 0;
    for (int begin = 0; begin < count; calls++) {
      int first = ids[begin];
      int end = begin + 1;
      while (end < count
          && ids[end] - ids[end - 1] <= gap + 1
          && ids[end] - first < buffer.capacity()) {
        end++;
      }
      transfer(first, ids[end - 1] - first + 1, buffer, false);
      for (; begin < end; begin++) {
        int place = ids[begin] - first;
        if (buffer.checksum(place) != checksums[ids[begin]]) {
          throw new DamagedPageException(
              name, ids[begin], "the scratch file has other bytes than were written");
        }
        sink.move(begin, buffer.floats(), place * recordFloats);
      }
    }
    return calls;
  }

  private void transfer(int first, int records, RecordBuffer buffer, boolean writes) {
    ByteBuffer bytes = buffer.bytes(records);
    long at = (long) first * recordFloats * Float.BYTES;
    try {
      while (bytes.hasRemaining()) {
        int moved = writes ? channel.write(bytes, at) : channel.read(bytes, at);
        if (moved < 0) {
          throw new DamagedPageException(name, first, "the scratch file became shorter");
        }
        at += moved;
      }
    } catch (IOException e) {
      throw new NeuronStoreException(
          String.format(
              Locale.ROOT,
              "%s: rows of labels could not be %s the scratch file of %,d bytes: %s",
              name,
              writes ? "written to" : "read from",
              (long) checksums.length * recordFloats * Float.BYTES,
              e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new NeuronStoreException(
          "%s: the scratch file could not be closed: %s".formatted(name, e.getMessage()), e);
    }
  }
}
