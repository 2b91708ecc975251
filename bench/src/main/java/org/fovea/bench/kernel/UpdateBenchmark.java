package org.fovea.bench.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fovea.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Sums and optimizer steps on one row that is in the first-level cache.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UpdateBenchmark {

  /// Floats in the row.
  @Param({"128", "1000"})
  public int length = 1;

  private Kernels kernels = Kernels.best();
  private float[] w = new float[0];
  private float[] m = new float[0];
  private float[] v = new float[0];
  private float[] g = new float[0];

  /// Fills the row.
  @Setup
  public void fill(KernelPair pair) {
    kernels = pair.chosen();
    SplittableRandom random = new SplittableRandom(1);
    w = Inputs.floats(random, length);
    m = Inputs.floats(random, length);
    v = new float[length];
    g = Inputs.floats(random, length);
  }

  /// Dot product.
  @Benchmark
  public float dot() {
    return kernels.dot(w, 0, g, 0, length);
  }

  /// `w += 1e-9 g`.
  @Benchmark
  public float[] addScaled() {
    kernels.addScaled(1e-9f, g, 0, w, 0, length);
    return w;
  }

  /// Gradient descent.
  @Benchmark
  public float[] descend() {
    kernels.descend(w, 0, g, 0, length, 1e-9f);
    return w;
  }

  /// Momentum.
  @Benchmark
  public float[] momentum() {
    kernels.momentum(w, m, 0, g, 0, length, 1e-9f, 0.9f, false);
    return w;
  }

  /// Adagrad.
  @Benchmark
  public float[] adagrad() {
    kernels.adagrad(w, v, 0, g, 0, length, 1e-9f, 1e-6f);
    return w;
  }

  /// Adam.
  @Benchmark
  public float[] adam() {
    kernels.adam(w, m, v, 0, g, 0, length, 1e-9f, 0.9f, 0.999f, 1e-8f);
    return w;
  }
}
