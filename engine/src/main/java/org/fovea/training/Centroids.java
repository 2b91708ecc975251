package org.fovea.training;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Network;
import org.fovea.network.Predictor;

/// Starts the rows of the labels at the direction of the mean hidden vector of their examples, less
/// the mean of all examples.
///
/// **Cost** one pass over the data.
final class Centroids {

  private static final Kernels KERNELS = Kernels.best();
  private static final int BATCH = 256;

  private Centroids() {}

  /// Sets the rows of the output layer from a label on.
  ///
  /// @param length Euclidean length of each row
  /// @param from the first label; the rows of it and of those after it are zero
  static void initialize(Network network, Examples examples, double length, int from) {
    RowMatrix rows = network.output().neurons().weights().values();
    int width = rows.columns();
    float[] mean = new float[Block.padded(width)];
    long seen = 0;
    Predictor predictor = new Predictor(network);
    Batch batch = new Batch();
    int[] counts = new int[rows.rows()];
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        network.inputWeights().apply(batch);
        Block hidden = predictor.hidden(batch);
        for (int e = 0; e < batch.exampleCount(); e++) {
          KERNELS.addScaled(1f, hidden.data(), hidden.offset(e), mean, 0, width);
          for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
            int label = batch.labels()[i];
            if (label < from) {
              continue;
            }
            counts[label]++;
            KERNELS.addScaled(
                1f, hidden.data(), hidden.offset(e), rows.chunk(label), rows.offset(label), width);
          }
        }
        seen += batch.exampleCount();
        batch.clear();
      }
    }
    for (int label = 0; label < rows.rows(); label++) {
      if (counts[label] > 0) {
        float[] chunk = rows.chunk(label);
        int at = rows.offset(label);
        KERNELS.addScaled(-(float) counts[label] / seen, mean, 0, chunk, at, width);
        double norm = Math.sqrt(KERNELS.squaredNorm(chunk, at, width));
        float scale = norm > 0 ? (float) (length / norm) : 0f;
        for (int i = at; i < at + width; i++) {
          chunk[i] *= scale;
        }
      }
    }
  }
}
