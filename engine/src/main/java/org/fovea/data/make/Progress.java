package org.fovea.data.make;

/// Hears how far a maker has come.
///
/// **Threads** called from the thread that called the maker, in order.
@FunctionalInterface
public interface Progress {

  /// Hears nothing.
  Progress NONE = (_, _, _) -> {};

  /// Called now and then, and at the end of each stage with `done == total`.
  ///
  /// @param stage what is being done, for people: `"classes read"`
  /// @param done how much of it
  /// @param total how much there is
  void advanced(String stage, long done, long total);
}
