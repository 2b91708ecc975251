package org.fovea.topology;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.SparsePattern;
import org.fovea.kernel.UnitBlock;
import org.fovea.network.SparseActivity;

/// The empty places with the largest gradients, found without holding the gradients of all: they
/// are computed for some neurons at a time, and only what may be among the largest is kept.
///
/// **Cost** time of the dense gradient of one batch; memory of twice the places that are wanted and
/// of some rows.
final class GradientScan {

  private static final Kernels KERNELS = Kernels.best();

  /// Neurons whose gradients are computed at a time.
  private static final int ROWS = 48;

  private final Extremes extremes = new Extremes();
  private final long[] places;
  private final float[] sizes;
  private final int wanted;
  private int size;
  private float least = Float.NEGATIVE_INFINITY;

  private GradientScan(int wanted) {
    this.wanted = wanted;
    this.places = new long[Math.max(1024, 2 * wanted)];
    this.sizes = new float[places.length];
  }

  /// The places, ascending.
  static long[] largest(SparseActivity layer, EmptyPlaces empty, int wanted) {
    GradientScan scan = new GradientScan(wanted);
    scan.run(layer, empty);
    scan.cut();
    return Arrays.copyOf(scan.places, scan.size);
  }

  private void run(SparseActivity layer, EmptyPlaces empty) {
    SparsePattern pattern = layer.connections().matrix().pattern();
    UnitBlock inputs = layer.inputs();
    UnitBlock deltas = layer.deltas();
    Block byExample = new Block(inputs.batch(), inputs.units());
    inputs.store(byExample, 0, inputs.batch());
    Block factors = new Block();
    Block gradients = new Block();
    for (int from = 0; from < pattern.rows(); from += ROWS) {
      int count = Math.min(ROWS, pattern.rows() - from);
      factors.resize(count, deltas.batch());
      gradients.resize(count, inputs.units());
      for (int i = 0; i < count; i++) {
        System.arraycopy(
            deltas.data(),
            deltas.offset(from + i),
            factors.data(),
            factors.offset(i),
            deltas.batch());
      }
      KERNELS.multiply(factors, byExample, gradients, false);
      for (int i = 0; i < count; i++) {
        offer(pattern, empty, from + i, gradients.data(), gradients.offset(i));
      }
    }
  }

  private void offer(SparsePattern pattern, EmptyPlaces empty, int row, float[] gradients, int at) {
    long base = (long) row * pattern.columns();
    long p = pattern.offset(row);
    long end = pattern.offset(row + 1);
    for (int column = 0; column < pattern.columns(); column++) {
      if (p < end && pattern.column(p) == column) {
        if (empty.survives(p++)) {
          continue;
        }
      }
      float magnitude = Math.abs(gradients[at + column]);
      if (magnitude > least) {
        if (size == places.length) {
          cut();
        }
        places[size] = base + column;
        sizes[size++] = magnitude;
      }
    }
  }

  /// Keeps the largest; later ones must be larger than the least of them.
  private void cut() {
    if (size <= wanted) {
      return;
    }
    long[] marks = ConnectionMove.noneOf(size);
    extremes.markLargest(sizes, size, wanted, marks);
    int kept = 0;
    least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      if ((marks[i >>> 6] >>> i & 1) != 0) {
        places[kept] = places[i];
        sizes[kept] = sizes[i];
        least = Math.min(least, sizes[kept++]);
      }
    }
    size = kept;
  }
}
