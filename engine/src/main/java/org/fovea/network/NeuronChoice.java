package org.fovea.network;

import org.fovea.spec.LayerSpec;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;

/// Choices of a hidden layer's active neurons that need no tables: the largest net inputs, by
/// chance, or by a chance that follows the net input.
final class NeuronChoice {

  /// Steps of the bisection that finds the offset of adaptive dropout.
  private static final int BISECTIONS = 20;

  private final int neurons;
  private final Selection selection;

  NeuronChoice(LayerSpec.Dense spec) {
    this.neurons = spec.neurons();
    this.selection = spec.selection();
  }

  /// Whether the choice looks at the net inputs of all neurons.
  boolean needsAllNetInputs() {
    return switch (selection) {
      case Selection.TopK _, Selection.AdaptiveDropout _, Selection.All _ -> true;
      case Selection.Sampled _, Selection.Lsh _ -> false;
    };
  }

  /// Largest number of active neurons of an example.
  int capacity(boolean training) {
    return switch (selection) {
      case Selection.All _, Selection.AdaptiveDropout _ -> neurons;
      case Selection.TopK(int count) -> count;
      case Selection.Sampled sampled -> training ? sampled.count() : neurons;
      case Selection.Lsh lsh ->
          Math.min(
              neurons,
              lsh.retrieval().limit() + lsh.padding().map(Selection.Sampled::count).orElse(0));
    };
  }

  /// What activations are multiplied with in training, so that their sum is on average what
  /// prediction sees.
  float trainingScale() {
    return selection instanceof Selection.Sampled sampled ? (float) neurons / sampled.count() : 1f;
  }

  /// Scales the activations of one example.
  void scale(float[] entries, int from, int to, boolean training) {
    float scale = trainingScale();
    if (training && scale != 1) {
      for (int i = from; i < to; i++) {
        entries[i] *= scale;
      }
    }
  }

  /// Fills the set of one example without looking at it.
  void atRandom(ActiveSet set, StreamRandom random, boolean training) {
    int count = capacity(training);
    if (count == neurons) {
      for (int neuron = 0; neuron < neurons; neuron++) {
        set.add(neuron);
      }
      return;
    }
    while (set.size() < count) {
      set.add(random.nextInt(neurons));
    }
  }

  /// Chooses from the net inputs `net[start, start + neurons)`.
  ///
  /// @return how many were written to `indices` and `entries` from `begin` on
  int fromNetInputs(
      float[] net,
      int start,
      int[] indices,
      float[] entries,
      int begin,
      StreamRandom random,
      boolean training) {
    return switch (selection) {
      case Selection.TopK(int count) -> largest(net, start, count, indices, entries, begin);
      case Selection.AdaptiveDropout(int count) ->
          adaptive(net, start, count, indices, entries, begin, random, training);
      case Selection.All _ -> {
        for (int neuron = 0; neuron < neurons; neuron++) {
          indices[begin + neuron] = neuron;
          entries[begin + neuron] = net[start + neuron];
        }
        yield neurons;
      }
      case Selection.Sampled _, Selection.Lsh _ ->
          throw new IllegalStateException("net inputs are not needed by " + selection);
    };
  }

  /// Of the computed net inputs of one example, keeps those that the selection asks for.
  ///
  /// @return where the kept ones end
  int keepBest(int[] indices, float[] entries, int begin, int end) {
    if (!(selection instanceof Selection.Lsh(_, _, _, _, Retrieval.Best best, _, _, _))
        || end - begin <= best.kept()) {
      return end;
    }
    heapify(indices, entries, begin, best.kept());
    for (int i = begin + best.kept(); i < end; i++) {
      if (entries[i] > entries[begin]) {
        indices[begin] = indices[i];
        entries[begin] = entries[i];
        sink(indices, entries, begin, 0, best.kept());
      }
    }
    return begin + best.kept();
  }

  /// The `count` largest, by a heap whose smallest is on top.
  private int largest(
      float[] net, int start, int count, int[] indices, float[] entries, int begin) {
    for (int i = 0; i < count; i++) {
      indices[begin + i] = i;
      entries[begin + i] = net[start + i];
    }
    heapify(indices, entries, begin, count);
    for (int neuron = count; neuron < neurons; neuron++) {
      if (net[start + neuron] > entries[begin]) {
        indices[begin] = neuron;
        entries[begin] = net[start + neuron];
        sink(indices, entries, begin, 0, count);
      }
    }
    return count;
  }

  private static void heapify(int[] indices, float[] entries, int begin, int count) {
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(indices, entries, begin, i, count);
    }
  }

  private static void sink(int[] indices, float[] entries, int begin, int hole, int count) {
    int at = hole;
    int index = indices[begin + at];
    float entry = entries[begin + at];
    while (2 * at + 1 < count) {
      int child = 2 * at + 1;
      if (child + 1 < count && entries[begin + child + 1] < entries[begin + child]) {
        child++;
      }
      if (entries[begin + child] >= entry) {
        break;
      }
      indices[begin + at] = indices[begin + child];
      entries[begin + at] = entries[begin + child];
      at = child;
    }
    indices[begin + at] = index;
    entries[begin + at] = entry;
  }

  /// Keeps a neuron with probability `sigmoid(z + offset)`, where the offset makes the
  /// probabilities add up to `count`. Prediction keeps the `count` most probable.
  private int adaptive(
      float[] net,
      int start,
      int count,
      int[] indices,
      float[] entries,
      int begin,
      StreamRandom random,
      boolean training) {
    if (!training || count == neurons) {
      return largest(net, start, count, indices, entries, begin);
    }
    double low = -100;
    double high = 100;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int neuron = 0; neuron < neurons; neuron++) {
        sum += 1 / (1 + Math.exp(-net[start + neuron] - middle));
      }
      if (sum > count) {
        high = middle;
      } else {
        low = middle;
      }
    }
    int at = begin;
    for (int neuron = 0; neuron < neurons; neuron++) {
      double probability = 1 / (1 + Math.exp(-net[start + neuron] - low));
      if (random.nextFloat() < probability) {
        indices[at] = neuron;
        entries[at++] = net[start + neuron];
      }
    }
    return at - begin;
  }
}
