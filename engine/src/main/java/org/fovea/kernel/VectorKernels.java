package org.fovea.kernel;

/// The kernels with SIMD; one package-private class for each family.
public final class VectorKernels implements Kernels {

  private final ScalarKernels scalar = new ScalarKernels();

  /// The kernels; they have no state.
  public VectorKernels() {}

  /// The vector width, in words, for the log.
  String description() {
    return "vector kernels of " + Simd.FLOATS.vectorBitSize() + " bits";
  }

  @Override
  public void multiply(Block a, Block b, Block c, boolean accumulate) {
    scalar.multiply(a, b, c, accumulate);
  }

  @Override
  public void multiplyTransposed(Block a, Block b, Block c, boolean accumulate) {
    scalar.multiplyTransposed(a, b, c, accumulate);
  }

  @Override
  public void multiplyRows(Block a, Block b, Block c, boolean accumulate, int from, int to) {
    scalar.multiplyRows(a, b, c, accumulate, from, to);
  }

  @Override
  public void multiplyTransposedRows(Block a, Block b, Block c, boolean accumulate, int from, int to) {
    scalar.multiplyTransposedRows(a, b, c, accumulate, from, to);
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum) {
    scalar.softmaxColumns(z, logSum);
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum, int from, int to) {
    scalar.softmaxColumns(z, logSum, from, to);
  }

  @Override
  public float softmax(float[] z, int from, int to) {
    return scalar.softmax(z, from, to);
  }

  @Override
  public double sigmoid(float[] z, int from, int to) {
    return scalar.sigmoid(z, from, to);
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return scalar.dot(a, aFrom, b, bFrom, n);
  }

  @Override
  public void addScaled(float scale, float[] x, int xFrom, float[] y, int yFrom, int n) {
    scalar.addScaled(scale, x, xFrom, y, yFrom, n);
  }

  @Override
  public float squaredNorm(float[] x, int from, int n) {
    return scalar.squaredNorm(x, from, n);
  }

  @Override
  public void addRows(RowMatrix matrix, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    scalar.addRows(matrix, rows, scales, from, to, out, outFrom);
  }

  @Override
  public void dotRows(RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out) {
    scalar.dotRows(matrix, rows, from, to, x, xFrom, out);
  }

  @Override
  public void dotRowsSparse(RowMatrix matrix, int[] rows, int from, int to, int[] indices, float[] values, int sparseFrom, int sparseTo, float[] out) {
    scalar.dotRowsSparse(matrix, rows, from, to, indices, values, sparseFrom, sparseTo, out);
  }

  @Override
  public void gatherRows(RowMatrix matrix, int[] rows, int from, int to, Block block) {
    scalar.gatherRows(matrix, rows, from, to, block);
  }

  @Override
  public void descend(float[] w, int wFrom, float[] g, int gFrom, int n, float rate) {
    scalar.descend(w, wFrom, g, gFrom, n, rate);
  }

  @Override
  public void momentum(float[] w, float[] m, int wFrom, float[] g, int gFrom, int n, float rate, float decay, boolean nesterov) {
    scalar.momentum(w, m, wFrom, g, gFrom, n, rate, decay, nesterov);
  }

  @Override
  public void adagrad(float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon) {
    scalar.adagrad(w, s, wFrom, g, gFrom, n, rate, epsilon);
  }

  @Override
  public void adam(float[] w, float[] m, float[] v, int wFrom, float[] g, int gFrom, int n, float rate, float beta1, float beta2, float epsilon) {
    scalar.adam(w, m, v, wFrom, g, gFrom, n, rate, beta1, beta2, epsilon);
  }
}
