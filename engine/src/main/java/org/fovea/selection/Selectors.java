package org.fovea.selection;

import java.util.List;
import org.fovea.data.Batch;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.selection.lsh.HashedRows;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.selection.lsh.LshSelector;
import org.fovea.selection.lsh.PredictionIndex;
import org.fovea.selection.lsh.Queries;
import org.fovea.selection.lsh.RecallPoint;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// Makes the selector that a spec asks for.
public final class Selectors {

  /// Number of best labels that an index for prediction is tuned to find.
  private static final int PREDICTION_DEPTH = 5;

  private Selectors() {}

  /// A selector whose maintenance works on the calling thread; see the other one.
  public static Selector create(
      Selection selection,
      RowMatrix weights,
      RowMatrix bias,
      int[] labelFrequencies,
      long seed,
      boolean deterministic) {
    return create(
        selection,
        new HashedRows(weights, bias),
        labelFrequencies,
        new LshOptions(seed, deterministic, Team.single()));
  }

  /// A selector over the rows of a layer.
  ///
  /// @param labelFrequencies by row, or empty
  /// @throws IllegalArgumentException for selections that need all net inputs: the network does
  ///   them itself
  public static Selector create(
      Selection selection, HashedRows rows, int[] labelFrequencies, LshOptions options) {
    int neurons = rows.bias().rows();
    return switch (selection) {
      case Selection.Sampled sampled -> new SampledSelector(sampled, neurons, labelFrequencies);
      case Selection.Lsh lsh ->
          new LshSelector(
              lsh,
              rows,
              lsh.padding().map(padding -> padding(padding, lsh, neurons, labelFrequencies)),
              options);
      case Selection.All _, Selection.TopK _, Selection.AdaptiveDropout _ ->
          throw new IllegalArgumentException(
              selection + " needs the net inputs of all neurons and has no selector");
    };
  }

  /// Puts the neurons of a hashed hidden layer where they are to be.
  public interface Placing {

    /// Called for a layer before its tables are made, when those below have theirs.
    ///
    /// @param index of the layer, from the input upward
    void place(int index, LayerSpec.Dense layer, NeuronLayer neurons);
  }

  /// Gives the hashed hidden layers of a network their tables, from the input upward.
  ///
  /// @param seed of the run that the network is trained in, or was
  /// @param deterministic whether that run is
  public static void selectHidden(
      Network network, long seed, boolean deterministic, Placing placing) {
    int nextRows = 0;
    for (int i = 0; i < network.spec().hidden().size(); i++) {
      boolean isInput = i == 0 && network.inputLayer().isPresent();
      if (network.spec().hidden().get(i) instanceof LayerSpec.Dense layer && !isInput) {
        NeuronLayer neurons = network.hidden().get(nextRows);
        if (layer.selection() instanceof Selection.Lsh lsh) {
          placing.place(i, layer, neurons);
          LshOptions options = new LshOptions(seed + nextRows, deterministic, Team.single());
          neurons.selectBy(create(lsh, HashedRows.of(neurons), new int[0], options));
        }
        nextRows++;
      }
    }
  }

  /// An index for predicting with a trained network, tuned to find a share of the five best labels
  /// of some examples at the least cost.
  ///
  /// @param sample examples whose values have been weighted; a few hundred tell recall to about a
  ///   hundredth; owned
  /// @param recall between 0 and 1
  public static TunedIndex forPrediction(
      Network network, FeatureConnections direct, Batch sample, double recall, LshOptions options) {
    NeuronLayer labels = network.output().neurons();
    PredictionIndex index = new PredictionIndex(HashedRows.of(labels), options);
    Queries queries = new NetworkQueries(network, sample, direct, PREDICTION_DEPTH);
    return new TunedIndex(index, index.tune(queries, recall));
  }

  /// An index for prediction.
  ///
  /// @param index finds labels
  /// @param curve recall of the five best labels and cost by budget, ascending in both
  public record TunedIndex(PredictionIndex index, List<RecallPoint> curve) {

    /// Copies the curve.
    public TunedIndex {
      curve = List.copyOf(curve);
    }
  }

  /// Padding serves the sets of the selector that it pads: of examples or of batches.
  private static Selector padding(
      Selection.Sampled padding, Selection.Lsh lsh, int neurons, int[] labelFrequencies) {
    return new SampledSelector(
        new Selection.Sampled(
            padding.count(), padding.power(), lsh.sharing(), padding.correction()),
        neurons,
        labelFrequencies);
  }
}
