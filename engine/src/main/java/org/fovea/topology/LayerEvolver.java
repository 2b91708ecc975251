package org.fovea.topology;

import java.util.Optional;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.SparseActivity;
import org.fovea.network.SparseConnections;
import org.fovea.network.StreamRandom;
import org.fovea.spec.Evolution;

/// Says which connections of one layer move, by its rules.
///
/// The number of connections never changes. A layer never moves more of them than it has empty
/// places, and a dense one none.
///
/// **Cost** time of the connections; with [Evolution.Grow.Gradient] that of a dense gradient.
final class LayerEvolver {

  private final Evolution.Rules rules;
  private final DropRule drop;
  private final GrowRule grow;

  LayerEvolver(Evolution evolution) {
    this.rules = evolution.rules();
    this.drop = new DropRule(rules.drop());
    this.grow = new GrowRule(rules.grow());
  }

  Evolution.Rules rules() {
    return rules;
  }

  /// Chooses what moves.
  ///
  /// @param progress share of the evolving part of the run that is done
  /// @return empty if nothing does
  Optional<ConnectionMove> evolve(SparseActivity layer, double progress, StreamRandom random) {
    SparseConnections connections = layer.connections();
    SparsePattern pattern = connections.matrix().pattern();
    double share = rules.amount().at(progress);
    double free = (double) pattern.places() - pattern.count();
    if (share * pattern.count() > free) {
      share = free / pattern.count();
    }
    DropRule.Dropped dropped = drop.drop(layer, share);
    if (dropped.count() == 0) {
      return Optional.empty();
    }
    long[] places = grow.grow(layer, dropped, random);
    float[] weights = new float[places.length];
    if (rules.fresh() == Evolution.Fresh.INITIAL) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = connections.initialWeight(random);
      }
    }
    return Optional.of(new ConnectionMove(dropped.marks(), places, weights));
  }
}
