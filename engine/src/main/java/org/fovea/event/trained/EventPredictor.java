package org.fovea.event.trained;

import java.util.Objects;
import org.fovea.data.Batch;
import org.fovea.data.BatchCheck;
import org.fovea.event.EventPropagation;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.DirectScores;
import org.fovea.network.Network;
import org.fovea.network.TopK;

/// Predicts with a compiled network, row by row, and counts what each row touches.
///
/// Scores are those of [org.fovea.network.Predictor], but for the order of sums.
///
/// **Threads** confined; make one per thread. **Cost** a step for each connection from an active
/// feature or hidden neuron; nothing is allocated per row once arrays fit.
public final class EventPredictor {

  private final TrainedEvents compiled;
  private final int features;
  private final EventPropagation propagation;
  private final DirectScores direct;
  private final float[] biases;
  private final float[] scores;
  private final Touched touched = new Touched();

  /// What rows touched, summed up.
  public static final class Touched {

    private long rows;
    private long neurons;
    private long active;
    private long multiplyAdds;

    private Touched() {}

    /// Number of rows.
    public long rows() {
      return rows;
    }

    /// Hidden neurons whose net input was computed.
    public long neurons() {
      return neurons;
    }

    /// Hidden neurons that became active.
    public long active() {
      return active;
    }

    /// Connections from active features and active hidden neurons, direct ones left out.
    public long multiplyAdds() {
      return multiplyAdds;
    }
  }

  /// A predictor of the calling thread.
  public EventPredictor(TrainedEvents compiled) {
    Network network = compiled.network();
    this.compiled = compiled;
    this.features = network.spec().input().features();
    this.propagation = new EventPropagation(compiled.hidden());
    this.direct = new DirectScores(compiled.direct());
    this.biases = new float[network.spec().output().labels()];
    RowMatrix bias = network.output().neurons().bias().values();
    for (int label = 0; label < biases.length; label++) {
      biases[label] = bias.at(label, 0);
    }
    this.scores = new float[biases.length];
  }

  /// Finds the best labels of a row among all.
  ///
  /// @param batch examples whose values have been weighted (see
  ///   [org.fovea.network.InputWeights#apply])
  /// @param best cleared by the caller; filled, not ranked
  /// @throws IllegalArgumentException if features of the example do not ascend or are none of the
  ///   network's, or a value is not finite
  /// @throws IllegalStateException if the ranking is not cleared
  public void predict(Batch batch, int example, TopK best) {
    Objects.checkIndex(example, batch.exampleCount());
    if (best.size() > 0) {
      throw new IllegalStateException(
          "a cleared ranking was expected, one of %s labels came".formatted(best.size()));
    }
    activate(batch, example);
    propagation.run();
    System.arraycopy(biases, 0, scores, 0, scores.length);
    touched.rows++;
    touched.neurons += propagation.updates();
    for (int i = 0; i < propagation.count(); i++) {
      int neuron = propagation.neuron(i);
      touched.multiplyAdds += compiled.outgoing(neuron);
      if (neuron >= 2 * features) {
        touched.active++;
      }
      if (neuron >= compiled.firstTop()) {
        compiled.readout().add(neuron - compiled.firstTop(), propagation.value(i), scores);
      }
    }
    direct.compute(batch, example);
    direct.addTo(0, scores.length, scores);
    for (int label = 0; label < scores.length; label++) {
      best.offer(label, scores[label]);
    }
  }

  private void activate(Batch batch, int example) {
    propagation.clear();
    BatchCheck.example("", batch, example, features);
    for (int i = batch.featureOffsets()[example]; i < batch.featureOffsets()[example + 1]; i++) {
      float value = batch.values()[i];
      int feature = batch.features()[i];
      if (value > 0) {
        propagation.add(feature, 0, 1, value);
      } else if (value < 0) {
        propagation.add(features + feature, 0, 1, -value);
      }
    }
  }

  /// What all rows so far touched.
  public Touched touched() {
    return touched;
  }
}
