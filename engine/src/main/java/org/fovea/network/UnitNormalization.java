package org.fovea.network;

import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.UnitBlock;

/// Batch normalization over units of a batch, and its gradient.
///
/// `x = (z - mean) / sqrt(variance + 1e-5)`, `y = scale * x + bias`. With gradients `g` to `y`, the
/// gradient to `z` is `scale / sqrt(variance + 1e-5) * (g - mean(g) - x * mean(g * x))`, those of
/// bias and scale are the sums of `g` and of `g * x`.
///
/// **Threads** disjoint units in parallel.
final class UnitNormalization {

  private final SparseLayer layer;
  private final BatchNormalization parameters;
  private final UnitBlock normalized = new UnitBlock();
  private RowMatrix scaleGradients = new RowMatrix(1, 0);
  private float[] means = new float[0];
  private float[] variances = new float[0];
  private float[] inverses = new float[0];

  UnitNormalization(SparseLayer layer, BatchNormalization parameters) {
    this.layer = layer;
    this.parameters = parameters;
  }

  void resize(int units, int batch) {
    normalized.resize(units, batch);
    if (means.length < units) {
      means = new float[units];
      variances = new float[units];
      inverses = new float[units];
      scaleGradients = new RowMatrix(1, units);
    }
  }

  /// Replaces a unit's net inputs without bias by normalized ones.
  ///
  /// @param training by what the batch has; otherwise by the running means
  void forward(UnitBlock values, int unit, boolean training) {
    float[] data = values.data();
    int at = values.offset(unit);
    int n = values.batch();
    float bias = layer.bias().values().at(0, unit);
    if (!training) {
      float factor = parameters.factor(unit);
      float shift = parameters.shift(unit, bias);
      for (int i = at; i < at + n; i++) {
        data[i] = factor * data[i] + shift;
      }
      return;
    }
    measure(data, at, n, unit);
    float mean = means[unit];
    float inverse = inverses[unit];
    float scale = parameters.scaleOf(unit);
    int to = normalized.offset(unit);
    for (int i = 0; i < n; i++) {
      float x = (data[at + i] - mean) * inverse;
      normalized.data()[to + i] = x;
      data[at + i] = scale * x + bias;
    }
  }

  private void measure(float[] data, int at, int n, int unit) {
    if (n == 1) {
      // a batch of one tells nothing
      means[unit] = parameters.meanOf(unit);
      inverses[unit] = parameters.inverseOf(unit);
      return;
    }
    double sum = 0;
    for (int i = at; i < at + n; i++) {
      sum += data[i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = at; i < at + n; i++) {
      squares += (data[i] - mean) * (data[i] - mean);
    }
    means[unit] = (float) mean;
    variances[unit] = (float) (squares / (n - 1));
    inverses[unit] = BatchNormalization.inverse(squares / n);
  }

  /// Turns a unit's gradients to normalized net inputs into gradients to net inputs, and lets the
  /// batch into the running means.
  void backward(UnitBlock gradients, int unit) {
    float[] gradient = gradients.data();
    int at = gradients.offset(unit);
    int n = gradients.batch();
    float[] x = normalized.data();
    int from = normalized.offset(unit);
    double sum = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      sum += gradient[at + i];
      product += (double) gradient[at + i] * x[from + i];
    }
    scaleGradients.set(0, unit, (float) product);
    float factor = parameters.scaleOf(unit) * inverses[unit];
    boolean single = n == 1;
    float mean = single ? 0 : (float) (sum / n);
    float slope = single ? 0 : (float) (product / n);
    for (int i = 0; i < n; i++) {
      gradient[at + i] = factor * (gradient[at + i] - mean - slope * x[from + i]);
    }
    if (!single) {
      parameters.remember(unit, means[unit], variances[unit]);
    }
  }

  /// Steps the scales, after all units.
  void update(Step step) {
    Updater updater = parameters.scale().updater();
    updater.update(0, scaleGradients.chunk(0), scaleGradients.offset(0), step.rate());
  }
}
