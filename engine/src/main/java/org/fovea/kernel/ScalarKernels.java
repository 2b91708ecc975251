package org.fovea.kernel;

import java.util.Arrays;

/// The readable definition of every kernel, and what runs where the Vector API is missing.
///
/// Each sum is taken in ascending order of its index, in float, without fused multiply-add; with
/// `StrictMath` for the rest. So one thread gives the same bits on every machine.
public final class ScalarKernels implements Kernels {

  /// The kernels; they have no state.
  public ScalarKernels() {}

  @Override
  public void multiply(Block a, Block b, Block c, boolean accumulate) {
    multiplyRows(a, b, c, accumulate, 0, c.rows());
  }

  @Override
  public void multiplyTransposed(Block a, Block b, Block c, boolean accumulate) {
    multiplyTransposedRows(a, b, c, accumulate, 0, c.rows());
  }

  @Override
  public void multiplyRows(Block a, Block b, Block c, boolean accumulate, int from, int to) {
    assert a.rows() == c.rows() && a.columns() == b.rows() && b.columns() == c.columns();
    for (int i = from; i < to; i++) {
      if (!accumulate) {
        c.clearRows(i, i + 1);
      }
      for (int l = 0; l < a.columns(); l++) {
        addRow(a.at(i, l), b, l, c, i);
      }
    }
  }

  @Override
  public void multiplyTransposedRows(
      Block a, Block b, Block c, boolean accumulate, int from, int to) {
    assert a.columns() == c.rows() && a.rows() == b.rows() && b.columns() == c.columns();
    for (int i = from; i < to; i++) {
      if (!accumulate) {
        c.clearRows(i, i + 1);
      }
      for (int l = 0; l < a.rows(); l++) {
        addRow(a.at(l, i), b, l, c, i);
      }
    }
  }

  /// `c[i] += scale * b[l]`, padding included.
  private void addRow(float scale, Block b, int l, Block c, int i) {
    addScaled(scale, b.data(), b.offset(l), c.data(), c.offset(i), c.stride());
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum) {
    softmaxColumns(z, logSum, 0, z.stride());
  }

