package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Blocks of examples in a file that lives as long as this object.
///
/// The file is written once, block after block, and then read by any number of readers, each with a
/// channel of its own. What is kept in memory is 28 bytes a block.
///
/// **Threads** Writing is confined; reading is safe afterwards.
final class SpillFile implements AutoCloseable {

  private final SpillDirectory directory;
  private final FileChannel channel;
  private final SpillBlock block = new SpillBlock();
  private long[] offsets = new long[16];
  private long[] firstExamples = new long[16];
  private int[] exampleCounts = new int[16];
  private int[] featureCounts = new int[16];
  private int[] labelCounts = new int[16];
  private int blockCount;
  private volatile boolean closed;

  private SpillFile(SpillDirectory directory) throws IOException {
    this.directory = directory;
    this.channel =
        FileChannel.open(
            directory.blocks(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Makes an empty file in a directory of its own.
  ///
  /// @param parent where that directory goes, made if missing
  static SpillFile create(Path parent) {
    try {
      SpillDirectory directory = SpillDirectory.create(parent);
      try {
        return new SpillFile(directory);
      } catch (IOException | RuntimeException | Error e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(parent + ": spilling failed: " + e.getMessage(), e);
    }
  }

  /// Appends the examples of a batch, whose ids are consecutive, as one block.
  void append(Batch batch) {
    if (blockCount + 1 == offsets.length) {
      int length = blockCount * 2;
      offsets = Arrays.copyOf(offsets, length);
      firstExamples = Arrays.copyOf(firstExamples, length);
      exampleCounts = Arrays.copyOf(exampleCounts, length);
      featureCounts = Arrays.copyOf(featureCounts, length);
      labelCounts = Arrays.copyOf(labelCounts, length);
    }
    try {
      ByteBuffer bytes = block.encode(batch);
      long length = bytes.remaining();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      firstExamples[blockCount] = batch.exampleIds()[0];
      exampleCounts[blockCount] = batch.exampleCount();
      featureCounts[blockCount] = batch.featureCount();
      labelCounts[blockCount] = batch.labelCount();
      offsets[blockCount + 1] = offsets[blockCount] + length;
      blockCount++;
    } catch (IOException e) {
      throw new UncheckedIOException(name() + ": spilling failed: " + e.getMessage(), e);
    }
  }

  /// Releases what only writing needs.
  void endWriting() {
    block.clear();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name() + ": spilling failed: " + e.getMessage(), e);
    }
  }

  /// Blocks written.
  int blockCount() {
    return blockCount;
  }

  /// The id of a block's first example.
  long firstExample(int index) {
    return firstExamples[index];
  }

  /// Examples in a block.
  int exampleCount(int index) {
    return exampleCounts[index];
  }

  /// Features in a block.
  int featureCount(int index) {
    return featureCounts[index];
  }

  /// Labels in a block.
  int labelCount(int index) {
    return labelCounts[index];
  }

  /// Memory that the examples of a block take in a batch.
  long batchBytes(int index) {
    return 8L * featureCounts[index] + 4L * labelCounts[index] + 16L * exampleCounts[index];
  }

  /// A reader with a channel of its own.
  ///
  /// @throws IllegalStateException if the file is closed
  BlockReader reader() {
    if (closed) {
      throw new IllegalStateException("examples that are open were expected, closed ones came");
    }
    try {
      return new BlockReader();
    } catch (IOException e) {
      throw new UncheckedIOException(name() + ": opening failed: " + e.getMessage(), e);
    }
  }

  private String name() {
    return directory.blocks().toString();
  }

  /// Deletes the file.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try (directory) {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(name() + ": deleting failed: " + e.getMessage(), e);
      }
    }
  }

  /// Reads blocks in any order.
  ///
  /// **Threads** Confined.
  final class BlockReader implements AutoCloseable {

    private final FileChannel source;
    private final SpillBlock decoder = new SpillBlock();

    private BlockReader() throws IOException {
      source = FileChannel.open(directory.blocks(), StandardOpenOption.READ);
    }

    /// Appends the examples of a block to a batch.
    ///
    /// @throws org.fovea.MalformedDataException if the block is not as it was written
    void read(int index, Batch batch) {
      try {
        int length = (int) (offsets[index + 1] - offsets[index]);
        ByteBuffer bytes = decoder.emptied(length);
        while (bytes.hasRemaining()) {
          if (source.read(bytes, offsets[index] + bytes.position()) < 0) {
            break;
          }
        }
        decoder.decode(name(), offsets[index], firstExamples[index], batch);
      } catch (IOException e) {
        throw new UncheckedIOException(name() + ": reading failed: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      try {
        source.close();
      } catch (IOException e) {
        throw new UncheckedIOException(name() + ": closing failed: " + e.getMessage(), e);
      }
    }
  }
}
