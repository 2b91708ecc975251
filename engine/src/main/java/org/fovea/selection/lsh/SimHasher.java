package org.fovea.selection.lsh;

import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.StreamRandom;
import org.fovea.network.Team;

/// Signed random projections: a code's bit is the side of a random hyperplane that a vector lies
/// on, so two vectors at the angle `t` share a bit with probability `1 - t / pi`.
///
/// With `asymmetric`, a row `w` with bias `b` is hashed as `(w, b, sqrt(M^2 - |w|^2 - b^2))` and a
/// query `x` as `(x, 1, 0)`: rows then all have the length `M`, so the angle to a query falls as
/// the net input `w x + b` grows. `M` is a little more than the longest row, but at most twice the
/// mean length; rows longer than that are hashed by their angle alone.
///
/// **Source** Charikar, *Similarity estimation techniques from rounding algorithms*, STOC 2002;
/// Neyshabur and Srebro, *On symmetric and asymmetric LSHs for inner product search*, ICML 2015;
/// probing: Lv and others, VLDB 2007. **Differs** projections are normal where others use sparse
/// signs to save multiplications: one blocked product of a whole batch costs the same for any
/// factors, and the law above then holds exactly for any vectors. `M` is not the longest row where
/// lengths vary much: the last coordinate would drown the others, and all rows meet in one bucket.
/// On 200,000 rows with lengths up to five times the mean, 50 tables of 9 bits found 0.10 of the
/// best five with the longest row as `M`, and 0.42 so.
///
/// **Cost** `inputs * tables * hashes` multiply-adds a vector, and four bytes of memory for each.
final class SimHasher implements Hasher {

  private static final Kernels KERNELS = Kernels.best();

  /// `M` is this much more than the longest row.
  private static final double HEADROOM = 1.05;

  /// `M` is at most this much more than the mean length.
  private static final double SPREAD = 2;

  /// All rows are to be hashed again when the mean length has changed by this factor.
  private static final double DRIFT = 1.25;

  private static final int SAMPLED_ROWS = 512;

  private final HashedRows rows;
  private final int tables;
  private final int hashes;
  private final boolean asymmetric;
  private final Addressing addressing;
  private final ProbeSequence sequence;

  /// `[inputs, tables * hashes]`.
  private final Block projections;

  /// What the two further coordinates contribute, `[2, tables * hashes]`.
  private final Block extension;

  private double squaredBound;
  private double sampledLength;

  SimHasher(HashedRows rows, int tables, int hashes, boolean asymmetric, long seed) {
    this.rows = rows;
    this.tables = tables;
    this.hashes = hashes;
    this.asymmetric = asymmetric;
    this.addressing = Addressing.of(hashes, 2, rows.count());
    this.sequence = ProbeSequence.of(hashes);
    this.projections = new Block(rows.inputs(), tables * hashes);
    this.extension = new Block(2, tables * hashes);
    StreamRandom random = new StreamRandom();
    random.place(seed, 0, 1, 0);
    fillNormal(projections, random);
    fillNormal(extension, random);
  }

  private static void fillNormal(Block block, StreamRandom random) {
    for (int row = 0; row < block.rows(); row++) {
      for (int column = 0; column < block.columns(); column++) {
        block.data()[block.offset(row) + column] = (float) random.nextGaussian();
      }
    }
  }

  @Override
  public int tables() {
    return tables;
  }

  @Override
  public int addressBits() {
    return addressing.addressBits();
  }

  @Override
  public Hasher fitted(Team team) {
    if (asymmetric) {
      double longest = 0;
      double sum = 0;
      for (int row = 0; row < rows.count(); row++) {
        double length = Math.sqrt(squaredLength(row));
        longest = Math.max(longest, length);
        sum += length;
      }
      double bound = Math.min(longest * HEADROOM, sum / rows.count() * SPREAD);
      squaredBound = bound * bound;
      sampledLength = sampledLength();
    }
    return this;
  }

