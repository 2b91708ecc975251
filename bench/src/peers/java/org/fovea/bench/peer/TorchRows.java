package org.fovea.bench.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/// A parameter matrix in libtorch with one accumulator of squared gradients for each row.
///
/// **Threads** confined.
final class TorchRows {

  private final NDArray values;
  private final NDArray squares;
  private boolean hasGradient;

  TorchRows(NDArray values, float initial) {
    this.values = values;
    this.squares = values.getManager().full(new Shape(values.getShape().get(0), 1), initial);
  }

  /// A copy of some rows, owned by the manager of the ids.
  NDArray gather(NDArray ids) {
    NDArray rows = values.get(new NDIndex("{}", ids));
    rows.attach(ids.getManager());
    return rows;
  }

  /// A copy of all rows.
  NDArray copy(NDManager own) {
    NDArray copy = values.duplicate();
    copy.attach(own);
    return copy;
  }

  /// The matrix itself, for autograd.
  NDArray leaf() {
    if (!hasGradient) {
      values.setRequiresGradient(true);
      hasGradient = true;
    }
    return values;
  }

  /// Steps gathered rows and writes them back.
  void step(NDArray ids, NDArray rows, float rate) {
    NDArray gradient = rows.getGradient();
    NDIndex index = new NDIndex("{}", ids);
    NDArray sum = squares.get(index);
    sum.attach(ids.getManager());
    sum.addi(gradient.square().mean(new int[] {1}, true));
    squares.set(index, sum);
    NDArray next = rows.sub(gradient.mul(rate).div(sum.sqrt()));
    values.set(index, next);
  }

  /// Steps a copy of all rows and writes it back.
  void stepAll(NDArray copy, float rate) {
    NDArray gradient = copy.getGradient();
    squares.addi(gradient.square().mean(new int[] {1}, true));
    values.subi(gradient.mul(rate).div(squares.sqrt()));
  }

  /// Steps the matrix in place by its own gradient, and clears that.
  void stepInPlace(float rate) {
    try (NDManager own = values.getManager().newSubManager()) {
      NDArray gradient = values.getGradient();
      gradient.attach(own);
      NDArray mean = gradient.square().mean(new int[] {1}, true);
      mean.attach(own);
      squares.addi(mean);
      NDArray roots = squares.sqrt();
      roots.attach(own);
      gradient.muli(roots.pow(-1).mul(rate));
      values.subi(gradient);
      gradient.subi(gradient);
    }
  }
}
