package org.fovea.spec;

import java.util.Optional;

/// The output layer: one neuron per label.
///
/// @param labels number of labels
/// @param loss what training minimises
/// @param selection which labels take part in an example, besides the true ones
/// @param neighbours hard negatives of each example, besides what the selection gives: labels of
///   training examples that share features with it
/// @param direct connections from the input features to the labels
/// @param initialization where the labels' rows start
/// @param sparse which connections reach the labels, if not all places are weights of a row
public record OutputSpec(
    int labels,
    Loss loss,
    Selection selection,
    int neighbours,
    Direct direct,
    Initialization initialization,
    Optional<Sparse> sparse) {

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
    Require.that(
        !(loss instanceof Loss.Squared) || selection instanceof Selection.All,
        "the squared loss is over all labels: selection must be all");
    Require.that(
        !(loss instanceof Loss.Reconstruction) || sparse.isPresent(),
        "the reconstruction loss needs a sparse output layer, which may have all places");
    Require.that(
        sparse.isEmpty() || (selection instanceof Selection.All && direct instanceof Direct.None),
        "a sparse output layer has no selection and no direct connections");
  }

  /// An output layer with a row of weights for each label.
  public OutputSpec(
      int labels,
      Loss loss,
      Selection selection,
      int neighbours,
      Direct direct,
      Initialization initialization) {
    this(labels, loss, selection, neighbours, direct, initialization, Optional.empty());
  }

  /// The same for another number of labels.
  OutputSpec withLabels(int count) {
    return new OutputSpec(count, loss, selection, neighbours, direct, initialization, sparse);
  }

  /// The connections of a sparse output layer; with [Topology.Full] the fast form for few labels
  /// over sparse hidden layers.
  ///
  /// @param topology which connections there are at first
  /// @param evolution how they change
  public record Sparse(Topology topology, Evolution evolution) {

    /// All places.
    public static Sparse defaults() {
      return new Sparse(new Topology.Full(), Evolution.Preset.STATIC);
    }
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
