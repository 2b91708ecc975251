package org.fovea.spec;

/// The output layer: one neuron per label.
///
/// @param labels number of labels
/// @param loss what training minimises
/// @param selection which labels take part in an example, besides the true ones
/// @param neighbours hard negatives of each example, besides what the selection gives: labels of
///   training examples that share features with it
/// @param direct connections from the input features to the labels
/// @param initialization where the labels' rows start
public record OutputSpec(
    int labels,
    Loss loss,
    Selection selection,
    int neighbours,
    Direct direct,
    Initialization initialization) {

  public OutputSpec {
    Require.positive("labels", labels);
    Require.that(
        neighbours >= 0 && (neighbours == 0 || !(selection instanceof Selection.All)),
        "neighbours must be 0 where all labels are active, and never negative");
    Require.that(
        !(selection instanceof Selection.TopK || selection instanceof Selection.AdaptiveDropout),
        "an output layer is selected by all, sampled or lsh, not by %s",
        selection);
    Require.that(
        !(selection instanceof Selection.Lsh lsh && lsh.retrieval() instanceof Retrieval.Best),
        "an output layer takes all neurons that it retrieves: best is for hidden layers");
  }

  /// Where the rows of the output layer start.
  public enum Initialization {
    /// Zero: every label starts with the same score.
    ZERO,
    /// Uniform in `±sqrt(6 / (inputs + outputs))`, outputs taken as inputs (Glorot and Bengio,
    /// AISTATS 2010).
    RANDOM,
    /// The direction of the mean hidden vector of the label's training examples.
    CENTROIDS
  }
}
