package org.fovea.bench.suite;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.Selector;
import org.fovea.network.StreamRandom;
import org.fovea.network.TopK;

/// How many of the labels that matter a selector finds, as it does in training.
///
/// @param recall share of the ten labels with the greatest scores that are in the active set
/// @param found mean size of the set
record SelectorRecall(double recall, double found) {

  private static final int DEPTH = 10;

  /// Measures on some examples, each with a set of its own; nothing is required.
  static SelectorRecall measure(Network network, Selector selector, Examples test, int count) {
    Predictor predictor = new Predictor(network);
    ActiveSet set = new ActiveSet(network.output().neurons().neurons());
    Selector.Scratch scratch = selector.newScratch();
    StreamRandom random = new StreamRandom();
    TopK[] best = {new TopK(DEPTH)};
    Batch batch = new Batch();
    long hits = 0;
    long wanted = 0;
    long found = 0;
    int done = 0;
    try (ExampleReader reader = test.inOrder()) {
      while (done < count && reader.read(batch, 1) > 0) {
        network.inputWeights().apply(batch);
        best[0].clear();
        predictor.predict(batch, best);
        best[0].rank();
        Block hidden = predictor.hidden(batch);
        random.place(1, done, 0, 0);
        set.clear();
        set.endRequired();
        selector.select(hidden, 0, 1, set, scratch, random, true);
        for (int place = 0; place < best[0].size(); place++) {
          hits += set.contains(best[0].id(place)) ? 1 : 0;
          wanted++;
        }
        found += set.size();
        done++;
        batch.clear();
      }
    }
    return new SelectorRecall((double) hits / wanted, (double) found / done);
  }
}
