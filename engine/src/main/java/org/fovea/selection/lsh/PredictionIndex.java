package org.fovea.selection.lsh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.network.ActiveSet;
import org.fovea.network.DirectScores;
import org.fovea.network.Selector;
import org.fovea.network.Team;

/// Finds the neurons with the largest net inputs of a trained layer, for prediction.
///
/// The rows lie in learned clusters. A query looks into its best `probes` clusters, estimates the
/// net input of every row there from the row's [BinaryCodes], its bias and what direct connections
/// add, and returns the `limit` rows with the largest estimates; the network computes their net
/// inputs exactly. [#tune] finds the cheapest probes and limit that reach a wanted recall.
///
/// It is a snapshot: it does not follow the weights until [#refresh].
///
/// **Threads** safe for queries, each worker with a scratch of its own; [#refresh] and [#tune] by
/// one thread while no one asks. **Cost** a query takes `inputs * (clusters + inputs)`
/// multiply-adds, a few nanoseconds a row looked at, and the memory reads of `limit` rows later; 12
/// bytes a row of 32 inputs, 32 of 128. **Source** clusters: Auvolat and others, 2015,
/// arXiv:1507.05910; codes: Gao and Long, SIGMOD 2024, arXiv:2405.12497.
public final class PredictionIndex implements Selector {

  private static final Kernels KERNELS = Kernels.best();
  private static final int BLOCK = 256;

  private final HashedRows rows;
  private final LshOptions options;
  private final int clusters;
  private final Block rotation;
  private final int[] starts;
  private final int[] ids;
  private final float[] biases;
  private final BinaryCodes codes;
  private Centroids centroids;
  private volatile QueryBudget budget;

  /// An index of all rows with a budget of an eighth of the clusters and 1,024 neurons.
  public PredictionIndex(HashedRows rows, LshOptions options) {
    this.rows = rows;
    this.options = options;
    this.clusters = clustersFor(rows.count());
    this.rotation = Rotation.random(rows.inputs(), options.seed());
    this.starts = new int[clusters + 1];
    this.ids = new int[rows.count()];
    this.biases = new float[rows.count()];
    this.codes = new BinaryCodes(rows.count(), rows.inputs());
    this.centroids = learn();
    this.budget = new QueryBudget(Math.max(1, clusters / 8), Math.min(1024, rows.count()));
    fill();
  }

  /// Some times the root of the number of rows, so that choosing clusters costs little beside
  /// looking into them.
  private static int clustersFor(int rows) {
    return Math.clamp((int) (3 * Math.sqrt(rows)), 1, rows);
  }

  private Centroids learn() {
    return KMeans.learn(rows, clusters, options.seed(), options.team());
  }

