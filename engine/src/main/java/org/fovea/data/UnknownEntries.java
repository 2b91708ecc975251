package org.fovea.data;

/// What becomes of entries of a row that the training data does not have.
///
/// @param ignoresFeatures features above those that there are, and headers that count more of them,
///   are left out and counted instead of refused
/// @param ignoresLabels so are labels that are unknown, as rows to predict may have
public record UnknownEntries(boolean ignoresFeatures, boolean ignoresLabels) {

  private static final UnknownEntries REFUSED = new UnknownEntries(false, false);

  /// They are errors.
  public static UnknownEntries refused() {
    return REFUSED;
  }

  /// The same for features.
  public UnknownEntries withFeatures(boolean ignored) {
    return new UnknownEntries(ignored, ignoresLabels);
  }

  /// The same for labels.
  public UnknownEntries withLabels(boolean ignored) {
    return new UnknownEntries(ignoresFeatures, ignored);
  }
}
