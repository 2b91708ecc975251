package org.fovea.kernel;

/// How many neighbouring units all rows of a product pass over before they go on to the next: a
/// *cell*.
///
/// Activations of a layer that is wider than that are read from a third-level cache again and
/// again; those of a cell stay near. But each cell costs every row a search, and its sums a way to
/// memory and back, so rows need enough connections in it. The rules decide about speed, never
/// about bits.
///
/// @param floats of the activations of a cell, if rows have enough connections in it
/// @param mostFloats where a cell must be larger than this, all units are one cell
/// @param forward connections of a row that a cell of the forward product needs on average
/// @param backward the same for the product with the transpose
/// @param gradients the same for a row and the gradients of connections
/// @param reads how often those must read a unit of a cell on average
record SparseCells(
    int floats, int mostFloats, int forward, int backward, int gradients, int reads) {

  /// Measured on a layer of 4,096 and one of 20,000 units at batch 128, with 1 to 20 % of the
  /// places, on Zen 4 (second-level cache of 1 MiB).
  static final SparseCells MEASURED = new SparseCells(1 << 18, 1 << 19, 128, 8, 16, 8);

  /// Columns of a cell of the forward product; all if there had better be one.
  ///
  /// @param width floats of a unit that are read
  /// @param count connections of the rows
  int forward(int columns, int width, long count, int rows) {
    return cell(columns, width, forward, count, rows);
  }

  /// Columns of a cell of the product with the transpose.
  int backward(int columns, int width, long count, int rows) {
    return cell(columns, width, backward, count, rows);
  }

  /// Columns of a cell of the gradients of connections.
  int gradients(int columns, int width, long count, int rows) {
    return count < (long) reads * columns ? columns : cell(columns, width, gradients, count, rows);
  }

  private int cell(int units, int width, int least, long count, int rows) {
    if (width <= UnitBlock.NARROW) {
      return units;
    }
    long cell = Math.max(1, floats / width);
    while (cell < units && count * cell < (long) least * rows * units) {
      cell *= 2;
    }
    return cell >= units || cell * width > mostFloats ? units : (int) cell;
  }
}
