package org.fovea.bench.kernel;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/// Which memory is the best home of weights: an array, an array whose rows start at multiples of 64
/// bytes, or native memory; 1,000 scattered rows of 128 floats each time. See decision 0001.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WeightMemoryBenchmark {

  private static final int COUNT = 1000;
  private static final int SETS = 64;

  /// G1 starts a large array at a region, and its first float 16 bytes later: rows that start 12
  /// floats later lie at multiples of 64 bytes.
  private static final int ALIGNED_SKIP = 12;

  /// Where the rows are.
  @Param({"array", "aligned", "native"})
  public String memory = "";

  /// Rows in all.
  @Param({"8000", "400000"})
  public int rowCount = 1;

  private WeightRows weights = new WeightRows.Heap(new float[0], 0);
  private final int[][] rows = new int[SETS][];
  private final float[] x = new float[WeightRows.COLUMNS];
  private final float[] out = new float[COUNT];
  private final float[] block = new float[COUNT * WeightRows.COLUMNS];
  private int next;

  /// Makes the rows.
  @Setup
  public void fill() {
    weights =
        switch (memory) {
          case "array" -> new WeightRows.Heap(new float[rowCount * WeightRows.COLUMNS], 0);
          case "aligned" ->
              new WeightRows.Heap(
                  new float[rowCount * WeightRows.COLUMNS + ALIGNED_SKIP], ALIGNED_SKIP);
          case "native" -> new WeightRows.Native(Arena.global(), rowCount);
          default -> throw new IllegalArgumentException("no memory is called " + memory);
        };
    SplittableRandom random = new SplittableRandom(1);
    for (int set = 0; set < SETS; set++) {
      rows[set] = random.ints(COUNT, 0, rowCount).toArray();
    }
    int[] all = new int[rowCount];
    for (int row = 0; row < rowCount; row++) {
      all[row] = row;
    }
    weights.descend(all, Inputs.floats(random, WeightRows.COLUMNS));
  }

  private int[] nextRows() {
    next = (next + 1) % SETS;
    return rows[next];
  }

  /// Sum of the rows.
  @Benchmark
  public float[] addRows() {
    weights.add(nextRows(), x);
    return x;
  }

  /// Dot products.
  @Benchmark
  public float[] dotRows() {
    weights.dot(nextRows(), x, out);
    return out;
  }

  /// Copies.
  @Benchmark
  public float[] gatherRows() {
    weights.gather(nextRows(), block);
    return block;
  }

  /// Updates in place.
  @Benchmark
  public float[] descendRows() {
    weights.descend(nextRows(), x);
    return x;
  }
}
