package org.fovea.spec;

/// When training ends before its last epoch.
public sealed interface Stopping {

  /// It does not.
  record Never() implements Stopping {}

  /// When the measure on the validation data has not risen by `margin` for `patience` evaluations.
  /// The best model is kept.
  record Plateau(int patience, double margin) implements Stopping {
    public Plateau {
      Require.positive("patience", patience);
      Require.notNegative("margin", margin);
    }
  }
}
