package org.fovea.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.data.Batch;
import org.fovea.data.BatchCheck;
import org.fovea.kernel.ConnectionMove;
import org.fovea.spec.Loss;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// One worker's training of a network, batch by batch: forward, loss, backward, update.
///
/// Gradients are those of the mean over the batch of each example's loss times its weight. Every
/// row that has a gradient is updated once per batch, from weights as they were in the forward
/// pass.
///
/// **Threads** confined to a worker; its team works inside. **Cost** allocates only until the
/// largest batch has been seen.
public final class BatchPass {

  private final double inputDropout;
  private final Step step = new Step();
  private final WorkCount work = new WorkCount();
  private final StreamRandom random = new StreamRandom();
  private final Signals input;
  private final FeatureIndex features;
  private final HiddenPasses hidden;
  private final OutputPass output;
  private final Optional<Evolver> evolver;
  private final List<SparseActivity> activities;
  private final Consumer<StructureChange> changes;
  private final long[] moved;
  private final int labelCount;
  private boolean lastStepTaken;

  /// @param team threads that work on each batch
  /// @param weightDecay decay of the direct connections
  public BatchPass(Network network, Team team, double weightDecay) {
    // whoever reconstructs features looks at no label
    this.labelCount =
        network.output().loss() instanceof Loss.Reconstruction
            ? Integer.MAX_VALUE
            : network.spec().output().labels();
    this.inputDropout = network.spec().input().dropout();
    PassContext context = new PassContext(team, step, work);
    this.input = Signals.sparse(network.spec().input().features());
    this.features = new FeatureIndex(input);
    this.hidden = new HiddenPasses(network, input, features, context);
    OutputLayer labels = network.output();
    this.moved = new long[network.connections().size()];
    this.changes = change -> apply(network, change);
    DirectPass direct = new DirectPass(labels.direct(), features, (float) weightDecay);
    this.evolver = network.evolver();
    this.activities = new ArrayList<>(hidden.activities());
    if (network.sparseOutput().isPresent()) {
      UnitOutput units = hidden.output(network, context);
      activities.add(units.activity());
      this.output = units;
    } else {
      this.output =
          shares(network) && !hidden.top().isSparse()
              ? new SharedOutput(labels, input, hidden.top(), direct, context)
              : new ExampleOutput(labels, input, hidden.top(), direct, context);
    }
  }

  private void apply(Network network, StructureChange change) {
    network.apply(change);
    if (change instanceof StructureChange.ConnectionsMoved(int layer, ConnectionMove move)) {
      moved[layer] += move.count();
    }
  }

  private static boolean shares(Network network) {
    return switch (network.spec().output().selection()) {
      case Selection.All _ -> true;
      case Selection.Sampled sampled -> sampled.sharing() == Sharing.BATCH;
      case Selection.Lsh lsh -> lsh.sharing() == Sharing.BATCH;
      case Selection.TopK _, Selection.AdaptiveDropout _ -> false;
    };
  }

  /// Trains on a batch whose values have been weighted (see [InputWeights#apply]).
  ///
  /// When the loss or a gradient is not finite nothing is updated; see [#lastStepTaken].
  ///
  /// @param seed seed of the run
  /// @param number number of the batch, counted from 0 over the whole run
  /// @return sum of the losses of the batch's examples, each times its weight
  /// @throws IllegalArgumentException if an example has features or labels that do not ascend or
  ///   that the network does not have, or a value that is not finite
  public double train(Batch batch, long seed, long number, float rate, float directRate) {
    BatchCheck.features("", batch, input.width());
    BatchCheck.labels("", batch, labelCount);
    step.moveTo(seed, number, rate, directRate);
    lastStepTaken = false;
    try {
      return train(batch, seed, number);
    } finally {
      output.end(lastStepTaken);
    }
  }

  private double train(Batch batch, long seed, long number) {
    input.load(batch, inputDropout, step, random);
    features.inputChanged();
    hidden.forward(batch.exampleCount(), true);
    double loss = output.forward(batch);
    lastStepTaken = Double.isFinite(loss);
    if (lastStepTaken) {
      output.backward();
      hidden.backward();
      if (evolver.isPresent()) {
        Arrays.fill(moved, 0);
        evolver.get().evolve(activities, seed, number, changes);
      }
    }
    return loss;
  }

  /// Whether the last batch changed the parameters.
  public boolean lastStepTaken() {
    return lastStepTaken;
  }

  /// The sparse layers of a network that this one is a copy of, with what the last batch left here.
  public List<SparseActivity> activities(Network original) {
    List<SparseActivity> all = new ArrayList<>();
    for (int i = 0; i < activities.size(); i++) {
      all.add(activities.get(i).of(original.connections().get(i)));
    }
    return all;
  }

  /// New connections of each of [Network#connections] after the last batch that changed the
  /// parameters; owned by the pass.
  public long[] movedConnections() {
    return moved;
  }

  /// Mean number of active labels of an example in the last batch.
  public double activeLabels() {
    return output.activeLabels();
  }

  /// Multiply-adds of this worker so far.
  public WorkCount work() {
    return work;
  }
}
