package org.fovea.bench.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Softmax and logistic function of 1,300 active neurons, for one example and for 128.
///
/// Each pass starts from fresh logits; `copy` alone says what that costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExponentialBenchmark {

  private static final int ACTIVE = 1300;
  private static final int BATCH = 128;

  private Kernels kernels = Kernels.best();
  private Block logits = new Block();
  private Block z = new Block();
  private float[] logSum = new float[0];

  /// Makes the logits.
  @Setup
  public void fill(KernelPair pair) {
    kernels = pair.chosen();
    logits = Inputs.block(new SplittableRandom(1), ACTIVE, BATCH);
    z = new Block(ACTIVE, BATCH);
    logSum = new float[BATCH];
  }

  /// The logits of the batch, copied.
  @Benchmark
  public Block copy() {
    System.arraycopy(logits.data(), 0, z.data(), 0, ACTIVE * BATCH);
    return z;
  }

  /// Softmax of a batch, down its columns.
  @Benchmark
  public Block softmaxColumns() {
    copy();
    kernels.softmaxColumns(z, logSum);
    return z;
  }

  /// Softmax of one example.
  @Benchmark
  public float softmax() {
    System.arraycopy(logits.data(), 0, z.data(), 0, ACTIVE);
    return kernels.softmax(z.data(), 0, ACTIVE);
  }

  /// Logistic function and softplus of one example.
  @Benchmark
  public double sigmoid() {
    System.arraycopy(logits.data(), 0, z.data(), 0, ACTIVE);
    return kernels.sigmoid(z.data(), 0, ACTIVE);
  }
}
