package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Vectors live in registers: once C2 has compiled a kernel, it allocates nothing. A method that
/// has grown over C2's limits fails here, and would be many times slower.
@Tag("slow")
@Isolated("C2 needs the cores")
class AllocationTest {

  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
  private static final int CALLS = 200;
  private static final VectorKernels KERNELS = new VectorKernels();

  private final SplittableRandom random = Seeds.fixed(1);
  private final RowMatrix matrix = Cases.matrix(random, 100, 200);
  private final int[] rows = random.ints(100, 0, 100).toArray();
  private final float[] x = Cases.numbers(random, 0, 500);
  private final float[] y = Cases.numbers(random, 0, 500);
  private final float[] z = Cases.positives(random, 0, 500);
  private final float[] moments = new float[500];
  private double sink;

  @Test
  void productsAllocateNothing() {
    Block a = Cases.block(random, 41, 41);
    Block b = Cases.block(random, 41, 240);
    Block c = Cases.block(random, 41, 240);
    assertStopsAllocating(() -> KERNELS.multiply(a, b, c, false));
    assertStopsAllocating(() -> KERNELS.multiplyTransposed(a, b, c, true));
  }

  @Test
  void exponentialsAllocateNothing() {
    Block block = Cases.block(random, 40, 100);
    assertStopsAllocating(() -> KERNELS.softmaxColumns(block, y));
    assertStopsAllocating(() -> sink += KERNELS.softmax(x, 0, 333));
    assertStopsAllocating(() -> sink += KERNELS.sigmoid(x, 0, 333));
  }

  @Test
  void sumsAndUpdatesAllocateNothing() {
    assertStopsAllocating(() -> sink += KERNELS.dot(x, 0, y, 0, 333));
    assertStopsAllocating(() -> KERNELS.addScaled(0.1f, x, 0, y, 0, 333));
    assertStopsAllocating(() -> KERNELS.descend(x, 0, y, 0, 333, 0.1f));
    assertStopsAllocating(() -> KERNELS.momentum(x, z, 0, y, 0, 333, 0.1f, 0.9f, true));
    assertStopsAllocating(() -> KERNELS.adagrad(x, z, 0, y, 0, 333, 0.1f, 1e-6f));
    assertStopsAllocating(
        () -> KERNELS.adam(x, moments, z, 0, y, 0, 333, 0.1f, 0.9f, 0.999f, 1e-6f));
  }

  @Test
  void sumsOverRowsAllocateNothing() {
    Block block = new Block(100, 200);
    assertStopsAllocating(() -> KERNELS.addRows(matrix, rows, x, 0, 100, y, 0));
    assertStopsAllocating(() -> KERNELS.addRows(block, rows, x, 0, 100, y, 0));
    assertStopsAllocating(() -> KERNELS.dotRows(matrix, rows, 0, 100, y, 0, x));
    assertStopsAllocating(() -> KERNELS.dotRowsSparse(matrix, rows, 0, 100, rows, x, 0, 50, z));
    assertStopsAllocating(() -> KERNELS.addRowsSparse(matrix, rows, x, 0, 100, rows, 0, 50, z));
    assertStopsAllocating(() -> KERNELS.gatherRows(matrix, rows, 0, 100, block));
  }

  private static void assertStopsAllocating(Runnable kernel) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + PATIENCE;
    long bytes;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        kernel.run();
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > 0 && System.nanoTime() < end);
    assertThat(bytes).as("bytes in %d calls", CALLS).isZero();
  }
}
