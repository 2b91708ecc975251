package org.fovea.network;

import org.fovea.kernel.UnitBlock;

/// The one place where the signals of a batch cross from layers that run by example to layers that
/// run by batch, and gradients cross back.
///
/// **Threads** confined to a worker and its team.
final class UnitCrossing {

  private static final int GRAIN = 64;

  private final Signals in;
  private final UnitSignals out;
  private final boolean isInput;
  private final FeatureIndex features;
  private final Team team;
  private final Team.Phase load = this::load;
  private final Team.Phase store = this::store;

  /// @param isInput whether `in` is the network's input, which wants no gradients
  /// @param features index of the network's input
  UnitCrossing(Signals in, UnitSignals out, boolean isInput, FeatureIndex features, Team team) {
    this.in = in;
    this.out = out;
    this.isInput = isInput;
    this.features = features;
    this.team = team;
  }

  void forward() {
    if (isInput) {
      if (out.wouldBeSparse(in)) {
        out.load(features.built(), in.examples());
      } else {
        out.load(in);
      }
      return;
    }
    out.resize(in.examples());
    if (in.isSparse()) {
      scatter();
    } else {
      team.run(in.width(), GRAIN, load);
    }
  }

  private void load(int from, int to, int thread) {
    out.values().load(in.values(), from, to);
  }

  private void scatter() {
    UnitBlock values = out.values();
    values.clear(0, in.width());
    for (int e = 0; e < in.examples(); e++) {
      for (int i = in.begins()[e]; i < in.ends()[e]; i++) {
        values.data()[values.offset(in.indices()[i]) + e] = in.entries()[i];
      }
    }
  }

  void backward() {
    if (isInput) {
      return;
    }
    if (!in.isSparse()) {
      in.gradients().resize(in.examples(), in.width());
    }
    team.run(in.examples(), GRAIN, store);
  }

  private void store(int from, int to, int thread) {
    UnitBlock gradients = out.gradients();
    if (!in.isSparse()) {
      gradients.store(in.gradients(), from, to);
      return;
    }
    for (int e = from; e < to; e++) {
      for (int i = in.begins()[e]; i < in.ends()[e]; i++) {
        in.entryGradients()[i] = gradients.at(in.indices()[i], e);
      }
    }
  }
}