  @Override
  public void softmaxColumns(Block z, float[] logSum, int from, int to) {
    float[] data = z.data();
    int stride = z.stride();
    int end = z.rows() * stride;
    for (int e = from; e < to; e++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int p = e; p < end; p += stride) {
        max = Math.max(max, data[p]);
      }
      float sum = 0f;
      for (int p = e; p < end; p += stride) {
        data[p] = exp(data[p] - max);
        sum += data[p];
      }
      float scale = 1f / sum;
      for (int p = e; p < end; p += stride) {
        data[p] = Subnormals.flush(data[p] * scale);
      }
      logSum[e] = max + (float) StrictMath.log(sum);
    }
  }

  @Override
  public float softmax(float[] z, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, z[i]);
    }
    float sum = 0f;
    for (int i = from; i < to; i++) {
      z[i] = exp(z[i] - max);
      sum += z[i];
    }
    float scale = 1f / sum;
    for (int i = from; i < to; i++) {
      z[i] = Subnormals.flush(z[i] * scale);
    }
    return max + (float) StrictMath.log(sum);
  }

  @Override
  public double sigmoid(float[] z, int from, int to) {
    double softplus = 0;
    for (int i = from; i < to; i++) {
      double decay = StrictMath.exp(-Math.abs((double) z[i]));
      softplus += Math.max(z[i], 0f) + StrictMath.log1p(decay);
      z[i] = Subnormals.flush((float) ((z[i] < 0 ? decay : 1) / (1 + decay)));
    }
    return softplus;
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    float sum = 0f;
    for (int i = 0; i < n; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  public void addScaled(float scale, float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] += scale * x[xFrom + i];
    }
  }

  @Override
  public float squaredNorm(float[] x, int from, int n) {
    return dot(x, from, x, from, n);
  }

  @Override
  public void addRows(
      RowMatrix matrix, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    for (int i = from; i < to; i++) {
      int row = rows[i];
      addScaled(scales[i], matrix.chunk(row), matrix.offset(row), out, outFrom, matrix.columns());
    }
  }

  @Override
  public void addRows(
      Block block, int[] rows, float[] scales, int from, int to, float[] out, int outFrom) {
    for (int i = from; i < to; i++) {
      addScaled(scales[i], block.data(), block.offset(rows[i]), out, outFrom, block.stride());
    }
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
    for (int i = from; i < to; i++) {
      float[] chunk = matrix.chunk(rows[i]);
      int offset = matrix.offset(rows[i]);
      float scale = scales[i];
      for (int j = sparseFrom; j < sparseTo; j++) {
        out[j] += scale * chunk[offset + indices[j]];
      }
    }
  }

  @Override
  public void dotRows(
      RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out) {
    for (int i = from; i < to; i++) {
      out[i] = dot(matrix.chunk(rows[i]), matrix.offset(rows[i]), x, xFrom, matrix.columns());
    }
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
    for (int i = from; i < to; i++) {
      float[] chunk = matrix.chunk(rows[i]);
      int offset = matrix.offset(rows[i]);
      float sum = 0f;
      for (int j = sparseFrom; j < sparseTo; j++) {
        sum += values[j] * chunk[offset + indices[j]];
      }
      out[i] = sum;
    }
  }

  @Override
  public void gatherRows(RowMatrix matrix, int[] rows, int from, int to, Block block) {
    assert block.rows() == to - from && block.columns() == matrix.columns();
    float[] data = block.data();
    int columns = matrix.columns();
    for (int i = from; i < to; i++) {
      int sink = block.offset(i - from);
      System.arraycopy(matrix.chunk(rows[i]), matrix.offset(rows[i]), data, sink, columns);
      Arrays.fill(data, sink + columns, sink + block.stride(), 0f);
    }
  }

  @Override
  public void descend(float[] w, int wFrom, float[] g, int gFrom, int n, float rate) {
    for (int i = 0; i < n; i++) {
      w[wFrom + i] = Subnormals.flush(w[wFrom + i] - rate * g[gFrom + i]);
    }
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
    for (int i = 0; i < n; i++) {
      int p = wFrom + i;
      float gradient = g[gFrom + i];
      m[p] = Subnormals.flush(decay * m[p] + gradient);
      float step = nesterov ? gradient + decay * m[p] : m[p];
      w[p] = Subnormals.flush(w[p] - rate * step);
    }
  }

  @Override
  public void adagrad(
      float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon) {
    for (int i = 0; i < n; i++) {
      int p = wFrom + i;
      float gradient = g[gFrom + i];
      s[p] = Subnormals.flush(s[p] + gradient * gradient);
      float root = (float) Math.sqrt(s[p]);
      w[p] = Subnormals.flush(w[p] - rate * gradient / (root + epsilon));
    }
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
    for (int i = 0; i < n; i++) {
      int p = wFrom + i;
      float gradient = g[gFrom + i];
      m[p] = Subnormals.flush(m[p] + (1 - beta1) * (gradient - m[p]));
      v[p] = Subnormals.flush(v[p] + (1 - beta2) * (gradient * gradient - v[p]));
      float root = (float) Math.sqrt(v[p]);
      w[p] = Subnormals.flush(w[p] - rate * m[p] / (root + epsilon));
    }
  }

  @Override
  public void multiplySparse(
      SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to, SparseScratch scratch) {
    ScalarSparse.multiply(w, x, y, from, to);
  }

  @Override
  public void multiplySparse(SparseMatrix w, SparseUnits x, UnitBlock y, int from, int to) {
    ScalarSparse.multiply(w, x, y, from, to);
  }

  @Override
  public void multiplySparseTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch) {
    ScalarSparse.multiplyTransposed(w, y, x, from, to);
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
    ScalarSparse.gradients(pattern, dy, x, from, to, out);
  }

  @Override
  public void sparseGradients(
      SparsePattern pattern, UnitBlock dy, SparseUnits x, long from, long to, float[] out) {
    ScalarSparse.gradients(pattern, dy, x, from, to, out);
  }

  @Override
  public void rectify(float[] z, int from, int n, float slope) {
    for (int i = from; i < from + n; i++) {
      z[i] = z[i] > 0 ? z[i] : slope * z[i];
    }
  }

  @Override
  public void rectifyGradient(float[] z, int zFrom, float[] g, int gFrom, int n, float slope) {
    for (int i = 0; i < n; i++) {
      g[gFrom + i] *= z[zFrom + i] > 0 ? 1f : slope;
    }
  }

  @Override
  public void keep(float[] x, int from, int n, long[] bits, int bitsFrom, float scale) {
    for (int i = 0; i < n; i++) {
      boolean kept = (bits[bitsFrom + (i >>> 6)] >>> i & 1) != 0;
      x[from + i] = kept ? x[from + i] * scale : 0f;
    }
  }

  private static float exp(float x) {
    return (float) StrictMath.exp(x);
  }
}
