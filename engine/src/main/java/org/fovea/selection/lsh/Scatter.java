package org.fovea.selection.lsh;

/// A scattered order of the rows that needs no memory: steps of one length around a circle.
///
/// @param rows number of rows
/// @param first where it begins
/// @param step relatively prime to `rows`, so that every row is met once
record Scatter(int rows, int first, int step) {

  /// An order that a seed chooses; the step is near the golden section of the circle.
  static Scatter of(int rows, long seed) {
    int first = (int) Long.remainderUnsigned(Mixing.mix(seed, 1), rows);
    int step = Math.max(1, (int) (rows * 0.6180339887498949));
    while (greatestCommonDivisor(step, rows) != 1) {
      step++;
    }
    return new Scatter(rows, first, step);
  }

  /// The row that follows a row.
  int after(int row) {
    long next = (long) row + step;
    return (int) (next >= rows ? next - rows : next);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
