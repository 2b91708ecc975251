package org.fovea.selection;

import org.fovea.data.Batch;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.DirectScores;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.TopK;
import org.fovea.selection.lsh.Queries;

/// Examples as queries to a network's output layer: the best labels are those that exact prediction
/// finds, by hidden layers and direct connections together.
final class NetworkQueries implements Queries {

  private final Batch batch;
  private final Block inputs;
  private final int depth;
  private final int[][] best;
  private final DirectScores direct;

  /// @param batch examples whose values have been weighted; owned
  /// @param direct the network's direct connections
  NetworkQueries(Network network, Batch batch, FeatureConnections direct, int depth) {
    Predictor predictor = new Predictor(network, direct);
    TopK[] rankings = new TopK[batch.exampleCount()];
    this.depth = Math.min(depth, network.output().neurons().neurons());
    for (int example = 0; example < rankings.length; example++) {
      rankings[example] = new TopK(this.depth);
    }
    predictor.predict(batch, rankings);
    this.best = new int[rankings.length][];
    for (int example = 0; example < rankings.length; example++) {
      rankings[example].rank();
      best[example] = rankings[example].toIds();
    }
    this.batch = batch;
    this.inputs = predictor.hidden(batch);
    this.direct = new DirectScores(direct);
  }

  @Override
  public int count() {
    return best.length;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public Block inputs() {
    return inputs;
  }

  @Override
  public void begin(int query, ActiveSet set) {
    direct.begin(batch, query, set);
  }

  @Override
  public int[] best(int query) {
    return best[query];
  }
}
