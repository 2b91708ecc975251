package org.fovea.selection.lsh;

import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.network.StreamRandom;

/// A random rotation: normal vectors, made orthonormal one after the other (modified Gram-Schmidt,
/// each vector twice, which keeps them orthogonal to the precision of the numbers).
///
/// **Cost** `inputs^3` multiply-adds to make.
final class Rotation {

  private static final Kernels KERNELS = Kernels.best();

  private Rotation() {}

  /// A rotation `[inputs, inputs]`: the product of a block of rows with it is the rotated rows.
  static Block random(int inputs, long seed) {
    StreamRandom random = new StreamRandom();
    random.place(seed, 0, 4, 0);
    Block rotation = new Block(inputs, inputs);
    float[] data = rotation.data();
    for (int row = 0; row < inputs; row++) {
      int offset = rotation.offset(row);
      for (int column = 0; column < inputs; column++) {
        data[offset + column] = (float) random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int earlier = 0; earlier < row; earlier++) {
          int other = rotation.offset(earlier);
          float shadow = KERNELS.dot(data, offset, data, other, inputs);
          KERNELS.addScaled(-shadow, data, other, data, offset, inputs);
        }
        float scale = (float) (1 / Math.sqrt(KERNELS.squaredNorm(data, offset, inputs)));
        for (int column = 0; column < inputs; column++) {
          data[offset + column] *= scale;
        }
      }
    }
    return rotation;
  }
}
