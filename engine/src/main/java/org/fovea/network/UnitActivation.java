package org.fovea.network;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.UnitBlock;
import org.fovea.spec.Activation;

/// Activation functions and their derivatives over units of a batch.
///
/// Where the derivative can be told from the activation, as [Activations] does, net inputs are not
/// kept; the alternated and the S-shaped rectifier need them.
///
/// **Threads** disjoint units in parallel.
final class UnitActivation {

  private static final Kernels KERNELS = Kernels.best();

  /// Rows of the matrix of learned thresholds and slopes.
  private static final int LOWER = 0;

  private static final int LOWER_SLOPE = 1;
  private static final int UPPER = 2;
  private static final int UPPER_SLOPE = 3;

  private final Activation activation;
  private final boolean keepsNet;
  private final UnitBlock net = new UnitBlock();
  private final RowMatrix shape;
  private final RowMatrix shapeGradients;

  /// @param position of the layer among the hidden ones, for the alternated rectifier
  UnitActivation(SparseLayer layer, int position) {
    this.activation =
        switch (layer.spec().activation()) {
          case Activation.AllRelu(double slope) when position % 2 == 1 ->
              new Activation.LeakyRelu(slope);
          case Activation other -> other;
        };
    this.keepsNet = activation instanceof Activation.AllRelu || layer.shape().isPresent();
    this.shape = layer.shape().map(Parameters::values).orElseGet(() -> new RowMatrix(0, 0));
    this.shapeGradients = new RowMatrix(shape.rows(), shape.columns());
  }

  void resize(int units, int batch) {
    if (keepsNet) {
      net.resize(units, batch);
    }
  }

  /// Gradients of the learned thresholds and slopes, after all units were differentiated.
  RowMatrix shapeGradients() {
    return shapeGradients;
  }

  /// Replaces a unit's net inputs by activations.
  void forward(UnitBlock values, int unit) {
    float[] data = values.data();
    int at = values.offset(unit);
    int n = values.stride();
    if (keepsNet) {
      System.arraycopy(data, at, net.data(), at, n);
    }
    switch (activation) {
      case Activation.Linear _ -> {}
      case Activation.Relu _ -> KERNELS.rectify(data, at, n, 0f);
      case Activation.LeakyRelu(double slope) -> KERNELS.rectify(data, at, n, (float) slope);
      case Activation.AllRelu(double slope) -> KERNELS.rectify(data, at, n, (float) -slope);
      case Activation.Tanh _, Activation.Sigmoid _ ->
          Activations.apply(activation, data, at, at + n);
      case Activation.Srelu _ -> bend(data, at, n, unit);
    }
  }

  private void bend(float[] data, int at, int n, int unit) {
    float lower = shape.at(LOWER, unit);
    float lowerSlope = shape.at(LOWER_SLOPE, unit);
    float upper = shape.at(UPPER, unit);
    float upperSlope = shape.at(UPPER_SLOPE, unit);
    for (int i = at; i < at + n; i++) {
      float z = data[i];
      data[i] =
          z >= upper
              ? upper + upperSlope * (z - upper)
              : z <= lower ? lower + lowerSlope * (z - lower) : z;
    }
  }

  /// Turns a unit's gradients to activations into gradients to net inputs.
  ///
  /// @param values activations, scaled up by `1 / keep` if dropout kept them
  void backward(UnitBlock values, UnitBlock gradients, int unit, float keep) {
    float[] data = values.data();
    float[] gradient = gradients.data();
    int at = values.offset(unit);
    int n = values.stride();
    switch (activation) {
      case Activation.Linear _ -> {}
      case Activation.Relu _ -> KERNELS.rectifyGradient(data, at, gradient, at, n, 0f);
      case Activation.LeakyRelu(double slope) ->
          KERNELS.rectifyGradient(data, at, gradient, at, n, (float) slope);
      case Activation.AllRelu(double slope) ->
          KERNELS.rectifyGradient(net.data(), at, gradient, at, n, (float) -slope);
      case Activation.Tanh _ -> {
        for (int i = at; i < at + n; i++) {
          float value = data[i] * keep;
          gradient[i] *= 1 - value * value;
        }
      }
      case Activation.Sigmoid _ -> {
        for (int i = at; i < at + n; i++) {
          float value = data[i] * keep;
          gradient[i] *= value * (1 - value);
        }
      }
      case Activation.Srelu _ -> unbend(gradient, at, n, unit);
    }
  }

  private void unbend(float[] gradient, int at, int n, int unit) {
    float lower = shape.at(LOWER, unit);
    float lowerSlope = shape.at(LOWER_SLOPE, unit);
    float upper = shape.at(UPPER, unit);
    float upperSlope = shape.at(UPPER_SLOPE, unit);
    float toLower = 0;
    float toLowerSlope = 0;
    float toUpper = 0;
    float toUpperSlope = 0;
    for (int i = at; i < at + n; i++) {
      float z = net.data()[i];
      float g = gradient[i];
      if (z >= upper) {
        toUpper += g * (1 - upperSlope);
        toUpperSlope += g * (z - upper);
        gradient[i] = g * upperSlope;
      } else if (z <= lower) {
        toLower += g * (1 - lowerSlope);
        toLowerSlope += g * (z - lower);
        gradient[i] = g * lowerSlope;
      }
    }
    shapeGradients.set(LOWER, unit, toLower);
    shapeGradients.set(LOWER_SLOPE, unit, toLowerSlope);
    shapeGradients.set(UPPER, unit, toUpper);
    shapeGradients.set(UPPER_SLOPE, unit, toUpperSlope);
  }
}
