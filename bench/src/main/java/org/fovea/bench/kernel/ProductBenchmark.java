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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Matrix products of the shapes that training a wide network has.
///
/// `2 * rows * terms * columns` operations each.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {

  /// Rows of the result, terms of each sum, columns of the result.
  @Param({"1300x128x128", "128x1300x128", "1024x16x128", "128x128x32", "16x200000x128"})
  public String shape = "";

  private Kernels kernels = Kernels.best();
  private Block a = new Block();
  private final Block turned = new Block();
  private Block b = new Block();
  private Block c = new Block();

  /// Fills the factors.
  @Setup
  public void fill(KernelPair pair) {
    kernels = pair.chosen();
    String[] parts = shape.split("x", -1);
    int rows = Integer.parseInt(parts[0]);
    int terms = Integer.parseInt(parts[1]);
    int columns = Integer.parseInt(parts[2]);
    SplittableRandom random = new SplittableRandom(1);
    a = Inputs.block(random, rows, terms);
    a.transposeInto(turned);
    b = Inputs.block(random, terms, columns);
    c = new Block(rows, columns);
  }

  /// `c = a b`.
  @Benchmark
  public Block multiply() {
    kernels.multiply(a, b, c, false);
    return c;
  }

  /// `c = aᵀ b`.
  @Benchmark
  public Block multiplyTransposed() {
    kernels.multiplyTransposed(turned, b, c, false);
    return c;
  }
}
