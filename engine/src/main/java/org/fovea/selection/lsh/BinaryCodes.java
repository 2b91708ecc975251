package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// Rows as one bit a dimension, from which their products with a query are estimated.
///
/// A row is a centre plus a residual `r`. Let `u` be the residual after a random rotation and `s`
/// its signs. Then `r x` is estimated for a query whose rotation is `q` as `|u|^2 / |u|_1 * sum_d
/// s_d q_d`, which is right in expectation over rotations. For the sum the query is rounded to
/// [#LEVELS] levels, `q_d = low + step k_d`, and the bits of the `k_d` are taken apart into planes,
/// so that `sum_d s_d k_d` is a few counts of bits.
///
/// **Shapes** `codes [rows, words]`, bits beyond the last dimension zero; `scales [rows]`.
///
/// **Cost** 12 bytes a row of 64 inputs, 20 of 128; an estimate takes `PLANES + 1` counts of bits
/// for 64 dimensions. **Source** Gao and Long, *RaBitQ*, SIGMOD 2024, arXiv:2405.12497, section 3.
/// **Differs** the query is rounded to the nearest level, not at random.
final class BinaryCodes {

  private static final int PLANES = 4;
  private static final int LEVELS = 1 << PLANES;

  private final int inputs;
  private final int words;
  private final long[] codes;
  private final float[] scales;

  BinaryCodes(int rows, int inputs) {
    this.inputs = inputs;
    this.words = (inputs + 63) / 64;
    this.codes = new long[Math.multiplyExact(rows, words)];
    this.scales = new float[rows];
  }

  /// Encodes a row at a place.
  ///
  /// @param rotated the rotated row, `rotated[offset..]`
  /// @param centre the rotated centre, `centre[centreOffset..]`
  void encode(int place, float[] rotated, int offset, float[] centre, int centreOffset) {
    double squares = 0;
    double sum = 0;
    for (int word = 0; word < words; word++) {
      long code = 0;
      int end = Math.min(64, inputs - word * 64);
      for (int bit = 0; bit < end; bit++) {
        int at = word * 64 + bit;
        float u = rotated[offset + at] - centre[centreOffset + at];
        squares += (double) u * u;
        sum += Math.abs(u);
        code |= u > 0 ? 1L << bit : 0;
      }
      codes[place * words + word] = code;
    }
    scales[place] = sum == 0 ? 0f : (float) (squares / sum);
  }

  /// A query, made ready for estimates.
  static final class Query {
    private long[] planes = new long[0];
    private float low;
    private float step;
    private float sum;
  }

  /// Makes a query ready.
  ///
  /// @param rotated the rotated query, `rotated[offset..]`
  void prepare(float[] rotated, int offset, Query query) {
    if (query.planes.length != words * PLANES) {
      query.planes = new long[words * PLANES];
    }
    Arrays.fill(query.planes, 0);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    query.sum = 0;
    for (int at = offset; at < offset + inputs; at++) {
      low = Math.min(low, rotated[at]);
      high = Math.max(high, rotated[at]);
      query.sum += rotated[at];
    }
    query.low = low;
    query.step = (high - low) / (LEVELS - 1);
    float scale = high > low ? 1 / query.step : 0;
    for (int at = 0; at < inputs; at++) {
      int level = (int) ((rotated[offset + at] - low) * scale + 0.5f);
      for (int plane = 0; plane < PLANES; plane++) {
        query.planes[(at >> 6) * PLANES + plane] |= (level >> plane & 1L) << (at & 63);
      }
    }
  }

  /// Estimates the products with the residuals at the places `[from, to)`: `out[i - from]`.
  void estimate(Query query, int from, int to, float[] out) {
    long[] codes = this.codes;
    float[] scales = this.scales;
    long[] planes = query.planes;
    int words = this.words;
    float twiceLow = 2 * query.low;
    float twiceStep = 2 * query.step;
    float sum = query.sum;
    for (int place = from; place < to; place++) {
      int ones = 0;
      int levels = 0;
      for (int word = 0; word < words; word++) {
        long code = codes[place * words + word];
        ones += Long.bitCount(code);
        levels +=
            Long.bitCount(code & planes[word * PLANES])
                + 2 * Long.bitCount(code & planes[word * PLANES + 1])
                + 4 * Long.bitCount(code & planes[word * PLANES + 2])
                + 8 * Long.bitCount(code & planes[word * PLANES + 3]);
      }
      out[place - from] = scales[place] * (twiceLow * ones + twiceStep * levels - sum);
    }
  }

  /// Bytes taken.
  long bytes() {
    return 8L * codes.length + 4L * scales.length;
  }

  /// Rotates every centre: `[clusters, inputs]`.
  static Block rotatedCentres(Centroids centroids, Block rotation) {
    Block centres = new Block();
    centroids.columns().transposeInto(centres);
    Block rotated = new Block(centroids.count(), rotation.columns());
    Kernels.best().multiply(centres, rotation, rotated, false);
    return rotated;
  }
}
