package org.fovea.kernel;

import java.util.Arrays;
import java.util.Locale;

/// Activations or gradients of a batch, one row per unit with the batch innermost: the memory shape
/// of layers that run by batch.
///
/// **Shapes** `[units, batch]` with a row stride of [#stride(int)]: the next power of two for up to
/// eight examples, so that small batches do not spread over cache lines, and multiples of
/// [Block#PADDING] above. The lanes between `batch` and `stride` hold finite numbers; those of
/// gradients hold zero.
///
/// **Threads** confined to one thread at a time; disjoint units may be written by several threads.
public final class UnitBlock {

  /// Batches of at most this many examples have narrow rows.
  public static final int NARROW = 8;

  /// Position of the first unit: a vector then lies in one line of the cache, as in [RowMatrix].
  private static final int FIRST = 12;

  /// Units that are turned at a time, so that their lines stay in a first-level cache meanwhile.
  private static final int TILE = 64;

  private float[] data = new float[0];
  private int units;
  private int batch;
  private int stride;

  /// An empty block; [#resize] gives it a shape.
  public UnitBlock() {}

  /// A zeroed block of a shape.
  public UnitBlock(int units, int batch) {
    resize(units, batch);
  }

  /// Gives the block a shape. The contents are unspecified afterwards, but finite.
  ///
  /// **Cost** allocates only when the block has never been as large.
  ///
  /// @throws IllegalArgumentException if the block would have 2^31 floats or more
  public void resize(int units, int batch) {
    int newStride = stride(batch);
    long size = FIRST + (long) units * newStride;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d units times a batch of %,d are more than 2^31 floats: choose a smaller batch",
              units,
              batch));
    }
    if (size > data.length) {
      data = new float[(int) size];
    }
    this.units = units;
    this.batch = batch;
    this.stride = newStride;
  }

  /// Number of units.
  public int units() {
    return units;
  }

  /// Number of examples.
  public int batch() {
    return batch;
  }

  /// Distance in floats between two units.
  public int stride() {
    return stride;
  }

  /// The floats; unit `u` starts at [#offset]. Owned by the block.
  public float[] data() {
    return data;
  }

  /// Position in [#data] of a unit's first float.
  public int offset(int unit) {
    return FIRST + unit * stride;
  }

  /// One float.
  public float at(int unit, int example) {
    return data[offset(unit) + example];
  }

  /// Sets the units `[from, to)`, padding included, to zero.
  public void clear(int from, int to) {
    Arrays.fill(data, offset(from), offset(to), 0f);
  }

  /// Takes over the units `[from, to)` of an example-major block `[batch, units]`, padding zero.
  public void load(Block examples, int from, int to) {
    float[] source = examples.data();
    for (int first = from; first < to; first += Math.min(TILE, to - first)) {
      int last = first + Math.min(TILE, to - first);
      for (int e = 0; e < batch; e++) {
        int at = examples.offset(e);
        for (int unit = first, sink = offset(first) + e; unit < last; unit++, sink += stride) {
          data[sink] = source[at + unit];
        }
      }
    }
    if (batch < stride) {
      for (int unit = from; unit < to; unit++) {
        Arrays.fill(data, offset(unit) + batch, offset(unit + 1), 0f);
      }
    }
  }

  /// Writes the examples `[from, to)` into an example-major block `[batch, units]`.
  public void store(Block examples, int from, int to) {
    float[] sink = examples.data();
    for (int first = 0; first < units; first += Math.min(TILE, units - first)) {
      int last = first + Math.min(TILE, units - first);
      for (int e = from; e < to; e++) {
        int at = examples.offset(e);
        for (int unit = first, source = offset(first) + e; unit < last; unit++, source += stride) {
          sink[at + unit] = data[source];
        }
      }
    }
  }

  /// Distance between two units of a batch of this many examples.
  public static int stride(int batch) {
    if (batch > NARROW) {
      return Block.padded(batch);
    }
    return batch <= 1 ? 1 : Integer.highestOneBit(batch - 1) << 1;
  }
}
