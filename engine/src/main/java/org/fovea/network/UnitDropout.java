package org.fovea.network;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.UnitBlock;

/// Dropout with the batch innermost: one bit per neuron and example says who is kept.
///
/// **Source** Srivastava and others, JMLR 2014; inverted. **Differs** the rate is met to 1/65536:
/// one random number of 64 bits decides for four examples.
final class UnitDropout {

  private static final Kernels KERNELS = Kernels.best();

  private final int threshold;
  private final float keep;
  private final int stream;
  private long[] bits = new long[0];
  private int words;

  /// @param rate share of the neurons that is silenced
  /// @param stream stream of random numbers, one per layer
  UnitDropout(double rate, int stream) {
    this.threshold = (int) Math.round((1 - rate) * 65_536);
    this.keep = threshold / 65_536f;
    this.stream = stream;
  }

  boolean isActive() {
    return threshold < 65_536;
  }

  /// Share of the neurons that is kept.
  float keep() {
    return keep;
  }

  void resize(int units, int batch) {
    words = (batch + 63) >>> 6;
    if (isActive() && bits.length < units * words) {
      bits = new long[units * words];
    }
  }

  /// Draws who is kept among the examples of a unit, and silences the others.
  void forward(UnitBlock values, int unit, Step step, StreamRandom random) {
    random.place(step.seed(), step.batch(), stream, unit);
    int first = unit * words;
    for (int word = 0; word < words; word++) {
      long drawn = 0;
      int count = Math.min(64, values.batch() - word * 64);
      for (int e = 0; e < count; e += 4) {
        long number = random.nextLong();
        for (int i = 0; i < 4; i++) {
          // 1 if the 16 bits are below the threshold
          long kept = ((number >>> (16 * i) & 0xffff) - threshold) >>> 63;
          drawn |= kept << (e + i);
        }
      }
      bits[first + word] = drawn;
    }
    apply(values, unit);
  }

  /// Silences the gradients of who was silenced.
  void apply(UnitBlock block, int unit) {
    KERNELS.keep(block.data(), block.offset(unit), block.batch(), bits, unit * words, 1 / keep);
  }
}
