package org.fovea.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The best that one core does at what kernels are made of, so that their speed can be given as a
/// share of it.
///
/// **Units** `gigaflops` counts a multiply-add as two operations; `readGigabytes` and
/// `copyGigabytes` are 10^9 bytes a second from main memory, where a copied byte counts once read
/// and once written. All per second of CPU time of the measuring thread.
public record MachineCeiling(double gigaflops, double readGigabytes, double copyGigabytes) {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private static final int ROUNDS = 15;

  private static final int MULTIPLY_ADDS = 2_000_000;

  /// 128 MiB: more than any cache of the machines we know.
  private static final int LONG_ARRAY = 1 << 25;

  /// Measures, in about a second.
  ///
  /// **Cost** 256 MiB of heap for a while.
  public static MachineCeiling measure() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double flops = 0;
    float sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      sum += multiplyAdd(MULTIPLY_ADDS);
      long nanos = threads.getCurrentThreadCpuTime() - start;
      flops = Math.max(flops, (double) operations(MULTIPLY_ADDS) / nanos);
    }
    float[] source = new float[LONG_ARRAY];
    float[] target = new float[LONG_ARRAY];
    Arrays.fill(source, 1f);
    Arrays.fill(target, 1f);
    double bytes = 4.0 * LONG_ARRAY;
    double read = 0;
    double copy = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      sum += read(source);
      long middle = threads.getCurrentThreadCpuTime();
      System.arraycopy(source, 0, target, 0, LONG_ARRAY);
      long end = threads.getCurrentThreadCpuTime();
      read = Math.max(read, bytes / (middle - start));
      copy = Math.max(copy, 2 * bytes / (end - middle));
    }
    if (Float.isNaN(sum)) {
      throw new IllegalStateException("the sum of ones must be a number");
    }
    return new MachineCeiling(flops, read, copy);
  }

  /// Floating-point operations in [#multiplyAdd] of so many rounds.
  public static long operations(int rounds) {
    return 12L * 2 * FLOATS.length() * rounds;
  }

  /// Twelve independent chains of multiply-adds that touch nothing but registers.
  public static float multiplyAdd(int rounds) {
    final FloatVector factor = FloatVector.broadcast(FLOATS, 0x1p-10f);
    final FloatVector term = FloatVector.broadcast(FLOATS, 0x1p-11f);
    FloatVector x0 = FloatVector.broadcast(FLOATS, 0f);
    FloatVector x1 = FloatVector.broadcast(FLOATS, 1f);
    FloatVector x2 = FloatVector.broadcast(FLOATS, 2f);
    FloatVector x3 = FloatVector.broadcast(FLOATS, 3f);
    FloatVector x4 = FloatVector.broadcast(FLOATS, 4f);
    FloatVector x5 = FloatVector.broadcast(FLOATS, 5f);
    FloatVector x6 = FloatVector.broadcast(FLOATS, 6f);
    FloatVector x7 = FloatVector.broadcast(FLOATS, 7f);
    FloatVector x8 = FloatVector.broadcast(FLOATS, 8f);
    FloatVector x9 = FloatVector.broadcast(FLOATS, 9f);
    FloatVector x10 = FloatVector.broadcast(FLOATS, 10f);
    FloatVector x11 = FloatVector.broadcast(FLOATS, 11f);
    for (int round = 0; round < rounds; round++) {
      x0 = factor.fma(term, x0);
      x1 = factor.fma(term, x1);
      x2 = factor.fma(term, x2);
      x3 = factor.fma(term, x3);
      x4 = factor.fma(term, x4);
      x5 = factor.fma(term, x5);
      x6 = factor.fma(term, x6);
      x7 = factor.fma(term, x7);
      x8 = factor.fma(term, x8);
      x9 = factor.fma(term, x9);
      x10 = factor.fma(term, x10);
      x11 = factor.fma(term, x11);
    }
    FloatVector sum = x0.add(x1).add(x2.add(x3)).add(x4.add(x5)).add(x6.add(x7));
    return sum.add(x8.add(x9)).add(x10.add(x11)).reduceLanes(VectorOperators.ADD);
  }

  /// The sum of a long array, as fast as memory gives it.
  private static float read(float[] array) {
    final int lanes = FLOATS.length();
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    for (int i = 0; i <= array.length - 4 * lanes; i += 4 * lanes) {
      sum0 = sum0.add(FloatVector.fromArray(FLOATS, array, i));
      sum1 = sum1.add(FloatVector.fromArray(FLOATS, array, i + lanes));
      sum2 = sum2.add(FloatVector.fromArray(FLOATS, array, i + 2 * lanes));
      sum3 = sum3.add(FloatVector.fromArray(FLOATS, array, i + 3 * lanes));
    }
    return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
  }
}
