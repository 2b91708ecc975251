package org.fovea.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.BatchCheck;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;

/// Predicts with a network: the best labels of each example, exactly or through the tables.
///
/// Direct connections are read label by label, which serves whole batches well. With a copy of them
/// by feature, shared by all predictors, single examples touch only the connections that they need;
/// prediction through tables needs it to find what the features speak for.
///
/// **Threads** confined; make one per thread.
public final class Predictor {

  private static final Kernels KERNELS = Kernels.best();

  /// Labels whose scores are computed at a time: their rows fit in a second-level cache.
  private static final int TILE = 512;

  /// Batches below this size read each label's row once per example; larger ones share it.
  private static final int BLOCK_BATCH = 8;

  private final Network network;
  private final OutputLayer layer;
  private final Step step = new Step();
  private final StreamRandom random = new StreamRandom();
  private final Signals input;
  private final FeatureIndex features;
  private final HiddenPasses hidden;
  private final DirectPass direct;
  private final Optional<FeatureConnections> byFeature;
  private final List<DirectScores> directScores = new ArrayList<>();
  private final Optional<UnitOutput> sparseLabels;
  private final Optional<StoredRows> stored;
  private final Block rows = new Block();
  private final Block dense = new Block();
  private final Block inputsTransposed = new Block();
  private final Block scores = new Block();
  private final int[] tileRows = new int[TILE];
  private float[] products = new float[TILE];
  private float[] thresholds = new float[0];

  /// A predictor of the calling thread.
  public Predictor(Network network) {
    this(network, Optional.empty());
  }

  /// A predictor of the calling thread for single examples and for prediction through tables.
  ///
  /// @param byFeature the network's direct connections
  public Predictor(Network network, FeatureConnections byFeature) {
    this(network, Optional.of(byFeature));
  }

  private Predictor(Network network, Optional<FeatureConnections> byFeature) {
    this.network = network;
    this.layer = network.output();
    this.input = Signals.sparse(network.spec().input().features());
    PassContext context = new PassContext(Team.single(), step, new WorkCount());
    this.features = new FeatureIndex(input);
    this.hidden = new HiddenPasses(network, input, features, context);
    this.direct = new DirectPass(layer.direct(), features, 0f);
    this.byFeature = byFeature;
    this.stored = layer.neurons().stored();
    this.sparseLabels = network.sparseOutput().map(_ -> hidden.output(network, context));
  }

  /// Finds each example's best labels among all of them.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  /// @param best one per example, cleared by the caller; filled, not ranked
  /// @throws IllegalArgumentException if an example has features that do not ascend or that the
  ///   network does not have, a value that is not finite, or no ranking to fill
  /// @throws IllegalStateException if an example is not finished, or a ranking is not cleared
  public void predict(Batch batch, TopK[] best) {
    predict(batch, best, (_, _, _, _) -> {});
  }

  /// Takes the scores of some labels.
  interface Tile {

    /// Called for consecutive labels until all have been.
    ///
    /// @param scores `[count, examples]`, valid until the next call
    /// @param from the first label
    void take(Block scores, int from, int count, int examples);
  }

  /// Finds each example's best labels among all of them, and hands out the scores of all.
  void predict(Batch batch, TopK[] best, Tile tile) {
    check(batch, best);
    forward(batch);
    int examples = batch.exampleCount();
    boolean single = byFeature.isPresent() && examples < BLOCK_BATCH && stored.isEmpty();
    if (single) {
      for (int e = 0; e < examples; e++) {
        directScores(e).compute(batch, e);
      }
    } else {
      direct.prepare(examples);
    }
    if (thresholds.length < Block.padded(examples)) {
      thresholds = new float[Block.padded(examples)];
    }
    Arrays.fill(thresholds, 0, examples, Float.NEGATIVE_INFINITY);
    if (sparseLabels.isPresent()) {
      Block all = sparseLabels.get().scores();
      offer(all, 0, layer.neurons().neurons(), examples, best);
      tile.take(all, 0, layer.neurons().neurons(), examples);
      return;
    }
    Signals top = hidden.top();
    boolean blocks = stored.isPresent() || (!top.isSparse() && examples >= BLOCK_BATCH);
    if (blocks) {
      (top.isSparse() ? densified(top) : top.values()).transposeInto(inputsTransposed);
    }
    int labels = layer.neurons().neurons();
    for (int from = 0; from < labels; from += TILE) {
      int count = Math.min(TILE, labels - from);
      scores.resize(count, examples);
      if (blocks) {
        tileByBlock(from, count);
      } else {
        tileByExample(from, count, examples, single);
      }
      offer(scores, from, count, examples, best);
      tile.take(scores, from, count, examples);
    }
    stored.ifPresent(StoredRows::batchDone);
  }

