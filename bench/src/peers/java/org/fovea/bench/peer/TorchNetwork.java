package org.fovea.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import org.fovea.data.Batch;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;

/// Sparse input, a hidden layer of rectified units, a softmax over labels, in libtorch.
///
/// The rows of the features in a batch are gathered, so that the input layer costs what is there: a
/// sparse matrix times the gathered rows. Parameters that autograd sees are the gathered copies;
/// after the step they are written back.
///
/// **Threads** confined.
final class TorchNetwork {

  private static final float SMALL = 1e-10f;
  private static final int BATCH = 128;

  private final NDManager manager;
  private final TorchRows features;
  private final TorchRows labels;
  private final TorchRows biases;
  private final TorchRows hiddenBias;
  private final ActiveIds featureIds;
  private final ActiveIds labelIds;
  private final boolean sampled;

  TorchNetwork(NDManager manager, DataSummary data, int hidden, boolean sampled, long seed) {
    Engine.getEngine("PyTorch").setRandomSeed((int) seed);
    this.manager = manager;
    this.sampled = sampled;
    NDArray input = manager.randomNormal(new Shape(data.featureCount(), hidden));
    this.features = new TorchRows(input, SMALL);
    this.labels = new TorchRows(manager.zeros(new Shape(data.labelCount(), hidden)), SMALL);
    float[] prior = new float[data.labelCount()];
    for (int label = 0; label < prior.length; label++) {
      double share = (data.labelFrequencies().of(label) + 0.5) / (data.exampleCount() + 1.0);
      prior[label] = (float) Math.log(share);
    }
    this.biases =
        new TorchRows(
            manager.create(FloatBuffer.wrap(prior), new Shape(prior.length, 1), DataType.FLOAT32),
            SMALL);
    this.hiddenBias = new TorchRows(manager.zeros(new Shape(1, hidden)), SMALL);
    this.featureIds = new ActiveIds(data.featureCount(), seed);
    this.labelIds = new ActiveIds(data.labelCount(), seed);
  }

  /// Trains on a batch against the labels of the batch and some more, drawn uniformly.
  ///
  /// @return number of active labels
  int train(Batch batch, int negatives, float rate) {
    try (NDManager own = manager.newSubManager()) {
      labelIds.clear();
      labelIds.addAll(batch.labels(), batch.labelCount());
      labelIds.addRandom(negatives);
      NDArray active = own.create(labelIds.ids());
      NDArray output = labels.gather(active);
      NDArray outputBias = biases.gather(active);
      Input input = input(own, batch);
      NDArray bias = hiddenBias.copy(own);
      for (NDArray leaf : new NDArray[] {output, outputBias, input.rows, bias}) {
        leaf.setRequiresGradient(true);
      }
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logits = logits(input, bias, output, outputBias);
        collector.backward(loss(own, logits, batch));
      }
      labels.step(active, output, rate);
      biases.step(active, outputBias, rate);
      features.step(input.ids, input.rows, rate);
      hiddenBias.stepAll(bias, rate);
      return labelIds.size();
    }
  }

  /// Trains on a batch against all labels.
  void trainFull(Batch batch, float rate) {
    try (NDManager own = manager.newSubManager()) {
      Input input = input(own, batch);
      NDArray bias = hiddenBias.copy(own);
      NDArray output = labels.leaf();
      NDArray outputBias = biases.leaf();
      input.rows.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logits = logits(input, bias, output, outputBias);
        logits.attach(own);
        collector.backward(loss(own, logits, batch));
      }
      labels.stepInPlace(rate);
      biases.stepInPlace(rate);
      features.step(input.ids, input.rows, rate);
      hiddenBias.stepAll(bias, rate);
    }
  }

  /// The features of a batch: `matrix [examples, ids]` and the gathered rows `[ids, hidden]`.
  private record Input(NDArray matrix, NDArray ids, NDArray rows) {}

  private Input input(NDManager own, Batch batch) {
    featureIds.clear();
    featureIds.addAll(batch.features(), batch.featureCount());
    int count = batch.featureCount();
    long[] places = new long[2 * count];
    float[] values = new float[count];
    for (int example = 0; example < batch.exampleCount(); example++) {
      for (int i = batch.featureOffsets()[example]; i < batch.featureOffsets()[example + 1]; i++) {
        places[i] = example;
        places[count + i] = featureIds.place(batch.features()[i]);
        values[i] = batch.values()[i];
      }
    }
    // not by createCoo, which lets go of the memory that the matrix goes on to use
    NDArray matrix =
        JniUtils.createSparseCoo(
            (PtNDArray) own.create(places, new Shape(2, count)),
            (PtNDArray) own.create(values),
            new Shape(batch.exampleCount(), featureIds.size()));
    NDArray ids = own.create(featureIds.ids());
    return new Input(matrix, ids, features.gather(ids));
  }

  private static NDArray hidden(Input input, NDArray bias) {
    return input.matrix.matMul(input.rows).add(bias).getNDArrayInternal().relu();
  }

  private static NDArray logits(Input input, NDArray bias, NDArray output, NDArray outputBias) {
    return hidden(input, bias).matMul(output.transpose()).add(outputBias.transpose());
  }

  /// Mean cross-entropy with a target that gives each true label of an example the same share.
  private NDArray loss(NDManager own, NDArray logits, Batch batch) {
    int most = 1;
    int[] offsets = batch.labelOffsets();
    for (int example = 0; example < batch.exampleCount(); example++) {
      most = Math.max(most, offsets[example + 1] - offsets[example]);
    }
    long[] places = new long[batch.exampleCount() * most];
    float[] weights = new float[places.length];
    for (int example = 0; example < batch.exampleCount(); example++) {
      int count = offsets[example + 1] - offsets[example];
      for (int i = 0; i < count; i++) {
        int label = batch.labels()[offsets[example] + i];
        places[example * most + i] = sampled ? labelIds.place(label) : label;
        weights[example * most + i] = 1f / count / batch.exampleCount();
      }
    }
    Shape shape = new Shape(batch.exampleCount(), most);
    NDArray chosen = logits.logSoftmax(1).gather(own.create(places, shape), 1);
    return chosen.mul(own.create(weights, shape)).sum().neg();
  }

  /// Share of examples whose best label is true.
  double precision(Examples test) {
    long hits = 0;
    long count = 0;
    Batch batch = new Batch();
    try (ExampleReader reader = test.inOrder()) {
      while (reader.read(batch, BATCH) > 0) {
        try (NDManager own = manager.newSubManager()) {
          NDArray bias = hiddenBias.copy(own);
          NDArray scores = logits(input(own, batch), bias, labels.leaf(), biases.leaf());
          scores.attach(own);
          long[] best = scores.argMax(1).toLongArray();
          for (int example = 0; example < best.length; example++) {
            hits += isTrue(batch, example, best[example]) ? 1 : 0;
            count++;
          }
        }
        batch.clear();
      }
    }
    return (double) hits / count;
  }

  private static boolean isTrue(Batch batch, int example, long label) {
    for (int i = batch.labelOffsets()[example]; i < batch.labelOffsets()[example + 1]; i++) {
      if (batch.labels()[i] == label) {
        return true;
      }
    }
    return false;
  }
}
