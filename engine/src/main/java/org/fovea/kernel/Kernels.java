package org.fovea.kernel;

/// Arithmetic on blocks and rows of floats.
///
/// [ScalarKernels] defines what each method computes; [VectorKernels] computes the same with SIMD,
/// so results differ only by the order of summation, within `k * eps * sum of |terms|`. Arguments
/// are checked by callers; kernels only `assert`.
///
/// **Threads** stateless. **Cost** no kernel allocates.
public sealed interface Kernels permits ScalarKernels, VectorKernels {

  /// Matrix product `c = a b`, or `c += a b` when `accumulate`.
  ///
  /// **Shapes** `a [m, k]`, `b [k, n]`, `c [m, n]`; `c` must have its shape. Vectorised along `n`:
  /// the padding of `b` must be finite, the padding of `c` is overwritten.
  void multiply(Block a, Block b, Block c, boolean accumulate);

  /// Matrix product with the first factor transposed: `c = aᵀ b`, or `c += aᵀ b`.
  ///
  /// **Shapes** `a [k, m]`, `b [k, n]`, `c [m, n]`.
  void multiplyTransposed(Block a, Block b, Block c, boolean accumulate);

  /// The rows `[from, to)` of `c = a b`; see [#multiply]. Disjoint ranges may run in parallel.
  void multiplyRows(Block a, Block b, Block c, boolean accumulate, int from, int to);

  /// The rows `[from, to)` of `c = aᵀ b`; see [#multiplyTransposed].
  void multiplyTransposedRows(Block a, Block b, Block c, boolean accumulate, int from, int to);

  /// Softmax down each column, in place: `z[r, e] = exp(z[r, e] - logSum[e])` with `logSum[e] = log
  /// sum_r exp(z[r, e])`.
  ///
  /// **Shapes** `z [active, batch]`, `logSum [z.stride()]`. Padding columns become finite.
  void softmaxColumns(Block z, float[] logSum);

  /// The columns `[from, to)` of [#softmaxColumns]; both multiples of [Block#PADDING].
  void softmaxColumns(Block z, float[] logSum, int from, int to);

  /// Softmax of `z[from, to)`, in place.
  ///
  /// @return `log sum exp z`; negative infinity if the range is empty
  float softmax(float[] z, int from, int to);

  /// Logistic function in place over `z[from, to)`.
  ///
  /// @return `sum log(1 + exp z)`, the softplus that the logistic loss needs
  double sigmoid(float[] z, int from, int to);

  /// Dot product of `a[aFrom, aFrom + n)` and `b[bFrom, bFrom + n)`.
  float dot(float[] a, int aFrom, float[] b, int bFrom, int n);

  /// `y[yFrom + i] += scale * x[xFrom + i]` for `i < n`.
  void addScaled(float scale, float[] x, int xFrom, float[] y, int yFrom, int n);

  /// Sum of squares of `x[from, from + n)`.
  float squaredNorm(float[] x, int from, int n);

  /// Adds weighted rows: `out[outFrom + u] += sum_i scales[i] * matrix[rows[i], u]` for `i` in
  /// `[from, to)`. The forward pass of a sparse input, and the gradient to the input of a layer
  /// with an active set.
  void addRows(
      RowMatrix matrix, int[] rows, float[] scales, int from, int to, float[] out, int outFrom);

  /// Adds weighted rows of a block: `out[outFrom + u] += sum_i scales[i] * block[rows[i], u]` for
  /// `i` in `[from, to)`, padding included. The gradient of a row of weights, from the examples
  /// that have its input.
  void addRows(Block block, int[] rows, float[] scales, int from, int to, float[] out, int outFrom);

  /// Adds weighted rows at scattered columns: `out[j] += sum_i scales[i] * matrix[rows[i],
  /// indices[j]]` for `i` in `[from, to)` and `j` in `[sparseFrom, sparseTo)`. The gradient to a
  /// sparse input of a layer with an active set.
  void addRowsSparse(
      RowMatrix matrix,
      int[] rows,
      float[] scales,
      int from,
      int to,
      int[] indices,
      int sparseFrom,
      int sparseTo,
      float[] out);

  /// Dot products of scattered rows with one dense vector: `out[i] = matrix[rows[i]] . x` for `i`
  /// in `[from, to)`.
  ///
  /// **Shapes** `x [xFrom + matrix.stride()]`, its padding finite.
  void dotRows(RowMatrix matrix, int[] rows, int from, int to, float[] x, int xFrom, float[] out);

