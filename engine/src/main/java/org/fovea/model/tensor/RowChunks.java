package org.fovea.model.tensor;

import org.fovea.kernel.RowMatrix;

/// A matrix kept as chunks of padded rows: how a matrix larger than one array meets the dense
/// `[rows, columns]` tensor that is stored.
///
/// Row `r` begins at `first + (r % rowsPerChunk) * rowStride` of chunk `r / rowsPerChunk`. The
/// padding between `columns` and `rowStride` is neither stored nor touched.
///
/// @param chunks owned by the caller; read when written, filled when read
/// @param first position of the first row in each chunk
/// @param rowsPerChunk rows in every chunk but the last
/// @param rowStride distance between the starts of two rows of a chunk
/// @param rows number of rows
/// @param columns number of columns, without the padding
public record RowChunks(
    float[][] chunks, int first, int rowsPerChunk, int rowStride, long rows, int columns) {

  public RowChunks {
    if (rowsPerChunk < 1 || first < 0 || rows < 0 || columns < 0 || rowStride < columns) {
      throw new IllegalArgumentException(
          "rows in chunks need a positive number of rows per chunk, not %s, and a stride of at"
                  .formatted(rowsPerChunk)
              + " least the %s columns, not %s, for %s rows".formatted(columns, rowStride, rows));
    }
    long needed = rows / rowsPerChunk + (rows % rowsPerChunk == 0 ? 0 : 1);
    if (chunks.length < needed) {
      throw new IllegalArgumentException(
          "%s rows need %s chunks, not %s".formatted(rows, needed, chunks.length));
    }
    for (int chunk = 0; chunk < needed; chunk++) {
      long count = Math.min(rowsPerChunk, rows - (long) chunk * rowsPerChunk);
      if (chunks[chunk].length < first + (count - 1) * rowStride + columns) {
        throw new IllegalArgumentException(
            "chunk %s has %s floats, too few for %s rows of stride %s"
                .formatted(chunk, chunks[chunk].length, count, rowStride));
      }
    }
  }

  /// The rows of a matrix, without a copy.
  public static RowChunks of(RowMatrix matrix) {
    return new RowChunks(
        matrix.chunks(),
        matrix.first(),
        1 << matrix.shift(),
        matrix.stride(),
        matrix.rows(),
        matrix.columns());
  }

  /// The rows as a tensor of shape `[rows, columns]`.
  public TensorData named(String name) {
    return Tensors.of(name, ElementType.FLOAT32, new long[] {rows, columns}, this::write);
  }

  /// Fills the rows from a tensor.
  ///
  /// @throws org.fovea.MalformedDataException if its shape is not `[rows, columns]`
  public void fill(TensorSource source) {
    source.requireShape(rows, columns);
    for (int chunk = 0; (long) chunk * rowsPerChunk < rows; chunk++) {
      int count = rowCount(chunk);
      if (rowStride == columns) {
        source.floats(chunks[chunk], first, count * columns);
        continue;
      }
      for (int row = 0; row < count; row++) {
        source.floats(chunks[chunk], first + row * rowStride, columns);
      }
    }
  }

  private void write(TensorSink sink) {
    for (int chunk = 0; (long) chunk * rowsPerChunk < rows; chunk++) {
      int count = rowCount(chunk);
      if (rowStride == columns) {
        sink.floats(chunks[chunk], first, count * columns);
        continue;
      }
      for (int row = 0; row < count; row++) {
        sink.floats(chunks[chunk], first + row * rowStride, columns);
      }
    }
  }

  private int rowCount(int chunk) {
    return (int) Math.min(rowsPerChunk, rows - (long) chunk * rowsPerChunk);
  }
}
