package org.fovea.model.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SequencedMap;
import org.fovea.MalformedDataException;

/// A `safetensors` file that is open for reading, its header checked in full.
///
/// **Errors** [MalformedDataException] with the offset for whatever breaks the format,
/// `UncheckedIOException` when reading fails.
///
/// **Cost** opening reads the header alone: at most 16 MiB, and never more than the file has.
public final class SafetensorsFile implements Closeable {

  private final String name;
  private final FileChannel channel;
  private final HeaderParser.Header header;

  private SafetensorsFile(String name, FileChannel channel, HeaderParser.Header header) {
    this.name = name;
    this.channel = channel;
    this.header = header;
  }

  /// Opens a file.
  public static SafetensorsFile open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return open(channel, path.toString());
      } catch (RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens a file through a channel, which closes with the result.
  ///
  /// @param name what messages call the file
  public static SafetensorsFile open(FileChannel channel, String name) {
    return open(channel, name, HeaderLimits.STANDARD);
  }

  static SafetensorsFile open(FileChannel channel, String name, HeaderLimits limits) {
    try {
      return new SafetensorsFile(name, channel, readHeader(channel, name, limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HeaderParser.Header readHeader(
      FileChannel channel, String name, HeaderLimits limits) throws IOException {
    long fileLength = channel.size();
    if (fileLength < Long.BYTES) {
      throw new MalformedDataException(
          name, fileLength, "the file ends within the 8 bytes of the header's length");
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, name, prefix, 0);
    long length = prefix.flip().getLong();
    if (length < 0 || length > limits.headerBytes()) {
      throw new MalformedDataException(
          name,
          0,
          "the header has %s bytes, more than %s"
              .formatted(Long.toUnsignedString(length), limits.headerBytes()));
    }
    if (length > fileLength - Long.BYTES) {
      throw new MalformedDataException(
          name,
          fileLength,
          "the header has %s bytes, but the file ends after %s of them"
              .formatted(length, fileLength - Long.BYTES));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    readFully(channel, name, json, Long.BYTES);
    return HeaderParser.parse(name, limits, json.array(), fileLength);
  }

  /// The tensors by name, in the order of their data; unmodifiable.
  public SequencedMap<String, TensorInfo> tensors() {
    return header.tensors();
  }

  /// Texts that describe the file.
  public SequencedMap<String, String> metadata() {
    return header.metadata();
  }

  /// Starts to read a tensor.
  ///
  /// @throws MalformedDataException if the file has no tensor of that name
  public TensorSource source(String tensor) {
    TensorInfo info = header.tensors().get(tensor);
    if (info == null) {
      throw new MalformedDataException(name, 0, "there is no tensor " + tensor);
    }
    return new TensorSource(name, channel, info);
  }

  /// Maps the bytes of a tensor into memory, for reading.
  ///
  /// @param arena the mapping ends with it; the file may be closed before
  /// @throws MalformedDataException if the file has no tensor of that name
  public MemorySegment map(String tensor, Arena arena) {
    TensorInfo info = source(tensor).info();
    try {
      return channel.map(
          FileChannel.MapMode.READ_ONLY, info.begin(), info.end() - info.begin(), arena);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": it cannot be mapped: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fills a buffer from a place of a file.
  static void readFully(FileChannel channel, String name, ByteBuffer buffer, long offset)
      throws IOException {
    long position = offset;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position);
      if (count < 0) {
        throw new MalformedDataException(name, position, "the file ends early");
      }
      position += count;
    }
  }
}
