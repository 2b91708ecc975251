package org.fovea.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.zip.CRC32C;
import org.fovea.MalformedDataException;

/// The bytes of a block of examples.
///
/// A block is a row of 32-bit little-endian numbers: a mark; the CRC-32C of everything after it;
/// the number of examples, of labels, of features; the sum of 1 if all values are 1 and are left
/// out and of 2 if examples have weights other than 1; then the label offsets and feature offsets
/// (one for each example, where it ends), the labels, the features, the bits of the values, the
/// bits of the weights.
///
/// **Threads** Confined. **Cost** One buffer, reused.
final class SpillBlock {

  private static final int MARK = 0x4b4c4246;
  private static final int HEADER_INTS = 6;
  private static final int CHECKED_FROM = 8;
  private static final int ALL_ONE = 1;
  private static final int WEIGHTED = 2;

  private final CRC32C checksum = new CRC32C();
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  /// The bytes of a batch, to be written before the next call.
  ByteBuffer encode(Batch batch) {
    int examples = batch.exampleCount();
    int labels = batch.labelCount();
    int features = batch.featureCount();
    boolean allOne = Chunk.isAllOne(batch);
    boolean weighted = batch.isWeighted();
    long length =
        4L
            * (HEADER_INTS
                + (weighted ? 3L : 2L) * examples
                + labels
                + (allOne ? 1L : 2L) * features);
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "a block of less than 2^31 bytes was expected, one of " + length + " came");
    }
    IntBuffer ints = emptied((int) length).asIntBuffer();
    ints.put(MARK).put(0).put(examples).put(labels).put(features);
    ints.put((allOne ? ALL_ONE : 0) + (weighted ? WEIGHTED : 0));
    ints.put(batch.labelOffsets(), 1, examples).put(batch.featureOffsets(), 1, examples);
    ints.put(batch.labels(), 0, labels).put(batch.features(), 0, features);
    FloatBuffer floats =
        bytes
            .slice(4 * ints.position(), 4 * ints.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    if (!allOne) {
      floats.put(batch.values(), 0, features);
    }
    if (weighted) {
      floats.put(batch.weights(), 0, examples);
    }
    bytes.putInt(4, checksum());
    return bytes;
  }

  /// The buffer, to be filled with `length` bytes.
  ByteBuffer emptied(int length) {
    if (bytes.capacity() < length) {
      bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
    return bytes.clear().limit(length);
  }

  /// Appends the block that the buffer was filled with to a batch.
  ///
  /// @param file what messages call the file
  /// @param offset where in the file the block begins
  /// @param firstExample the id of its first example
  /// @throws MalformedDataException if the bytes are not those that were written
  void decode(String file, long offset, long firstExample, Batch batch) {
    if (bytes.hasRemaining()) {
      throw new MalformedDataException(
          file,
          offset + bytes.position(),
          "a block of " + bytes.limit() + " bytes was expected, the end of the file came");
    }
    bytes.rewind();
    if (bytes.getInt(0) != MARK || bytes.getInt(4) != checksum()) {
      throw new MalformedDataException(
          file, offset, "a block with its checksum was expected, other bytes came");
    }
    int examples = bytes.getInt(8);
    int labels = bytes.getInt(12);
    int features = bytes.getInt(16);
    boolean allOne = (bytes.getInt(20) & ALL_ONE) != 0;
    boolean weighted = (bytes.getInt(20) & WEIGHTED) != 0;
    int labelEnds = 4 * HEADER_INTS;
    int featureEnds = labelEnds + 4 * examples;
    int labelsAt = featureEnds + 4 * examples;
    int featuresAt = labelsAt + 4 * labels;
    int weightsAt = featuresAt + (allOne ? 4 : 8) * features;
    int labelsDone = 0;
    int featuresDone = 0;
    for (int i = 0; i < examples; i++) {
      int labelEnd = bytes.getInt(labelEnds + 4 * i);
      int featureEnd = bytes.getInt(featureEnds + 4 * i);
      for (int at = labelsDone; at < labelEnd; at++) {
        batch.addLabel(bytes.getInt(labelsAt + 4 * at));
      }
      for (int at = featuresDone; at < featureEnd; at++) {
        int place = featuresAt + 4 * at;
        batch.addFeature(bytes.getInt(place), allOne ? 1f : bytes.getFloat(place + 4 * features));
      }
      labelsDone = labelEnd;
      featuresDone = featureEnd;
      float weight = weighted ? bytes.getFloat(weightsAt + 4 * i) : 1f;
      batch.endExample(firstExample + i, weight);
    }
  }

  /// Lets go of the buffer.
  void clear() {
    bytes = ByteBuffer.allocate(0);
  }

  private int checksum() {
    checksum.reset();
    checksum.update(bytes.array(), CHECKED_FROM, bytes.limit() - CHECKED_FROM);
    return (int) checksum.getValue();
  }
}
