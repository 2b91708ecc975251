package org.fovea.network;

import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.kernel.Kernels;

/// Predicts with a network: the best labels of each example, exactly or through the tables.
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
  private final BatchIndex features;
  private final HiddenPasses hidden;
  private final DirectPass direct;
  private final Block rows = new Block();
  private final Block inputsTransposed = new Block();
  private final Block scores = new Block();
  private final int[] tileRows = new int[TILE];
  private float[] products = new float[TILE];
  private float[] thresholds = new float[0];

  /// A predictor of the calling thread.
  public Predictor(Network network) {
    this.network = network;
    this.layer = network.output();
    this.input = Signals.sparse(network.spec().input().features());
    PassContext context = new PassContext(Team.single(), step, new WorkCount());
    this.features = new BatchIndex(network.spec().input().features());
    this.hidden = new HiddenPasses(network, input, features, context);
    this.direct = new DirectPass(layer.direct(), features, 0f);
  }

  /// Finds each example's best labels among all of them.
  ///
  /// @param batch examples whose values have been weighted (see [InputWeights#apply])
  /// @param best one per example, cleared by the caller; filled, not ranked
  public void predict(Batch batch, TopK[] best) {
    forward(batch);
    int examples = batch.exampleCount();
    if (thresholds.length < Block.padded(examples)) {
      thresholds = new float[Block.padded(examples)];
    }
    Arrays.fill(thresholds, 0, examples, Float.NEGATIVE_INFINITY);
    Signals top = hidden.top();
    boolean blocks = !top.isSparse() && examples >= BLOCK_BATCH;
    if (blocks) {
      top.values().transposeInto(inputsTransposed);
    }
    int labels = layer.neurons().neurons();
    for (int from = 0; from < labels; from += TILE) {
      int count = Math.min(TILE, labels - from);
      scores.resize(count, examples);
      if (blocks) {
        tileByBlock(from, count);
      } else {
        tileByExample(from, count, examples);
      }
      offer(from, count, examples, best);
    }
  }

  /// Finds each example's best labels among those that the output layer's selector finds.
  ///
  /// @param best one per example, cleared by the caller; filled, not ranked
  /// @return number of labels scored
  /// @throws IllegalStateException if the output layer has no selector
  public long predictSelected(
      Batch batch, TopK[] best, ActiveSet set, Selector selector, Selector.Scratch scratch) {
    forward(batch);
    Signals top = hidden.top();
    long scored = 0;
    for (int e = 0; e < batch.exampleCount(); e++) {
      set.clear();
      set.endRequired();
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
        best[e].offer(label, products[i] + layer.neurons().biasOf(label) + directOf(label, e));
      }
    }
    return scored;
  }

  /// The values of the last hidden layer for a batch: `[examples, width]`, valid until the next
  /// call.
  ///
  /// @throws IllegalStateException if the last hidden layer is sparse
  public Block hidden(Batch batch) {
    forward(batch);
    if (hidden.top().isSparse()) {
      throw new IllegalStateException("the last hidden layer has no dense values");
    }
    return hidden.top().values();
  }

  private void forward(Batch batch) {
    input.load(batch, 0, step, random);
    features.build(
        input.examples(), input.begins(), input.ends(), input.indices(), input.entries());
    hidden.forward(batch.exampleCount(), false);
    direct.prepare(batch.exampleCount());
  }

  private float directOf(int label, int example) {
    return direct.isEmpty() ? 0f : direct.netInput(label, example);
  }

  private void tileByBlock(int from, int count) {
    NeuronLayer neurons = layer.neurons();
    rows.resize(count, neurons.inputs());
    for (int i = 0; i < count; i++) {
      int label = from + i;
      System.arraycopy(
          neurons.weights().values().chunk(label),
          neurons.weights().values().offset(label),
          rows.data(),
          rows.offset(i),
          neurons.inputs());
      int start = scores.offset(i);
      Arrays.fill(scores.data(), start, start + scores.stride(), neurons.biasOf(label));
      if (!direct.isEmpty()) {
        direct.addNetInputs(label, scores.data(), start);
      }
    }
    KERNELS.multiply(rows, inputsTransposed, scores, true);
  }

  private void tileByExample(int from, int count, int examples) {
    for (int i = 0; i < count; i++) {
      tileRows[i] = from + i;
    }
    for (int e = 0; e < examples; e++) {
      score(e, tileRows, count);
      for (int i = 0; i < count; i++) {
        scores.data()[scores.offset(i) + e] =
            products[i] + layer.neurons().biasOf(from + i) + directOf(from + i, e);
      }
    }
  }

  /// Products of one example's inputs with some rows, into `products`.
  private void score(int example, int[] labels, int count) {
    if (products.length < count) {
      products = new float[count * 2];
    }
    Signals top = hidden.top();
    if (top.isSparse()) {
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

  private void offer(int from, int count, int examples, TopK[] best) {
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
