package org.fovea.spec;

/// The sparse input of a network.
///
/// @param features number of input features
/// @param weighting what is done to the values of an example before the network sees them; what it
///   learns from the training data is kept in the model
/// @param dropout share of an example's features that training leaves out; the others are scaled up
public record InputSpec(int features, Weighting weighting, double dropout) {

  public InputSpec {
    Require.positive("features", features);
    Require.fraction("dropout", dropout);
  }

  /// The same for another number of features.
  InputSpec withFeatures(int count) {
    return new InputSpec(count, weighting, dropout);
  }

  /// What is done to the values of an example.
  public enum Weighting {
    /// Nothing.
    NONE,
    /// Scaled to Euclidean length 1.
    UNIT,
    /// Replaced by 1, whatever they are, then scaled to length 1.
    BINARY,
    /// Multiplied by the inverse document frequency `1 + log(examples / (1 + occurrences))`, then
    /// scaled to length 1.
    TF_IDF,
    /// Replaced by `sign(v) log(1 + |v|)`, multiplied by the inverse document frequency, then
    /// scaled to length 1.
    LOG_TF_IDF,
    /// Less the mean of its feature over the training examples, divided by the standard deviation;
    /// 0 for features that never change. A feature that an example does not have is 0 before that,
    /// so every example has all features then: for tables, not for text.
    STANDARD
  }
}
