package org.fovea.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of this process, and the operations that are slow on some processors.
///
/// Kernels load, store and multiply-add by the Vector API itself: its methods are always compiled
/// into their callers. A method of ours around one is not where the compiler takes a call for rare,
/// and then every vector becomes an object.
///
/// `-Dfovea.vectorBits=128|256|512` chooses another width than the preferred one.
final class Simd {

  /// Floats of the chosen width.
  static final VectorSpecies<Float> FLOATS = chosen();

  /// Number of floats in a vector.
  static final int LANES = FLOATS.length();

  private static final FloatVector TINY = FloatVector.broadcast(FLOATS, Subnormals.THRESHOLD);
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  private static final VectorShuffle<Float> HALF = exchange(LANES / 2);
  private static final VectorShuffle<Float> QUARTER = exchange(LANES / 4);
  private static final VectorMask<Float> UPPER_HALF = lanesWith(LANES / 2);
  private static final VectorMask<Float> UPPER_QUARTERS = lanesWith(LANES / 4);

  private Simd() {}

  /// Exchanges lanes whose numbers differ in one bit.
  private static VectorShuffle<Float> exchange(int bit) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane ^ bit);
  }

  private static VectorMask<Float> lanesWith(int bit) {
    long bits = 0;
    for (int lane = 0; lane < LANES; lane++) {
      bits |= (lane & bit) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(FLOATS, bits);
  }

  private static VectorShuffle<Float> rotation(int distance) {
    return VectorShuffle.fromOp(FLOATS, lane -> (lane + distance) % LANES);
  }

  /// Width of a vector in bits.
  static int bits() {
    return FLOATS.vectorBitSize();
  }

  /// Whether `fma` is one instruction. If it is not, Java computes it exactly and very slowly.
  ///
  /// Every AArch64 processor has it, and so has every x86 that prefers 256 bits or more.
  static boolean fused() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 256
        || System.getProperty("os.arch").equals("aarch64");
  }

  /// Sum of the lanes, always in the same order: halves are added, and halves of those. The order
  /// of the Vector API's own reduction may change while a program runs, and with it the bits.
  static float sum(FloatVector x) {
    FloatVector sum = x;
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    sum = sum.add(sum.rearrange(BY_1));
    return sum.lane(0);
  }

  /// Sums of the lanes of four vectors, each added as [#sum] does: `a` at lane 0, `c` at a quarter,
  /// `b` at the half, `e` at three quarters. The other lanes hold parts of sums.
  static FloatVector sums(FloatVector a, FloatVector b, FloatVector c, FloatVector e) {
    FloatVector halves = merge(a, b, HALF, UPPER_HALF);
    FloatVector others = merge(c, e, HALF, UPPER_HALF);
    FloatVector sums = merge(halves, others, QUARTER, UPPER_QUARTERS);
    if (LANES >= 16) {
      sums = sums.add(sums.rearrange(BY_2));
    }
    if (LANES >= 8) {
      sums = sums.add(sums.rearrange(BY_1));
    }
    return sums;
  }

  /// Adds lanes at a distance: of `a` where the mask is not set, of `b` where it is.
  private static FloatVector merge(
      FloatVector a, FloatVector b, VectorShuffle<Float> distance, VectorMask<Float> upper) {
    return a.blend(b.rearrange(distance), upper).add(a.rearrange(distance).blend(b, upper));
  }

  /// Zero in the lanes that are nearer to zero than [Subnormals#THRESHOLD].
  static FloatVector flush(FloatVector x) {
    return x.blend(ZERO, x.abs().compare(VectorOperators.LT, TINY));
  }

  /// The first `count` lanes, for a tail.
  static VectorMask<Float> first(int count) {
    return FLOATS.indexInRange(0, count);
  }

  private static VectorSpecies<Float> chosen() {
    int bits = Integer.getInteger("fovea.vectorBits", 0);
    return switch (bits) {
      case 128, 256, 512 -> VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
      default -> FloatVector.SPECIES_PREFERRED;
    };
  }
}
