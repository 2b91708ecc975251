package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.LayerInputs;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.spec.Optimizer;
import org.fovea.spec.TrainSpec;
import org.fovea.training.optimizer.Updaters;
import org.junit.jupiter.api.Test;

final class PrototypesTest {

  private static final Examples DATA = Runs.examples(400, 3);
  private static final TrainSpec TRAINING = Runs.training(1, new Optimizer.Sgd(), true);

  @Test
  void startsEachNeuronAtAnExample() {
    try (Network network =
        new Preparation(Runs.hashedHidden(), TRAINING, DATA, new Updaters(TRAINING)).prepare()) {
      for (int position = 0; position < 2; position++) {
        NeuronLayer layer = network.hidden().get(position);
        double[] atMean = new double[layer.neurons()];
        double[] largest = new double[layer.neurons()];
        netInputs(network, position, layer, atMean, largest);
        double ownLargest = 0;
        for (int neuron = 0; neuron < layer.neurons(); neuron++) {
          assertThat(atMean[neuron]).as("neuron %d at the mean", neuron).isCloseTo(0, within(1e-3));
          ownLargest += largest[neuron] / layer.neurons();
        }
        // the examples that neurons start at are about as long as the mean one
        assertThat(ownLargest).isBetween(0.7, 2.0);
      }
    }
  }

  /// Mean net inputs of the neurons over all examples, and their largest ones.
  private static void netInputs(
      Network network, int position, NeuronLayer layer, double[] mean, double[] largest) {
    LayerInputs inputs = new LayerInputs(network, position);
    Batch batch = new Batch();
    try (ExampleReader reader = DATA.inOrder()) {
      reader.read(batch, 400);
    }
    network.inputWeights().apply(batch);
    inputs.compute(batch);
    for (int e = 0; e < batch.exampleCount(); e++) {
      float[] values = new float[inputs.width()];
      inputs.addTo(1f, e, values, 0);
      for (int neuron = 0; neuron < mean.length; neuron++) {
        double net = layer.bias().values().at(neuron, 0);
        for (int i = 0; i < values.length; i++) {
          net += values[i] * layer.weights().values().at(neuron, i);
        }
        mean[neuron] += net / batch.exampleCount();
        largest[neuron] = Math.max(largest[neuron], net);
      }
    }
  }

  @Test
  void startsMoreNeuronsThanExamplesBetweenExamples() {
    Examples few = Runs.examples(20, 4);
    try (Network network =
        new Preparation(Runs.hashedHidden(), TRAINING, few, new Updaters(TRAINING)).prepare()) {
      NeuronLayer layer = network.hidden().getFirst();
      for (int neuron = 0; neuron < layer.neurons(); neuron++) {
        double squares = 0;
        for (int i = 0; i < layer.inputs(); i++) {
          squares += Math.pow(layer.weights().values().at(neuron, i), 2);
        }
        assertThat(squares).as("neuron %d", neuron).isGreaterThan(0);
      }
    }
  }
}
