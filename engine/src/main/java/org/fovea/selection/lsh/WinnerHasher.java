package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.StreamRandom;

/// Winner takes all: a code is the place of the largest of `window` components, drawn at random; so
/// vectors collide when their components are in a similar order, whatever their scale.
///
/// The plain form draws every window from a permutation of its own and takes a missing component as
/// zero. The densified form cuts few permutations into windows, so that a sparse vector is hashed
/// in one pass over its components that are not zero; zeros never win, and a window without any
/// other takes the code of one that universal hashing chooses, after some tries the next one that
/// has.
///
/// **Source** Yagnik and others, *The power of comparative reasoning*, ICCV 2011; Chen and
/// Shrivastava, *Densified winner take all (WTA) hashing for sparse datasets*, UAI 2018.
/// **Differs** a code takes all the bits that `window` needs, none of them shared with the next.
///
/// **Cost** `tables * hashes * window` comparisons a dense vector; a sparse one in the densified
/// form `active` times the number of permutations.
final class WinnerHasher implements Hasher {

  private static final int NOTHING = -1;
  private static final int ABSENT = Integer.MIN_VALUE;

  private final HashedRows rows;
  private final int tables;
  private final int hashes;
  private final int window;
  private final boolean densified;
  private final Addressing addressing;
  private final long seed;

  /// Component by window and place: `[tables * hashes, window]`.
  private final int[] components;

  /// Densified form: window and place by permutation and component, or [#NOTHING].
  private final int[] places;

  private final int permutations;

  WinnerHasher(HashedRows rows, int tables, int hashes, int window, boolean densified, long seed) {
    int inputs = rows.inputs();
    this.rows = rows;
    this.tables = tables;
    this.hashes = hashes;
    this.window = Math.min(window, inputs);
    this.densified = densified;
    this.seed = seed;
    this.addressing = Addressing.of(hashes, this.window, rows.count());
    int codes = tables * hashes;
    int windowsEach = densified ? inputs / this.window : 1;
    this.permutations = (codes + windowsEach - 1) / windowsEach;
    this.components = new int[codes * this.window];
    this.places = new int[densified ? permutations * inputs : 0];
    drawWindows(windowsEach);
  }

  private void drawWindows(int windowsEach) {
    int inputs = rows.inputs();
    StreamRandom random = new StreamRandom();
    random.place(seed, 0, 2, 0);
    Arrays.fill(places, NOTHING);
    int[] permutation = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      permutation[i] = i;
    }
    for (int p = 0; p < permutations; p++) {
      int first = p * windowsEach * window;
      int length = Math.min(windowsEach * window, components.length - first);
      for (int i = 0; i < length; i++) {
        int other = i + random.nextInt(inputs - i);
        int component = permutation[other];
        permutation[other] = permutation[i];
        permutation[i] = component;
        components[first + i] = component;
        if (densified) {
          places[p * inputs + component] = first + i;
        }
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
  public void hashRows(int[] ids, int from, int to, HashScratch scratch, int[] out) {
    RowMatrix weights = rows.weights();
    for (int i = from; i < to; i++) {
      int row = ids[i];
      hashDense(weights.chunk(row), weights.offset(row), scratch, out, (i - from) * tables);
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
    int inputs = rows.inputs();
    int codes = tables * hashes;
    int[] code = scratch.ints(codes);
    int[] keys = scratch.moreInts(inputs);
    for (int i = 0; i < inputs; i++) {
      keys[i] = key(values[offset + i]);
    }
    int[] components = this.components;
    int window = this.window;
    for (int c = 0; c < codes; c++) {
      long best = Long.MIN_VALUE;
      int first = c * window;
      for (int place = 0; place < window; place++) {
        // Ties go to the first place; a maximum of numbers needs no branches.
        best = Math.max(best, (long) keys[components[first + place]] << 8 | (255 - place));
      }
      code[c] = best >> 8 == ABSENT ? NOTHING : 255 - ((int) best & 255);
    }
    address(code, out, outFrom);
  }

  /// An integer that is ordered as the values are, and least for a component that may not win.
  private int key(float value) {
    if (densified && value == 0f) {
      return ABSENT;
    }
    int bits = Float.floatToRawIntBits(value);
    return bits ^ bits >> 31 >>> 1;
  }

  @Override
  public void hashSparse(
      int[] indices, float[] values, int from, int to, int probes, HashScratch scratch) {
    int[] out = scratch.addresses(tables);
    if (densified) {
      hashOnePass(indices, values, from, to, scratch, out);
      return;
    }
    float[] dense = scratch.zeros(rows.inputs());
    for (int i = from; i < to; i++) {
      dense[indices[i]] = values[i];
    }
    hashDense(dense, 0, scratch, out, 0);
    for (int i = from; i < to; i++) {
      dense[indices[i]] = 0f;
    }
  }

  private void hashOnePass(
      int[] indices, float[] values, int from, int to, HashScratch scratch, int[] out) {
    int codes = tables * hashes;
    int[] code = scratch.ints(codes);
    float[] largest = scratch.floats(codes);
    Arrays.fill(code, 0, codes, NOTHING);
    for (int p = 0; p < permutations; p++) {
      int first = p * rows.inputs();
      for (int i = from; i < to; i++) {
        int place = places[first + indices[i]];
        float value = values[i];
        if (place == NOTHING || value == 0f) {
          continue;
        }
        int c = place / window;
        int inWindow = place - c * window;
        if (code[c] == NOTHING
            || value > largest[c]
            || (value == largest[c] && inWindow < code[c])) {
          code[c] = inWindow;
          largest[c] = value;
        }
      }
    }
    address(code, out, 0);
  }

  private void address(int[] code, int[] out, int outFrom) {
    for (int table = 0; table < tables; table++) {
      long codes = 0;
      for (int c = table * hashes; c < (table + 1) * hashes; c++) {
        int filled = code[c] == NOTHING ? Densifier.lender(code, tables * hashes, c, seed) : c;
        codes = addressing.append(codes, filled == NOTHING ? 0 : code[filled]);
      }
      out[outFrom + table] = addressing.bucket(codes);
    }
  }

  @Override
  public long work(int active) {
    return densified ? (long) active * permutations : (long) tables * hashes * window;
  }
}
