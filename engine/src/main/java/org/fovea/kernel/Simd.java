package org.fovea.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector species of this process, and the operations that are slow on some processors.
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

  private Simd() {}

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

  /// `a * b + c`, rounded once.
  static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
    return a.fma(b, c);
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
