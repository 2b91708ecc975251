package org.fovea.training;

import java.util.Arrays;
import java.util.function.Consumer;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.DirectConnections;
import org.fovea.spec.Direct;

/// Finds the pairs of a label and a feature that occur together in the training data.
///
/// **Cost** one pass over the data for every [#BAND] pairs, and memory for that many.
final class CoOccurrences {

  /// Pairs counted in one pass, 256 MiB of them.
  private static final int BAND = 1 << 26;

  private static final int BATCH = 512;

  private final Examples examples;
  private final int labels;
  private final Direct.CoOccurring spec;
  private int[] connected = new int[1 << 16];
  private int connectedCount;

  CoOccurrences(Examples examples, int labels, Direct.CoOccurring spec) {
    this.examples = examples;
    this.labels = labels;
    this.spec = spec;
  }

  /// Connections, all zero, between the labels and the features that occur with them.
  ///
  /// @param initialSquares where the optimizer's accumulators start
  /// @throws TrainingException if there are 2^31 connections or more
  DirectConnections connect(float initialSquares) {
    long[] pairs = countPairs();
    int[] offsets = new int[labels + 1];
    int from = 0;
    while (from < labels) {
      int to = from;
      long inBand = 0;
      while (to < labels && (to == from || inBand + pairs[to] <= BAND)) {
        inBand += pairs[to++];
      }
      if (inBand > Integer.MAX_VALUE - 8) {
        throw new TrainingException(
            "label %s occurs with %s features in all: too many for direct connections"
                .formatted(from, inBand));
      }
      band(from, to, (int) inBand, pairs, offsets);
      from = to;
    }
    return DirectConnections.zero(
        offsets, Arrays.copyOf(connected, connectedCount), initialSquares);
  }

  private long[] countPairs() {
    long[] pairs = new long[labels];
    forEachBatch(batch -> {
      for (int e = 0; e < batch.exampleCount(); e++) {
        int features = batch.featureOffsets()[e + 1] - batch.featureOffsets()[e];
        for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
          pairs[batch.labels()[i]] += features;
        }
      }
    });
    return pairs;
  }

  private void band(int from, int to, int size, long[] pairs, int[] offsets) {
    int[] starts = new int[to - from + 1];
    for (int label = from; label < to; label++) {
      starts[label - from + 1] = starts[label - from] + (int) pairs[label];
    }
    int[] next = Arrays.copyOf(starts, to - from);
    int[] features = new int[size];
    forEachBatch(batch -> {
      for (int e = 0; e < batch.exampleCount(); e++) {
        int begin = batch.featureOffsets()[e];
        int count = batch.featureOffsets()[e + 1] - begin;
        for (int i = batch.labelOffsets()[e]; i < batch.labelOffsets()[e + 1]; i++) {
          int label = batch.labels()[i];
          if (label >= from && label < to) {
            System.arraycopy(batch.features(), begin, features, next[label - from], count);
            next[label - from] += count;
          }
        }
      }
    });
    for (int label = from; label < to; label++) {
      connect(features, starts[label - from], starts[label - from + 1]);
      offsets[label + 1] = connectedCount;
    }
  }

  /// Appends the distinct features of one label that occur often enough.
  private void connect(int[] features, int from, int to) {
    Arrays.sort(features, from, to);
    long[] ranked = new long[16];
    int distinct = 0;
    for (int i = from; i < to; ) {
      int end = i + 1;
      while (end < to && features[end] == features[i]) {
        end++;
      }
      if (end - i >= spec.minimum()) {
        if (distinct == ranked.length) {
          ranked = Arrays.copyOf(ranked, distinct * 2);
        }
        // most frequent first, then by feature
        ranked[distinct++] = ((long) (Integer.MAX_VALUE - (end - i)) << 32) | features[i];
      }
      i = end;
    }
    int kept = distinct;
    if (distinct > spec.perLabel()) {
      Arrays.sort(ranked, 0, distinct);
      kept = spec.perLabel();
    }
    if ((long) connectedCount + kept > Integer.MAX_VALUE - 8) {
      throw new TrainingException(
          "there would be more than 2^31 direct connections: a smaller per-label is needed");
    }
    if (connectedCount + kept > connected.length) {
      connected =
          Arrays.copyOf(
              connected,
              (int) Math.min(Integer.MAX_VALUE - 8, (connectedCount + (long) kept) * 3 / 2));
    }
    for (int i = 0; i < kept; i++) {
      connected[connectedCount + i] = (int) ranked[i];
    }
    Arrays.sort(connected, connectedCount, connectedCount + kept);
    connectedCount += kept;
  }

  private void forEachBatch(Consumer<Batch> action) {
    Batch batch = new Batch();
    try (ExampleReader reader = examples.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        action.accept(batch);
        batch.clear();
      }
    }
  }
}