  private void fill() {
    Team team = options.team();
    int count = rows.count();
    int[] nearest = new int[count];
    for (int row = 0; row < count; row++) {
      ids[row] = row;
    }
    HashScratch[] scratches = new HashScratch[team.size()];
    for (int thread = 0; thread < scratches.length; thread++) {
      scratches[thread] = new HashScratch();
    }
    team.run(
        count,
        BLOCK,
        (from, to, thread) ->
            centroids.nearest(rows, ids, from, to, scratches[thread], nearest, from, 1));
    sortByCluster(nearest);
    Block centres = BinaryCodes.rotatedCentres(centroids, rotation);
    team.run(
        (count + BLOCK - 1) / BLOCK,
        1,
        (from, to, thread) -> {
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            encode(first, Math.min(count, first + BLOCK), nearest, centres, scratches[thread]);
          }
        });
  }

  private void sortByCluster(int[] nearest) {
    Arrays.fill(starts, 0);
    for (int cluster : nearest) {
      starts[cluster + 1]++;
    }
    for (int cluster = 0; cluster < clusters; cluster++) {
      starts[cluster + 1] += starts[cluster];
    }
    int[] next = starts.clone();
    for (int row = 0; row < nearest.length; row++) {
      ids[next[nearest[row]]++] = row;
    }
  }

  private void encode(int from, int to, int[] nearest, Block centres, HashScratch scratch) {
    scratch.rows.resize(to - from, rows.inputs());
    rows.gather(ids, from, to, scratch.rows);
    scratch.product.resize(to - from, rows.inputs());
    KERNELS.multiply(scratch.rows, rotation, scratch.product, false);
    for (int place = from; place < to; place++) {
      int centre = centres.offset(nearest[ids[place]]);
      int offset = scratch.product.offset(place - from);
      codes.encode(place, scratch.product.data(), offset, centres.data(), centre);
      biases[place] = rows.biasOf(ids[place]);
    }
  }

  /// Finds the cheapest budget that reaches a recall on a sample of queries, and keeps it.
  ///
  /// Which budget is the cheapest is a matter of counting, so the same rows, seed and queries give
  /// the same one everywhere.
  ///
  /// @param queries what should be found
  /// @param recall share of the queries' best neurons that must be found; if no budget finds it,
  ///   the one that finds most is kept
  /// @return recall and cost by budget, ascending in both
  public List<RecallPoint> tune(Queries queries, double recall) {
    PredictionTuner tuner = new PredictionTuner(this, queries);
    List<RecallPoint> curve = tuner.curve(recall);
    budget = RecallPoint.cheapest(curve, recall).budget();
    return curve;
  }

  /// Sets how much queries look up from now on.
  public void budget(QueryBudget budget) {
    this.budget = budget;
  }

  /// How much queries look up.
  public QueryBudget budget() {
    return budget;
  }

  HashedRows rows() {
    return rows;
  }

  int clusters() {
    return clusters;
  }

  /// Bytes that the index takes besides the weights.
  public long bytes() {
    return codes.bytes()
        + 8L * ids.length
        + 4L * rotation.data().length
        + 4L * centroids.columns().data().length;
  }

  /// Working memory of one worker.
  static final class Working implements Scratch {
    private final HashScratch hashing = new HashScratch();
    private final Block rotated = new Block();
    private final Shortlist shortlist = new Shortlist();
    private final BinaryCodes.Query query = new BinaryCodes.Query();
    private float[] estimates = new float[0];
    private long scanned;
    private long work;

    /// Number of rows that the last query looked at.
    long scanned() {
      return scanned;
    }
  }

  @Override
  public Scratch newScratch() {
    return new Working();
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public int limit() {
    return Math.min(rows.count(), budget.limit());
  }

  /// {@inheritDoc}
  ///
  /// The corrections are zero: nothing is random, and training has selectors of its own.
  @Override
  public void select(
      Block inputs,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    Working own = (Working) scratch;
    QueryBudget budget = this.budget;
    own.scanned = 0;
    for (int example = from; example < to; example++) {
      search(inputs, example, budget, set.headStarts(), own);
      for (int i = 0; i < own.shortlist.size(); i++) {
        set.add(ids[own.shortlist.id(i)]);
      }
    }
    own.work = (to - from) * (long) rows.inputs() * (clusters + rows.inputs()) + own.scanned;
  }

  @Override
  public void selectSparse(
      int[] indices,
      float[] values,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    Block dense = ((Working) scratch).hashing.rows;
    dense.resize(1, rows.inputs());
    dense.clear();
    for (int i = from; i < to; i++) {
      dense.data()[indices[i]] = values[i];
    }
    select(dense, 0, 1, set, scratch, random, training);
  }

  /// Leaves the places of the rows with the largest estimates in the shortlist.
  private void search(
      Block inputs,
      int example,
      QueryBudget budget,
      Optional<DirectScores> headStarts,
      Working own) {
    int probes = Math.min(budget.probes(), clusters);
    Block products = own.hashing.product;
    products.resize(inputs.rows(), clusters);
    KERNELS.multiplyRows(inputs, centroids.columns(), products, false, example, example + 1);
    own.rotated.resize(inputs.rows(), rows.inputs());
    KERNELS.multiplyRows(inputs, rotation, own.rotated, false, example, example + 1);
    codes.prepare(own.rotated.data(), own.rotated.offset(example), own.query);
    int[] best = own.hashing.ints(probes);
    int offset = products.offset(example);
    centroids.best(products.data(), offset, probes, own.hashing.floats(probes), best);
    own.shortlist.begin(Math.min(budget.limit(), rows.count()));
    for (int probe = 0; probe < probes; probe++) {
      scan(best[probe], products.data()[offset + best[probe]], headStarts, own);
    }
    own.shortlist.end();
  }

  private void scan(int cluster, float product, Optional<DirectScores> headStarts, Working own) {
    int from = starts[cluster];
    int to = starts[cluster + 1];
    if (own.estimates.length < to - from) {
      own.estimates = new float[to - from];
    }
    float[] estimates = own.estimates;
    codes.estimate(own.query, from, to, estimates);
    if (headStarts.isPresent()) {
      DirectScores scores = headStarts.get();
      for (int place = from; place < to; place++) {
        estimates[place - from] += scores.ofRareFeatures(ids[place]);
      }
    }
    Shortlist shortlist = own.shortlist;
    for (int place = from; place < to; place++) {
      shortlist.offer(product + estimates[place - from] + biases[place], place);
    }
    own.scanned += to - from;
  }

  /// Does nothing: the index is a snapshot.
  @Override
  public void rowsChanged(int[] changed, int from, int to) {}

  /// Does nothing: the index is a snapshot.
  @Override
  public void maintain(long batch) {}

  /// Learns the clusters again and encodes all rows.
  @Override
  public void refresh() {
    centroids = learn();
    fill();
  }

  @Override
  public long work(Scratch scratch) {
    return ((Working) scratch).work;
  }

  @Override
  public void close() {}
}
