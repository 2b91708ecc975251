package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.network.StreamRandom;
import org.fovea.network.Team;

/// Learns the centres of clusters of rows by Lloyd's algorithm on a sample of the rows.
///
/// It starts from rows drawn at random. A centre that loses all its rows starts again near the
/// centre that has most of them.
///
/// **Source** Lloyd, *Least squares quantization in PCM*, IEEE TIT 1982. **Cost** `sample *
/// clusters * inputs` multiply-adds a round.
final class KMeans {

  private static final Kernels KERNELS = Kernels.best();
  private static final int ROUNDS = 6;
  private static final int ROWS_PER_CLUSTER = 24;
  private static final int GRAIN = 256;

  private final HashedRows rows;
  private final int clusters;
  private final int[] sample;
  private final int[] nearest;
  private final Block centres;
  private final Block fetched = new Block();
  private final float[] biases;
  private final int[] sizes;
  private final StreamRandom random = new StreamRandom();

  private KMeans(HashedRows rows, int clusters, long seed) {
    this.rows = rows;
    this.clusters = clusters;
    this.sample =
        sample(
            rows.count(),
            (int) Math.min(Integer.MAX_VALUE, 1L * clusters * ROWS_PER_CLUSTER),
            seed);
    this.nearest = new int[sample.length];
    this.centres = new Block(clusters, rows.inputs());
    this.biases = new float[clusters];
    this.sizes = new int[clusters];
    random.place(seed, 0, 3, 0);
  }

  /// Learns `clusters` centres; the same rows and seed give the same ones for any team.
  static Centroids learn(HashedRows rows, int clusters, long seed, Team team) {
    KMeans means = new KMeans(rows, clusters, seed);
    means.start();
    Centroids centroids = means.centroids();
    for (int round = 0; round < ROUNDS; round++) {
      means.assign(centroids, team);
      means.average();
      centroids = means.centroids();
    }
    return centroids;
  }

  private static int[] sample(int count, int wanted, long seed) {
    int[] sample = new int[Math.min(count, wanted)];
    Scatter order = Scatter.of(count, seed);
    int row = order.first();
    for (int i = 0; i < sample.length; i++) {
      sample[i] = row;
      row = order.after(row);
    }
    return sample;
  }

  private void start() {
    for (int cluster = 0; cluster < clusters; cluster++) {
      place(cluster, sample[cluster % sample.length]);
    }
  }

  private void place(int cluster, int row) {
    fetched.resize(1, rows.inputs());
    rows.gather(new int[] {row}, 0, 1, fetched);
    System.arraycopy(fetched.data(), 0, centres.data(), centres.offset(cluster), rows.inputs());
    biases[cluster] = rows.biasOf(row);
  }

  private void assign(Centroids centroids, Team team) {
    HashScratch[] scratches = new HashScratch[team.size()];
    team.run(
        sample.length,
        GRAIN,
        (from, to, thread) -> {
          if (scratches[thread] == null) {
            scratches[thread] = new HashScratch();
          }
          centroids.nearest(rows, sample, from, to, scratches[thread], nearest, from, 1);
        });
  }

  private void average() {
    centres.clear();
    Arrays.fill(biases, 0f);
    Arrays.fill(sizes, 0);
    for (int base = 0; base < sample.length; base += GRAIN) {
      add(base, Math.min(sample.length, base + GRAIN));
    }
    int largest = 0;
    for (int cluster = 0; cluster < clusters; cluster++) {
      if (sizes[cluster] > sizes[largest]) {
        largest = cluster;
      }
      float scale = 1f / Math.max(1, sizes[cluster]);
      int offset = centres.offset(cluster);
      for (int i = offset; i < offset + rows.inputs(); i++) {
        centres.data()[i] *= scale;
      }
      biases[cluster] *= scale;
    }
    for (int cluster = 0; cluster < clusters; cluster++) {
      if (sizes[cluster] == 0) {
        place(cluster, memberOf(largest));
      }
    }
  }

  /// Adds some rows of the sample to their centres.
  private void add(int from, int to) {
    fetched.resize(to - from, rows.inputs());
    rows.gather(sample, from, to, fetched);
    for (int i = from; i < to; i++) {
      int cluster = nearest[i];
      KERNELS.addScaled(
          1f,
          fetched.data(),
          fetched.offset(i - from),
          centres.data(),
          centres.offset(cluster),
          rows.inputs());
      biases[cluster] += rows.biasOf(sample[i]);
      sizes[cluster]++;
    }
  }

  /// A row of a cluster, drawn at random.
  private int memberOf(int cluster) {
    int from = random.nextInt(sample.length);
    for (int i = 0; i < sample.length; i++) {
      int at = from + i < sample.length ? from + i : from + i - sample.length;
      if (nearest[at] == cluster) {
        return sample[at];
      }
    }
    return sample[from];
  }

  private Centroids centroids() {
    Block columns = new Block();
    centres.transposeInto(columns);
    float[] halfSquares = new float[clusters];
    for (int cluster = 0; cluster < clusters; cluster++) {
      halfSquares[cluster] =
          (KERNELS.squaredNorm(centres.data(), centres.offset(cluster), rows.inputs())
                  + biases[cluster] * biases[cluster])
              / 2;
    }
    return new Centroids(columns, biases.clone(), halfSquares);
  }
}