  /// Mean length of some rows, always the same ones.
  private double sampledLength() {
    int count = Math.min(SAMPLED_ROWS, rows.count());
    Scatter order = Scatter.of(rows.count(), 0);
    int row = order.first();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.sqrt(squaredLength(row));
      row = order.after(row);
    }
    return sum / count;
  }

  private double squaredLength(int row) {
    RowMatrix weights = rows.weights();
    double bias = rows.biasOf(row);
    return KERNELS.squaredNorm(weights.chunk(row), weights.offset(row), weights.columns())
        + bias * bias;
  }

  @Override
  public boolean outgrown() {
    if (!asymmetric) {
      return false;
    }
    double length = sampledLength();
    return length > sampledLength * DRIFT || length * DRIFT < sampledLength;
  }

  @Override
  public void hashRows(int[] ids, int from, int to, HashScratch scratch, int[] out) {
    Block gathered = scratch.rows;
    Block product = scratch.product;
    gathered.resize(to - from, rows.inputs());
    KERNELS.gatherRows(rows.weights(), ids, from, to, gathered);
    product.resize(to - from, tables * hashes);
    KERNELS.multiply(gathered, projections, product, false);
    for (int i = 0; i < to - from; i++) {
      if (asymmetric) {
        extendRow(ids[from + i], product, i);
      }
      int sink = i * tables;
      for (int table = 0; table < tables; table++) {
        int code = code(product.data(), product.offset(i) + table * hashes);
        out[sink + table] = addressing.bucket(code);
      }
    }
  }

  private void extendRow(int row, Block product, int at) {
    double slack = squaredBound - squaredLength(row);
    extend(product, at, 0, rows.biasOf(row));
    extend(product, at, 1, (float) Math.sqrt(Math.max(0, slack)));
  }

  private void extend(Block product, int at, int coordinate, float value) {
    KERNELS.addScaled(
        value,
        extension.data(),
        extension.offset(coordinate),
        product.data(),
        product.offset(at),
        tables * hashes);
  }

  private int code(float[] values, int from) {
    int code = 0;
    for (int i = from; i < from + hashes; i++) {
      code = code << 1 | ~Float.floatToRawIntBits(values[i]) >>> 31;
    }
    return code;
  }

  @Override
  public int probes(int wanted) {
    return Math.clamp(wanted, 1, sequence.count());
  }

  @Override
  public void hashQueries(Block inputs, int from, int to, int probes, HashScratch scratch) {
    Block product = scratch.product;
    product.resize(inputs.rows(), tables * hashes);
    KERNELS.multiplyRows(inputs, projections, product, false, from, to);
    int[] out = scratch.addresses((to - from) * tables * probes);
    for (int e = from; e < to; e++) {
      address(product, e, probes, scratch, out, (e - from) * tables * probes);
    }
  }

  @Override
  public void hashSparse(
      int[] indices, float[] values, int from, int to, int probes, HashScratch scratch) {
    Block product = scratch.product;
    product.resize(1, tables * hashes);
    product.clear();
    for (int i = from; i < to; i++) {
      KERNELS.addScaled(
          values[i],
          projections.data(),
          projections.offset(indices[i]),
          product.data(),
          0,
          tables * hashes);
    }
    address(product, 0, probes, scratch, scratch.addresses(tables * probes), 0);
  }

  private void address(
      Block product, int at, int probes, HashScratch scratch, int[] out, int outFrom) {
    if (asymmetric) {
      extend(product, at, 0, 1f);
    }
    int[] bitOfRank = scratch.ints(hashes);
    for (int table = 0; table < tables; table++) {
      int from = product.offset(at) + table * hashes;
      int code = code(product.data(), from);
      int sink = outFrom + table * probes;
      out[sink] = addressing.bucket(code);
      if (probes > 1) {
        rankBits(product.data(), from, bitOfRank);
        for (int probe = 1; probe < probes; probe++) {
          out[sink + probe] = addressing.bucket(code ^ sequence.flips(probe, bitOfRank, 0));
        }
      }
    }
  }

  /// Sorts the bits of a code by the distance of their projections from zero.
  private void rankBits(float[] values, int from, int[] bitOfRank) {
    for (int hash = 0; hash < hashes; hash++) {
      float distance = Math.abs(values[from + hash]);
      int rank = hash;
      while (rank > 0 && Math.abs(values[from + hashes - 1 - bitOfRank[rank - 1]]) > distance) {
        bitOfRank[rank] = bitOfRank[rank - 1];
        rank--;
      }
      bitOfRank[rank] = hashes - 1 - hash;
    }
  }

  @Override
  public long work(int active) {
    return (long) active * tables * hashes;
  }
}