  /// Dot products of scattered rows with one sparse vector: `out[i] = sum_j values[j] *
  /// matrix[rows[i], indices[j]]` for `i` in `[from, to)` and `j` in `[sparseFrom, sparseTo)`.
  void dotRowsSparse(
      RowMatrix matrix,
      int[] rows,
      int from,
      int to,
      int[] indices,
      float[] values,
      int sparseFrom,
      int sparseTo,
      float[] out);

  /// Copies scattered rows into a block: `block[i] = matrix[rows[from + i]]` for `i < to - from`.
  ///
  /// **Shapes** `block [to - from, matrix.columns()]`, already sized; padding becomes zero.
  void gatherRows(RowMatrix matrix, int[] rows, int from, int to, Block block);

  /// Gradient descent: `w -= rate * g`.
  void descend(float[] w, int wFrom, float[] g, int gFrom, int n, float rate);

  /// Momentum: `m = decay * m + g; w -= rate * m` (with `nesterov`: `w -= rate * (g + decay * m)`).
  void momentum(
      float[] w,
      float[] m,
      int wFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float decay,
      boolean nesterov);

  /// Adagrad: `s += g^2; w -= rate * g / (sqrt(s) + epsilon)`.
  void adagrad(
      float[] w, float[] s, int wFrom, float[] g, int gFrom, int n, float rate, float epsilon);

  /// Adam with the bias corrections folded into `rate` and `epsilon`: `m += (1 - beta1)(g - m); v
  /// += (1 - beta2)(g^2 - v); w -= rate * m / (sqrt(v) + epsilon)`.
  void adam(
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
      float epsilon);

  /// Adds a product with a sparse matrix, batch innermost: `y[r, e] += sum_c w[r, c] * x[c, e]`
  /// over the connections that exist, for the rows `r` in `[from, to)`.
  ///
  /// **Shapes** `w [rows, columns]`, `x [columns, batch]`, `y [rows, batch]`, both with the padding
  /// of `x`. Disjoint ranges may run in parallel; their bits do not depend on the range, but long
  /// ranges are faster where `x` is large.
  ///
  /// @param scratch of the calling thread
  void multiplySparse(
      SparseMatrix w, UnitBlock x, UnitBlock y, int from, int to, SparseScratch scratch);

  /// The same with sparse inputs: the cost is that of the connections and of the entries that meet
  /// them.
  void multiplySparse(SparseMatrix w, SparseUnits x, UnitBlock y, int from, int to);

  /// The product with the transpose, which brings gradients back: `x[c, e] = sum_r w[r, c] * y[r,
  /// e]` for the columns `c` in `[from, to)`.
  ///
  /// The bits of a column do not depend on the range. Batches of at most [UnitBlock#NARROW]
  /// examples go over all rows in each call: they want few ranges.
  ///
  /// @param scratch of the calling thread
  void multiplySparseTransposed(
      SparseMatrix w, UnitBlock y, UnitBlock x, int from, int to, SparseScratch scratch);

  /// Gradients of existing connections: `out[p - from] = sum_e dy[r, e] * x[c, e]` for the
  /// connection from `c` to `r` at each position `p` in `[from, to)`.
  ///
  /// **Shapes** `dy [rows, batch]` with zero padding, `x [columns, batch]`.
  ///
  /// @param scratch of the calling thread
  void sparseGradients(
      SparsePattern pattern,
      UnitBlock dy,
      UnitBlock x,
      long from,
      long to,
      float[] out,
      SparseScratch scratch);

  /// The same with sparse inputs.
  void sparseGradients(
      SparsePattern pattern, UnitBlock dy, SparseUnits x, long from, long to, float[] out);

  /// Rectifier in place: `z = z > 0 ? z : slope * z` over `z[from, from + n)`.
  void rectify(float[] z, int from, int n, float slope);

  /// Gradients through a rectifier, in place: `g *= z > 0 ? 1 : slope`, for net inputs `z` or for
  /// activations with the same sign.
  void rectifyGradient(float[] z, int zFrom, float[] g, int gFrom, int n, float slope);

  /// Keeps and scales some, and silences the others: `x[from + i] *= scale` where bit `i % 64` of
  /// `bits[bitsFrom + i / 64]` is set, zero elsewhere, for `i < n`.
  void keep(float[] x, int from, int n, long[] bits, int bitsFrom, float scale);

  /// The fastest kernels that this JVM can run. Decided once, logged once; `-Dfovea.kernels=scalar`
  /// or `vector` forces a choice.
  static Kernels best() {
    return KernelChoice.BEST;
  }
}
