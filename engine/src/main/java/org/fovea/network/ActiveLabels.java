package org.fovea.network;

import java.util.Optional;
import org.fovea.data.Batch;

/// The labels that are active for a whole batch: all of them, or the true ones and those that a
/// selector adds.
final class ActiveLabels {

  private final int labels;
  private final Optional<Selector> selector;
  private final ActiveSet set;
  private final int[] all;
  private final Selector.Scratch[] scratch;

  private final OutputLayer layer;

  ActiveLabels(OutputLayer layer) {
    this.layer = layer;
    this.labels = layer.neurons().neurons();
    this.selector = layer.neurons().selector();
    this.set = new ActiveSet(selector.isPresent() ? labels : 0);
    this.all = new int[selector.isPresent() ? 0 : labels];
    for (int label = 0; label < all.length; label++) {
      all[label] = label;
    }
    this.scratch =
        selector
            .map(chosen -> new Selector.Scratch[] {chosen.newScratch()})
            .orElseGet(() -> new Selector.Scratch[0]);
  }

  /// Selects for a batch.
  ///
  /// @param input the network's input
  /// @param in the layer's input
  /// @return multiply-adds spent
  long select(Batch batch, Signals input, Signals in, StreamRandom random) {
    if (selector.isEmpty()) {
      return 0;
    }
    set.clear();
    for (int i = 0; i < batch.labelCount(); i++) {
      set.add(batch.labels()[i]);
    }
    set.endRequired();
    for (int e = 0; e < batch.exampleCount(); e++) {
      layer.addNeighbours(input, e, set, random);
    }
    selector.get().select(in.values(), 0, in.examples(), set, scratch[0], random, true);
    return selector.get().work(scratch[0]);
  }

  int size() {
    return selector.isEmpty() ? labels : set.size();
  }

  int[] rows() {
    return selector.isEmpty() ? all : set.rows();
  }

  int row(int place) {
    return selector.isEmpty() ? place : set.rows()[place];
  }

  int place(int label) {
    return selector.isEmpty() ? label : set.place(label);
  }

  float correction(int place) {
    return selector.isEmpty() ? 0f : set.corrections()[place];
  }
}
