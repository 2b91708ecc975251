package org.fovea.kernel;

/// The kernels with SIMD; one package-private class for each family.
///
/// A product's bits depend neither on the split into rows nor on the vector width; other sums
/// depend on the width alone. Gathering rows is a copy, and sparse dot products are faster without
/// SIMD gathers (see `docs/kernels.md`): both are the readable definition.
public final class VectorKernels implements Kernels {

  private static final VectorSparse SPARSE = new VectorSparse(SparseCells.MEASURED);
  private static final ScalarKernels SCALAR = new ScalarKernels();

  /// The kernels; they have no state.
  public VectorKernels() {}

  @Override
  public void multiply(Block a, Block b, Block c, boolean accumulate) {
    assert a.rows() == c.rows() && a.columns() == b.rows() && b.columns() == c.columns();
    VectorProducts.multiply(a, false, b, c, accumulate, 0, c.rows());
  }

  @Override
  public void multiplyTransposed(Block a, Block b, Block c, boolean accumulate) {
    assert a.columns() == c.rows() && a.rows() == b.rows() && b.columns() == c.columns();
    VectorProducts.multiply(a, true, b, c, accumulate, 0, c.rows());
  }

  @Override
  public void multiplyRows(Block a, Block b, Block c, boolean accumulate, int from, int to) {
    assert a.rows() == c.rows() && a.columns() == b.rows() && b.columns() == c.columns();
    VectorProducts.multiply(a, false, b, c, accumulate, from, to);
  }

  @Override
  public void multiplyTransposedRows(
      Block a, Block b, Block c, boolean accumulate, int from, int to) {
    assert a.columns() == c.rows() && a.rows() == b.rows() && b.columns() == c.columns();
    VectorProducts.multiply(a, true, b, c, accumulate, from, to);
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum) {
    VectorExponentials.softmaxColumns(z, logSum, 0, z.stride());
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum, int from, int to) {
    VectorExponentials.softmaxColumns(z, logSum, from, to);
  }

  @Override
  public float softmax(float[] z, int from, int to) {
    return VectorExponentials.softmax(z, from, to);
  }

  @Override
  public double sigmoid(float[] z, int from, int to) {
    return VectorExponentials.sigmoid(z, from, to);
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return VectorSums.dot(a, aFrom, b, bFrom, n);
  }

  @Override
  public void addScaled(float scale, float[] x, int xFrom, float[] y, int yFrom, int n) {
    VectorSums.addScaled(scale, x, xFrom, y, yFrom, n);
  }

  @Override
  public float squaredNorm(float[] x, int from, int n) {
    return VectorSums.dot(x, from, x, from, n);
  }

  @Override
  public void addRows(
      RowMatrix matrix, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    VectorRows.addRows(matrix, rows, scales, from, to, out, outFrom);
  }

  @Override
  public void addRows(
      Block block, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    VectorRows.addRows(block, rows, scales, from, to, out, outFrom);
  }

  @Override
  public void addRowsSparse(
      RowMatrix matrix,
      int[] rows,
      float[] scales,
      int from,
      int to,
      int[] indices,
      int sparseFrom,
      int sparseTo,
      float[] out) {
    SCALAR.addRowsSparse(matrix, rows, scales, from, to, indices, sparseFrom, sparseTo, out);
  }

  @Override
  public void dotRows(
      RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out) {
    VectorRows.dotRows(matrix, rows, from, to, x, xFrom, out);
  }

  @Override
  public void dotRowsSparse(
      RowMatrix matrix,
      int[] rows,
      int from,
      int to,
      int[] indices,
      float[] values,
      int sparseFrom,
      int sparseTo,
      float[] out) {
    VectorRows.dotRowsSparse(matrix, rows, from, to, indices, values, sparseFrom, sparseTo, out);
  }

  @Override
  public void gatherRows(RowMatrix matrix, int[] rows, int from, int to, Block block) {
    SCALAR.gatherRows(matrix, rows, from, to, block);
  }

  @Override
  public void descend(float[] w, int wFrom, float[] g, int gFrom, int n, float rate) {
    VectorUpdates.descend(w, wFrom, g, gFrom, n, rate);
  }

  @Override
  public void momentum(
      float[] w,
      float[] m,
      int wFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float decay,
      boolean nesterov) {
    VectorUpdates.momentum(w, m, wFrom, g, gFrom, n, rate, decay, nesterov);
  }

  @Override
  public void adagrad(
      float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon) {
    VectorUpdates.adagrad(w, s, wFrom, g, gFrom, n, rate, epsilon);
  }

  @Override
  public void adam(
      float[] w,
      float[] m,
      float[] v,
      int wFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon) {
    VectorUpdates.adam(w, m, v, wFrom, g, gFrom, n, rate, beta1, beta2, epsilon);
  }

  @Override
  public void multiplySparse(
      SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to, SparseScratch scratch) {
    if (VectorExpanded.isForwardFaster(w.pattern(), x.stride())) {
      VectorExpanded.multiply(w, x, y, from, to, scratch);
    } else {
      SPARSE.multiply(w, x, y, from, to, scratch);
    }
  }

  @Override
  public void multiplySparse(SparseMatrix w, SparseUnits x, UnitBlock y, int from, int to) {
    ScalarSparse.multiply(w, x, y, from, to);
  }

  @Override
  public void multiplySparseTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    if (VectorExpanded.isBackwardFaster(w.pattern(), y.stride())) {
      VectorExpanded.multiplyTransposed(w, y, x, from, to, scratch);
    } else {
      SPARSE.multiplyTransposed(w, y, x, from, to, scratch);
    }
  }

  @Override
  public void sparseGradients(
      SparsePattern pattern,
      UnitBlock dy,
      UnitBlock x,
      long from,
      long to,
      float[] out,
      SparseScratch scratch) {
    SPARSE.gradients(pattern, dy, x, from, to, out, scratch);
  }

  @Override
  public void sparseGradients(
      SparsePattern pattern, UnitBlock dy, SparseUnits x, long from, long to, float[] out) {
    ScalarSparse.gradients(pattern, dy, x, from, to, out);
  }

  @Override
  public void rectify(float[] z, int from, int n, float slope) {
    VectorUnits.rectify(z, from, n, slope);
  }

  @Override
  public void rectifyGradient(float[] z, int zFrom, float[] g, int gFrom, int n, float slope) {
    VectorUnits.rectifyGradient(z, zFrom, g, gFrom, n, slope);
  }

  @Override
  public void keep(float[] x, int from, int n, long[] bits, int bitsFrom, float scale) {
    VectorUnits.keep(x, from, n, bits, bitsFrom, scale);
  }
}
