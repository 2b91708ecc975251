package org.fovea.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.kernel.ConnectionMove;
import org.fovea.network.Evolver;
import org.fovea.network.SparseActivity;
import org.fovea.network.StreamRandom;
import org.fovea.network.StructureChange;
import org.fovea.spec.Evolution;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;

/// Makes what moves the connections of a network.
public final class Evolvers {

  private Evolvers() {}

  /// The evolver of a network, or none if nothing ever moves.
  public static Optional<Evolver> create(NetworkSpec spec, Timetable timetable) {
    List<LayerEvolver> layers = new ArrayList<>();
    boolean moves = false;
    for (LayerSpec layer : spec.hidden()) {
      if (layer instanceof LayerSpec.Sparse sparse) {
        layers.add(new LayerEvolver(sparse.evolution()));
      }
    }
    spec.output().sparse().ifPresent(sparse -> layers.add(new LayerEvolver(sparse.evolution())));
    for (LayerEvolver layer : layers) {
      moves |= !(layer.rules().when() instanceof Evolution.When.Never);
    }
    return moves ? Optional.of(new NetworkEvolver(layers, timetable)) : Optional.empty();
  }

  /// Moves connections: first all that go are chosen, then layer by layer those that come.
  private static final class NetworkEvolver implements Evolver {

    /// Stream of random numbers of the first layer.
    private static final int STREAM = 3 << 20;

    private final List<LayerEvolver> evolvers;
    private final List<Evolution.Redistribution> redistributions;
    private final Timetable timetable;
    private final StreamRandom random = new StreamRandom();

    NetworkEvolver(List<LayerEvolver> evolvers, Timetable timetable) {
      this.evolvers = evolvers;
      this.redistributions =
          evolvers.stream().map(evolver -> evolver.rules().redistribution()).toList();
      this.timetable = timetable;
    }

    @Override
    public void evolve(
        List<SparseActivity> layers, long seed, long batch, Consumer<StructureChange> changes) {
      List<Optional<DropRule.Dropped>> dropped = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        LayerEvolver evolver = evolvers.get(i);
        Evolution.When when = evolver.rules().when();
        dropped.add(
            isDue(i, seed, batch)
                ? Optional.of(evolver.drop(layers.get(i), timetable.progress(when, batch)))
                : Optional.empty());
      }
      int[] wanted = Redistributor.wanted(layers, dropped, redistributions);
      for (int i = 0; i < layers.size(); i++) {
        if (dropped.get(i).isPresent()) {
          // places the generator behind what was drawn for the timetable
          isDue(i, seed, batch);
          Optional<ConnectionMove> move =
              evolvers.get(i).grow(layers.get(i), dropped.get(i).get(), wanted[i], random);
          if (move.isPresent()) {
            changes.accept(new StructureChange.ConnectionsMoved(i, move.get()));
          }
        }
      }
    }

    private boolean isDue(int layer, long seed, long batch) {
      random.place(seed, batch, STREAM + layer, 0);
      Evolution.When when = evolvers.get(layer).rules().when();
      return timetable.isDue(when, batch, evolvers.size(), random);
    }
  }
}
