package org.fovea.spec;

/// How scores of labels become probabilities.
///
/// With `z` the net input of a label and sums over all labels of an example:
///
/// - [Kind#SOFTMAX]: `exp(scale z) / sum exp(scale z)`, for examples of one label each
/// - [Kind#SIGMOID]: `1 / (1 + exp(-(scale z + offset)))`, for labels that were trained one by one
/// - [Kind#SHARE]: the same of `log(exp z / sum exp z)` instead of `z`, for labels that were
///   trained by a softmax although examples have several of them
///
/// **Source** the first is the temperature of Guo and others, *On Calibration of Modern Neural
/// Networks*, ICML 2017, arXiv:1706.04599, as its inverse; the others are Platt, *Probabilistic
/// Outputs for Support Vector Machines*, 1999.
///
/// @param kind the formula
/// @param scale positive
/// @param offset 0 for a softmax
/// @param examples unseen examples that it was fitted to; 0 if scores are taken as training left
///   them
public record Calibration(Kind kind, double scale, double offset, long examples) {

  public Calibration {
    Require.positive("scale", scale);
    Require.that(Double.isFinite(offset), "offset must be finite, not %s", offset);
    Require.that(kind != Kind.SOFTMAX || offset == 0, "a softmax has the offset 0, not %s", offset);
    Require.that(examples >= 0, "examples must not be negative, but %d came", examples);
  }

  /// The formulas.
  public enum Kind {
    /// Labels that exclude each other.
    SOFTMAX,
    /// Labels that do not.
    SIGMOID,
    /// Labels that do not, trained as if they did.
    SHARE
  }

  /// Scores as training with a loss left them.
  ///
  /// @throws IllegalArgumentException if the loss scores no labels
  public static Calibration none(Loss loss) {
    return switch (loss) {
      case Loss.Softmax _, Loss.DecoupledSoftmax _ -> new Calibration(Kind.SOFTMAX, 1, 0, 0);
      case Loss.Logistic _, Loss.Squared _ -> new Calibration(Kind.SIGMOID, 1, 0, 0);
      case Loss.Reconstruction _ ->
          throw new IllegalArgumentException("a network that reconstructs its input has no labels");
    };
  }

  /// Whether the scores of all labels are needed for the probability of one.
  public boolean needsAllLabels() {
    return kind != Kind.SIGMOID;
  }

  /// What net inputs are multiplied with before their exponentials are summed.
  public double sumScale() {
    return kind == Kind.SOFTMAX ? scale : 1;
  }

  /// The probability of a label.
  ///
  /// @param score net input
  /// @param logSum `log sum exp(sumScale z)` over all labels of the example, if it is needed
  public double probability(double score, double logSum) {
    return switch (kind) {
      case SOFTMAX -> Math.min(1, Math.exp(scale * score - logSum));
      case SIGMOID -> 1 / (1 + Math.exp(-(scale * score + offset)));
      case SHARE -> 1 / (1 + Math.exp(-(scale * (score - logSum) + offset)));
    };
  }
}
