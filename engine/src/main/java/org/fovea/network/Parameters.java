package org.fovea.network;

import java.util.Arrays;
import java.util.List;
import org.fovea.kernel.RowMatrix;

/// One named matrix of parameters and the updater that steps its rows.
///
/// @param name unique in the network; the tensor's name in a model file
/// @param role what the parameters are
/// @param values the parameters; owned by the layer, racy on purpose
/// @param updater steps the rows
public record Parameters(String name, Role role, RowMatrix values, Updater updater) {

  /// What parameters are, whatever their shape.
  public enum Role {
    /// What inputs are multiplied by.
    WEIGHT,
    /// What is added to net inputs.
    BIAS,
    /// What normalized net inputs are multiplied by.
    SCALE,
    /// The form of a learned activation.
    SHAPE,
    /// Running means of what batches had; nothing steps them.
    STATISTIC
  }

  /// Parameters with a fresh updater.
  static Parameters create(String name, Role role, RowMatrix values, UpdaterFactory updaters) {
    return new Parameters(name, role, values, updaters.create(values, role));
  }

  /// Takes over the optimizer's state of parameters of the same shape, where both keep the same.
  void copyState(Parameters other) {
    for (Updater.State mine : updater.state()) {
      for (Updater.State theirs : other.updater.state()) {
        if (mine.name().equals(theirs.name())) {
          mine.values().copyFrom(theirs.values());
        }
      }
    }
  }

  /// The same with other columns, and with them the optimizer's state: columns that stay keep
  /// theirs, new ones are zero.
  ///
  /// @param origins for each new column the one that it was, or -1
  Parameters renumbered(int[] origins, UpdaterFactory updaters) {
    RowMatrix next = new RowMatrix(values.rows(), origins.length);
    copyColumns(values, next, origins);
    updaters.retire(values);
    Updater newUpdater = updaters.create(next, role);
    List<Updater.State> before = updater.state();
    List<Updater.State> after = newUpdater.state();
    for (int i = 0; i < after.size(); i++) {
      RowMatrix from = before.get(i).values();
      RowMatrix to = after.get(i).values();
      boolean byColumn = from.columns() == values.columns() && to.columns() == next.columns();
      copyColumns(from, to, byColumn ? origins : all(from.columns()));
    }
    return new Parameters(name, role, next, newUpdater);
  }

  private static int[] all(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  private static void copyColumns(RowMatrix from, RowMatrix to, int[] origins) {
    for (int row = 0; row < to.rows(); row++) {
      for (int column = 0; column < origins.length; column++) {
        if (origins[column] >= 0) {
          to.set(row, column, from.at(row, origins[column]));
        }
      }
    }
  }
}
