package org.fovea.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.fovea.bench.MachineCeiling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// What one core does at best: 1,000 rounds of twelve multiply-adds in registers (at 512 bits
/// 384,000 operations). See [MachineCeiling].
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:CompileCommand=dontinline,org.fovea.bench.MachineCeiling::multiplyAdd"
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CeilingBenchmark {

  /// Multiply-adds that touch no memory.
  @Benchmark
  public float multiplyAdd() {
    return MachineCeiling.multiplyAdd(1000);
  }
}
