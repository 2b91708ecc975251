package org.fovea.kernel;

import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.fovea.testkit.Seeds;

/// The bits of kernels on fixed input, also as a program of its own.
final class KernelBits {

  private KernelBits() {}

  /// Prints the checksum of the vector kernels, after so many calls.
  public static void main(String[] args) {
    int calls = Integer.parseInt(args[0]);
    VectorKernels kernels = new VectorKernels();
    long first = checksum(kernels);
    for (int call = 1; call < calls; call++) {
      long now = checksum(kernels);
      if (now != first) {
        System.out.println("call " + call + " gave " + now + ", the first gave " + first);
        return;
      }
    }
    System.out.println("always " + first);
  }

  /// A checksum of the bits of every kernel's results.
  static long checksum(Kernels kernels) {
    SplittableRandom random = Seeds.fixed(17);
    CRC32C sum = new CRC32C();
    Block a = Cases.block(random, 7, 13);
    Block b = Cases.block(random, 13, 21);
    Block c = Cases.block(random, 7, 21);
    kernels.multiply(a, b, c, true);
    Block d = Cases.block(random, 13, 21);
    kernels.multiplyTransposed(a, c, d, false);
    float[] logs = new float[d.stride()];
    kernels.softmaxColumns(d, logs);
    add(sum, c.data());
    add(sum, d.data());
    add(sum, logs);
    float[] z = Cases.numbers(random, 0, 100);
    add(sum, kernels.softmax(z, 0, 50), (float) kernels.sigmoid(z, 50, 100));
    add(sum, z);
    RowMatrix matrix = Cases.matrix(random, 20, 33);
    float[] out = Cases.numbers(random, 0, 48);
    int[] rows = {3, 1, 4, 1, 5};
    float[] scales = {1f, 0.5f, -0.3f, 2f, 1e-3f};
    kernels.addRows(matrix, rows, scales, 0, 5, out, 0);
    add(sum, out);
    kernels.dotRows(matrix, rows, 0, 5, out, 0, scales);
    add(sum, scales);
    kernels.dotRowsSparse(matrix, rows, 0, 5, new int[] {0, 7, 32}, out, 0, 3, scales);
    add(sum, scales);
    float[] w = Cases.numbers(random, 0, 40);
    float[] m = Cases.numbers(random, 0, 40);
    float[] v = Cases.positives(random, 0, 40);
    float[] g = Cases.numbers(random, 0, 40);
    kernels.descend(w, 0, g, 0, 40, 0.1f);
    kernels.momentum(w, m, 0, g, 0, 40, 0.1f, 0.9f, true);
    kernels.adagrad(w, v, 0, g, 0, 40, 0.1f, 1e-6f);
    kernels.adam(w, m, v, 0, g, 0, 40, 0.1f, 0.9f, 0.99f, 1e-6f);
    add(sum, w);
    add(sum, m);
    add(sum, v);
    add(sum, kernels.dot(w, 0, m, 0, 40), kernels.squaredNorm(w, 0, 40));
    kernels.addScaled(0.3f, w, 0, m, 0, 40);
    kernels.addRows(a, rows, scales, 0, 5, out, 0);
    add(sum, out);
    kernels.addRowsSparse(matrix, rows, scales, 0, 5, rows, 0, 5, m);
    add(sum, m);
    return sum.getValue();
  }

  private static void add(CRC32C sum, float... values) {
    for (float value : values) {
      int bits = Float.floatToIntBits(value);
      for (int shift = 0; shift < 32; shift += 8) {
        sum.update(bits >>> shift);
      }
    }
  }
}
