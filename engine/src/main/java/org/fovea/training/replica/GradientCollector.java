package org.fovea.training.replica;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
import org.fovea.network.Updater;
import org.fovea.network.UpdaterFactory;

/// Keeps gradients instead of stepping: the updaters of a replica whose gradients go elsewhere.
///
/// **Threads** confined to the replica's worker.
final class GradientCollector implements UpdaterFactory {

  private final List<Collected> all = new ArrayList<>();

  /// The gradients of one parameter matrix.
  ///
  /// @param values the parameters
  /// @param gradients of the same shape
  /// @param touched rows that have a gradient
  record Collected(RowMatrix values, RowMatrix gradients, BitSet touched) implements Updater {

    @Override
    public void update(int row, float[] gradient, int from, float rate) {
      System.arraycopy(
          gradient, from, gradients.chunk(row), gradients.offset(row), values.columns());
      touched.set(row);
    }
  }

  @Override
  public Updater create(RowMatrix values, Parameters.Role role) {
    Collected made =
        new Collected(values, new RowMatrix(values.rows(), values.columns()), new BitSet());
    all.add(made);
    return made;
  }

  @Override
  public void retire(RowMatrix values) {
    all.removeIf(collected -> collected.values() == values);
  }

  /// The gradients of a parameter matrix; empty if it has none but is measured, as running means
  /// are.
  Optional<Collected> of(RowMatrix values) {
    for (Collected collected : all) {
      if (collected.values() == values) {
        return Optional.of(collected);
      }
    }
    return Optional.empty();
  }

  /// Forgets all gradients.
  void clear() {
    all.forEach(collected -> collected.touched().clear());
  }
}
