package org.fovea.topology;

import java.util.Optional;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.SparseActivity;
import org.fovea.network.StreamRandom;
import org.fovea.spec.Evolution;

/// Says which connections of one layer move, by its rules.
///
/// A layer that keeps its number of connections never moves more of them than it has empty places,
/// and a dense one none.
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

  /// Chooses what goes.
  ///
  /// @param progress share of the evolving part of the run that is done
  DropRule.Dropped drop(SparseActivity layer, double progress) {
    SparsePattern pattern = layer.connections().matrix().pattern();
    double share = rules.amount().at(progress);
    double free = (double) pattern.places() - pattern.count();
    boolean stays = rules.redistribution() == Evolution.Redistribution.NONE;
    if (stays && share * pattern.count() > free) {
      share = free / pattern.count();
    }
    return drop.drop(layer, share);
  }

  /// Chooses what comes.
  ///
  /// @param wanted how many
  /// @return empty if nothing goes or comes
  Optional<ConnectionMove> grow(
      SparseActivity layer, DropRule.Dropped dropped, int wanted, StreamRandom random) {
    if (dropped.count() == 0 && wanted == 0) {
      return Optional.empty();
    }
    long[] places = grow.grow(layer, dropped, wanted, random);
    float[] weights = new float[places.length];
    if (rules.fresh() == Evolution.Fresh.INITIAL) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = layer.connections().initialWeight(random);
      }
    }
    return Optional.of(new ConnectionMove(dropped.marks(), places, weights));
  }
}
