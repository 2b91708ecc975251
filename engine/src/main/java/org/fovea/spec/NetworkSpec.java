package org.fovea.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network: sparse input, hidden layers from the input upward (possibly none), one neuron per
/// label on top.
public record NetworkSpec(InputSpec input, List<LayerSpec> hidden, OutputSpec output) {

  public NetworkSpec {
    hidden = List.copyOf(hidden);
    Require.that(
        !hidden.isEmpty() || !(output.direct() instanceof Direct.None),
        "a network needs a hidden layer or direct connections");
    Require.that(
        !(output.loss() instanceof Loss.Squared)
            || output.sparse().isPresent()
            || !reachesOutputSelected(hidden),
        "the squared loss needs all neurons of the layers below a dense output");
    Require.that(
        !(output.loss() instanceof Loss.Reconstruction) || output.labels() == input.features(),
        "to reconstruct %d features, as many labels are needed, not %d",
        input.features(),
        output.labels());
    for (int i = 0; i < hidden.size(); i++) {
      boolean prunes =
          hidden.get(i) instanceof LayerSpec.Sparse layer
              && !(layer.pruning() instanceof Pruning.None);
      Require.that(
          !prunes || readsAll(hidden, i + 1, output),
          "hidden layer %d cannot be pruned: the layer above selects its neurons",
          i);
    }
  }

  /// Whether all neurons of a layer, the output layer last, take part in every example.
  private static boolean readsAll(List<LayerSpec> hidden, int layer, OutputSpec output) {
    if (layer == hidden.size()) {
      return output.selection() instanceof Selection.All;
    }
    return switch (hidden.get(layer)) {
      case LayerSpec.Dense dense -> dense.selection() instanceof Selection.All;
      case LayerSpec.Sparse _ -> true;
    };
  }

  /// Whether what reaches the output layer are the neurons that an example selected.
  private static boolean reachesOutputSelected(List<LayerSpec> hidden) {
    boolean selected = false;
    for (LayerSpec layer : hidden) {
      selected =
          switch (layer) {
            case LayerSpec.Dense dense -> selected || !(dense.selection() instanceof Selection.All);
            case LayerSpec.Sparse _ -> false;
          };
    }
    return selected;
  }

  /// Whether any layer has connections that may move.
  public boolean isSparse() {
    return output.sparse().isPresent()
        || hidden.stream().anyMatch(layer -> layer instanceof LayerSpec.Sparse);
  }

  /// Number of values that reach the output layer: the width of the last hidden layer.
  public int outputInputs() {
    return hidden.isEmpty() ? 0 : hidden.getLast().neurons();
  }

  /// The same network for other numbers of features and labels.
  public NetworkSpec withCounts(int features, int labels) {
    return new NetworkSpec(input.withFeatures(features), hidden, output.withLabels(labels));
  }

  /// This network with as many neurons in its sparse layers as another has, so that it can take
  /// over the other's parameters; nothing if it has another shape, or fewer features or labels than
  /// the other. Sparse layers that prune may have fewer neurons in the other; how they are
  /// connected at first, how they evolve and how they are regularized may differ.
  public Optional<NetworkSpec> shapedAs(NetworkSpec other) {
    if (other.input.features() > input.features()
        || other.input.weighting() != input.weighting()
        || other.output.labels() > output.labels()
        || other.output.sparse().isPresent() != output.sparse().isPresent()
        || other.hidden.size() != hidden.size()) {
      return Optional.empty();
    }
    List<LayerSpec> shaped = new ArrayList<>();
    for (int i = 0; i < hidden.size(); i++) {
      if (hidden.get(i) instanceof LayerSpec.Sparse mine
          && other.hidden.get(i) instanceof LayerSpec.Sparse theirs
          && mine.canTakeOver(theirs)) {
        shaped.add(mine.withNeurons(theirs.neurons()));
      } else if (hidden.get(i).equals(other.hidden.get(i))) {
        shaped.add(hidden.get(i));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new NetworkSpec(input, shaped, output));
  }
}
