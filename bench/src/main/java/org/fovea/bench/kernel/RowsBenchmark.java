package org.fovea.bench.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
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

/// Sums over 1,000 scattered rows of a matrix that fits a cache or does not: 1,000 and 400,000 rows
/// of 128 floats (0.5 MB and 205 MB).
///
/// Each operation reads 512,000 bytes; `dotRowsSparse` reads 16 floats of each row.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowsBenchmark {

  private static final int COUNT = 1000;
  private static final int COLUMNS = 128;
  private static final int SPARSE = 16;
  private static final int SETS = 64;

  /// Rows of the matrix.
  @Param({"1000", "400000"})
  public int rowCount = 1;

  private Kernels kernels = Kernels.best();
  private RowMatrix matrix = new RowMatrix(0, 0);
  private final int[][] rows = new int[SETS][];
  private float[] scales = new float[0];
  private float[] x = new float[0];
  private final float[] out = new float[COUNT];
  private final int[] indices = new int[SPARSE];
  private final Block block = new Block(COUNT, COLUMNS);
  private int next;

  /// Fills the matrix and chooses the rows.
  @Setup
  public void fill(KernelPair pair) {
    kernels = pair.chosen();
    SplittableRandom random = new SplittableRandom(1);
    matrix = Inputs.matrix(random, rowCount, COLUMNS);
    for (int set = 0; set < SETS; set++) {
      rows[set] = random.ints(COUNT, 0, rowCount).toArray();
    }
    scales = Inputs.floats(random, COUNT);
    x = Inputs.floats(random, COLUMNS);
    for (int j = 0; j < SPARSE; j++) {
      indices[j] = j * 8 + random.nextInt(8);
    }
  }

  private int[] nextRows() {
    next = (next + 1) % SETS;
    return rows[next];
  }

  /// Weighted sum of the rows.
  @Benchmark
  public float[] addRows() {
    kernels.addRows(matrix, nextRows(), scales, 0, COUNT, x, 0);
    return x;
  }

  /// Dot products with a dense vector.
  @Benchmark
  public float[] dotRows() {
    kernels.dotRows(matrix, nextRows(), 0, COUNT, x, 0, out);
    return out;
  }

  /// Dot products with a sparse vector.
  @Benchmark
  public float[] dotRowsSparse() {
    kernels.dotRowsSparse(matrix, nextRows(), 0, COUNT, indices, scales, 0, SPARSE, out);
    return out;
  }

  /// Copies into a block.
  @Benchmark
  public Block gatherRows() {
    kernels.gatherRows(matrix, nextRows(), 0, COUNT, block);
    return block;
  }
}
