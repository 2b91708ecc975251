package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.PatternChange;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;

/// The connections of a sparse layer: weights, the optimizer's state for them, and what evolution
/// needs to know.
///
/// **Threads** weights are written page by page, in parallel; moves happen alone, between batches.
public final class SparseConnections {

  /// Tells apart what connections there have been: a new one after each change, the same in copies.
  private static final class Structure {}

  private final String name;
  private final UpdaterFactory updaters;
  private SparseMatrix matrix;
  private Parameters weights;
  private Structure structure = new Structure();
  private float bound;
  private int[] tried = new int[0];
  private final PlaceSketch everConnected = PlaceSketch.empty();

  /// @param pattern which connections exist; owned
  SparseConnections(String name, SparsePattern pattern, UpdaterFactory updaters) {
    this.name = name;
    this.updaters = updaters;
    this.matrix = new SparseMatrix(pattern);
    this.weights =
        Parameters.create(name + ".weight", Parameters.Role.WEIGHT, matrix.weights(), updaters);
  }

  /// Draws the weights such that net inputs have a given standard deviation on average.
  ///
  /// @param squaredLength mean squared length of the inputs of the whole layer
  void initialize(StreamRandom random, double spread, double squaredLength) {
    double density = (double) matrix.count() / Math.max(1, matrix.pattern().places());
    bound = (float) (spread * Math.sqrt(3 / Math.max(squaredLength * density, 1e-6)));
    for (long p = 0; p < matrix.count(); p++) {
      SparseMatrix.setElement(matrix.weights(), p, initialWeight(random));
    }
    restartSketch();
  }

  /// From now on only the present connections count as tried: other numbers, other places.
  private void restartSketch() {
    everConnected.clear();
    everConnected.addAll(matrix.pattern());
  }

  /// A weight by the law of the first ones: uniform in `±bound`.
  public float initialWeight(StreamRandom random) {
    return (2 * random.nextFloat() - 1) * bound;
  }

  /// Name of the layer.
  public String name() {
    return name;
  }

  /// Weights and where they are.
  public SparseMatrix matrix() {
    return matrix;
  }

  /// The weights by pages of connections.
  public Parameters weights() {
    return weights;
  }

  /// Moves connections. Survivors keep their optimizer state, new ones start with a clean one.
  ///
  /// Whoever tells others of it does it by [Network#apply].
  public void move(ConnectionMove move) {
    if (move.droppedCount() == move.count()) {
      matrix.move(move, states());
      structure = new Structure();
    } else {
      change(PatternChange.of(matrix.pattern(), move), move.weights());
    }
    for (long place : move.grown()) {
      everConnected.add(place);
    }
  }

  /// Gives neurons and inputs other numbers; see [PatternChange#renumbered]. Filter and sketch of
  /// places that were connected begin anew: they know places by their old numbers.
  void renumber(int[] neurons, int[] inputs) {
    change(PatternChange.renumbered(matrix.pattern(), neurons, inputs), new float[0]);
    tried = new int[0];
    restartSketch();
  }

  /// Takes over connections and weights, and starts with a clean optimizer state. The filter of
  /// places that were connected is forgotten.
  ///
  /// @param next for as many neurons and inputs; owned by the layer from now on
  public void replace(SparseMatrix next) {
    if (next.pattern().rows() != matrix.pattern().rows()
        || next.pattern().columns() != matrix.pattern().columns()) {
      throw new IllegalArgumentException("connections of %s must be of its shape".formatted(name));
    }
    install(next);
    tried = new int[0];
    everConnected.addAll(next.pattern());
  }

  /// Takes over what the same layer of a copy of the network has: connections, weights and, where
  /// both keep the same, optimizer state.
  void copyFrom(SparseConnections other) {
    if (hasConnectionsOf(other)) {
      matrix.weights().copyFrom(other.matrix.weights());
    } else {
      SparseMatrix next = new SparseMatrix(other.matrix.pattern().copy());
      next.weights().copyFrom(other.matrix.weights());
      install(next);
      structure = other.structure;
    }
    weights.copyState(other.weights);
    bound = other.bound;
    tried = other.tried.clone();
    everConnected.clear();
    everConnected.merge(other.everConnected);
  }

  /// Whether connections are those of the same layer of a copy of the network: neither has moved
  /// any since they were copied.
  public boolean hasConnectionsOf(SparseConnections other) {
    return structure == other.structure;
  }

  private void install(SparseMatrix next) {
    updaters.retire(matrix.weights());
    matrix = next;
    weights = Parameters.create(weights.name(), Parameters.Role.WEIGHT, next.weights(), updaters);
    structure = new Structure();
  }

  private void change(PatternChange change, float[] fresh) {
    SparseMatrix next = new SparseMatrix(change.pattern());
    change.carryWeights(matrix.weights(), next.weights(), fresh);
    List<Updater.State> before = weights.updater().state();
    install(next);
    List<Updater.State> after = weights.updater().state();
    for (int i = 0; i < after.size(); i++) {
      RowMatrix from = before.get(i).values();
      RowMatrix to = after.get(i).values();
      if (to.columns() == SparseMatrix.PAGE) {
        change.carry(from, to);
      } else {
        change.carryPages(from, to);
      }
    }
  }

  /// The optimizer's numbers for each connection.
  public List<RowMatrix> states() {
    List<RowMatrix> states = new ArrayList<>();
    for (Updater.State state : weights.updater().state()) {
      if (state.values().columns() == SparseMatrix.PAGE) {
        states.add(state.values());
      }
    }
    return states;
  }

  /// Bound of the first weights.
  public float bound() {
    return bound;
  }

  /// Replaces the bound, when a checkpoint is read.
  public void setBound(float newBound) {
    bound = newBound;
  }

  /// Bits of the filter of places that have been connected; empty if none is kept. Owned by the
  /// layer, written by its evolution, part of checkpoints.
  public int[] tried() {
    return tried;
  }

  /// Which places have ever been connected, those of the first connections included. It begins anew
  /// when neurons come or go.
  public PlaceSketch everConnected() {
    return everConnected;
  }

  /// Takes the sketch of a model, or of the present connections if it kept none.
  public void readSketch(Optional<PlaceSketch> kept) {
    restartSketch();
    kept.ifPresent(everConnected::merge);
  }

  /// Replaces the filter.
  public void setTried(int[] bits) {
    tried = bits;
  }
}
