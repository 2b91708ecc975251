package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;

/// Densified one-permutation minwise hashing of the set of a vector's `top` largest components:
/// sets share a code with the probability of their resemblance, `|A and B| / |A or B|`.
///
/// Every component falls into one bin and has one rank, both by hashing; a bin's code is its
/// component of least rank. There is a bin for each code, so most are empty for small sets and
/// borrow, see [Densifier]. Zeros are not components. Ties for the last place go to the lower
/// index.
///
/// **Source** Shrivastava, ICML 2017.
///
/// **Cost** one pass over the components and `tables * hashes` codes.
final class MinHasher implements Hasher {

  private static final int NOTHING = -1;

  private final HashedRows rows;
  private final int tables;
  private final int hashes;
  private final int top;
  private final Addressing addressing;
  private final long seed;

  MinHasher(HashedRows rows, int tables, int hashes, int top, long seed) {
    this.rows = rows;
    this.tables = tables;
    this.hashes = hashes;
    this.top = Math.min(top, rows.inputs());
    this.seed = seed;
    this.addressing = Addressing.of(hashes, rows.inputs(), rows.count());
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
  public void hashRows(int[] ids, int from, int to, HashScratch scratch, int[] out) {
    RowMatrix weights = rows.weights();
    for (int i = from; i < to; i++) {
      hashDense(weights.chunk(ids[i]), weights.offset(ids[i]), scratch, out, (i - from) * tables);
    }
  }

  @Override
  public void hashQueries(Block inputs, int from, int to, int probes, HashScratch scratch) {
    int[] out = scratch.addresses((to - from) * tables);
    for (int e = from; e < to; e++) {
      hashDense(inputs.data(), inputs.offset(e), scratch, out, (e - from) * tables);
    }
  }

  private void hashDense(float[] values, int offset, HashScratch scratch, int[] out, int outFrom) {
    int[] heap = scratch.moreInts(top);
    float[] heapValues = scratch.floats(top);
    int size = 0;
    for (int i = 0; i < rows.inputs(); i++) {
      float value = values[offset + i];
      if (value != 0f) {
        size = Best.offer(heapValues, heap, size, top, value, i);
      }
    }
    address(heap, size, scratch, out, outFrom);
  }

  @Override
  public void hashSparse(
      int[] indices, float[] values, int from, int to, int probes, HashScratch scratch) {
    int[] heap = scratch.moreInts(top);
    float[] heapValues = scratch.floats(top);
    int size = 0;
    for (int i = from; i < to; i++) {
      if (values[i] != 0f) {
        size = Best.offer(heapValues, heap, size, top, values[i], indices[i]);
      }
    }
    address(heap, size, scratch, scratch.addresses(tables), 0);
  }

  private void address(int[] members, int size, HashScratch scratch, int[] out, int outFrom) {
    int bins = tables * hashes;
    int[] least = scratch.ints(bins);
    Arrays.fill(least, 0, bins, NOTHING);
    for (int i = 0; i < size; i++) {
      int bin = bin(members[i], bins);
      if (least[bin] == NOTHING || rank(members[i]) < rank(least[bin])) {
        least[bin] = members[i];
      }
    }
    for (int table = 0; table < tables; table++) {
      long codes = 0;
      for (int bin = table * hashes; bin < (table + 1) * hashes; bin++) {
        int filled = least[bin] == NOTHING ? Densifier.lender(least, bins, bin, seed) : bin;
        codes = addressing.append(codes, filled == NOTHING ? 0 : least[filled]);
      }
      out[outFrom + table] = addressing.bucket(codes);
    }
  }

  private int bin(int component, int bins) {
    return (int) (((Mixing.mix(seed, 3L << 32 | component) >>> 32) * bins) >>> 32);
  }

  private long rank(int component) {
    return Mixing.mix(seed, 4L << 32 | component);
  }

  @Override
  public long work(int active) {
    return active + (long) tables * hashes;
  }
}