  /// The values of all neurons, where those that were not selected have none.
  private Block densified(Signals top) {
    dense.resize(top.examples(), layer.neurons().inputs());
    dense.clear();
    for (int e = 0; e < top.examples(); e++) {
      int start = dense.offset(e);
      for (int i = top.begins()[e]; i < top.ends()[e]; i++) {
        dense.data()[start + top.indices()[i]] = top.entries()[i];
      }
    }
    return dense;
  }

  /// Finds each example's best labels among those that the output layer's selector finds.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  /// @param best one per example, cleared by the caller; filled, not ranked
  /// @return number of labels scored
  /// @throws IllegalArgumentException as [#predict] does
  /// @throws IllegalStateException as [#predict] does, and if the network has direct connections,
  ///   but the predictor was made without a copy of them, or if its output layer is sparse
  public long predictSelected(
      Batch batch, TopK[] best, ActiveSet set, Selector selector, Selector.Scratch scratch) {
    check(batch, best);
    if (sparseLabels.isPresent()) {
      throw new IllegalStateException("a sparse output layer scores all labels or none");
    }
    if (byFeature.isEmpty() && !layer.direct().isEmpty()) {
      throw new IllegalStateException(
          "prediction through tables needs the direct connections by feature");
    }
    forward(batch);
    Signals top = hidden.top();
    DirectScores scores = directScores(0);
    long scored = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      scores.begin(batch, e, set);
      if (top.isSparse()) {
        selector.selectSparse(
            top.indices(),
            top.entries(),
            top.begins()[e],
            top.ends()[e],
            set,
            scratch,
            random,
            false);
      } else {
        selector.select(top.values(), e, e + 1, set, scratch, random, false);
      }
      scored += set.size();
      score(e, set.rows(), set.size());
      for (int i = 0; i < set.size(); i++) {
        int label = set.rows()[i];
        best[e].offer(label, products[i] + layer.neurons().biasOf(label) + scores.of(label));
      }
    }
    stored.ifPresent(StoredRows::batchDone);
    return scored;
  }

  /// The values of the last hidden layer for a batch: `[examples, width]`, valid until the next
  /// call.
  ///
  /// @throws IllegalArgumentException if an example has features that do not ascend or that the
  ///   network does not have, or a value that is not finite
  /// @throws IllegalStateException if the last hidden layer, or the output layer, is sparse
  public Block hidden(Batch batch) {
    check(batch);
    forward(batch);
    if (hidden.top().isSparse() || sparseLabels.isPresent()) {
      throw new IllegalStateException("the last hidden layer has no dense values");
    }
    return hidden.top().values();
  }

  private void check(Batch batch) {
    BatchCheck.features("", batch, input.width());
  }

  private void check(Batch batch, TopK[] best) {
    check(batch);
    if (best.length < batch.exampleCount()) {
      throw new IllegalArgumentException(
          "a ranking for each of %s examples was expected, %s came"
              .formatted(batch.exampleCount(), best.length));
    }
    for (int e = 0; e < batch.exampleCount(); e++) {
      Objects.requireNonNull(best[e], "a ranking for each example was expected, null came");
      if (best[e].size() > 0) {
        throw new IllegalStateException(
            "example %s: a cleared ranking was expected, one of %s labels came"
                .formatted(batch.exampleIds()[e], best[e].size()));
      }
    }
  }

  private void forward(Batch batch) {
    input.load(batch, 0, step, random);
    features.inputChanged();
    hidden.forward(batch.exampleCount(), false);
  }

  private DirectScores directScores(int place) {
    while (directScores.size() <= place) {
      directScores.add(new DirectScores(byFeature.orElseGet(this::none)));
    }
    return directScores.get(place);
  }

  private FeatureConnections none() {
    return FeatureConnections.of(DirectConnections.none(layer.neurons().neurons()), 0);
  }

  private void tileByBlock(int from, int count) {
    NeuronLayer neurons = layer.neurons();
    rows.resize(count, neurons.inputs());
    if (stored.isPresent()) {
      stored.get().copy(from, count, rows);
    } else {
      copyRows(from, count);
    }
    for (int i = 0; i < count; i++) {
      int label = from + i;
      int start = scores.offset(i);
      Arrays.fill(scores.data(), start, start + scores.stride(), neurons.biasOf(label));
      if (!direct.isEmpty()) {
        direct.addNetInputs(label, scores.data(), start);
      }
    }
    KERNELS.multiply(rows, inputsTransposed, scores, true);
  }

  private void copyRows(int from, int count) {
    RowMatrix weights = layer.neurons().weights().values();
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          weights.chunk(from + i),
          weights.offset(from + i),
          rows.data(),
          rows.offset(i),
          weights.columns());
    }
  }

  private void tileByExample(int from, int count, int examples, boolean single) {
    for (int i = 0; i < count; i++) {
      tileRows[i] = from + i;
    }
    for (int e = 0; e < examples; e++) {
      score(e, tileRows, count);
      if (single) {
        directScores.get(e).addTo(from, count, products);
      }
      for (int i = 0; i < count; i++) {
        float net = products[i] + layer.neurons().biasOf(from + i);
        if (!single && !direct.isEmpty()) {
          net += direct.netInput(from + i, e);
        }
        scores.data()[scores.offset(i) + e] = net;
      }
    }
  }

  /// Products of one example's inputs with some rows, into `products`.
  private void score(int example, int[] labels, int count) {
    if (products.length < count) {
      products = new float[count * 2];
    }
    Signals top = hidden.top();
    if (stored.isPresent()) {
      scoreStored(example, labels, count);
    } else if (top.isSparse()) {
      KERNELS.dotRowsSparse(
          layer.neurons().weights().values(),
          labels,
          0,
          count,
          top.indices(),
          top.entries(),
          top.begins()[example],
          top.ends()[example],
          products);
    } else {
      Block values = top.values();
      KERNELS.dotRows(
          layer.neurons().weights().values(),
          labels,
          0,
          count,
          values.data(),
          values.offset(example),
          products);
    }
  }

  /// The same for rows that are elsewhere: they are fetched first.
  private void scoreStored(int example, int[] labels, int count) {
    Signals top = hidden.top();
    int inputs = layer.neurons().inputs();
    rows.resize(count, inputs);
    stored.orElseThrow().gather(labels, 0, count, rows);
    for (int i = 0; i < count; i++) {
      if (top.isSparse()) {
        float product = 0;
        for (int j = top.begins()[example]; j < top.ends()[example]; j++) {
          product += top.entries()[j] * rows.data()[rows.offset(i) + top.indices()[j]];
        }
        products[i] = product;
      } else {
        Block values = top.values();
        products[i] =
            KERNELS.dot(rows.data(), rows.offset(i), values.data(), values.offset(example), inputs);
      }
    }
  }

  private void offer(Block scores, int from, int count, int examples, TopK[] best) {
    float[] data = scores.data();
    for (int i = 0; i < count; i++) {
      int start = scores.offset(i);
      for (int e = 0; e < examples; e++) {
        if (data[start + e] >= thresholds[e]) {
          best[e].offer(from + i, data[start + e]);
          thresholds[e] = best[e].threshold();
        }
      }
    }
  }

  /// The network.
  public Network network() {
    return network;
  }
}
