package org.fovea.topology;

import java.util.Arrays;
import java.util.List;

/// How many connections a layer gets.
public final class Densities {

  private Densities() {}

  /// A layer.
  ///
  /// @param places connections it could have: the product of its dimensions
  /// @param dimensions the sum of its dimensions: inputs and neurons, and of a convolution the
  ///   sides of its kernel
  public record Shape(long places, double dimensions) {

    /// A layer without convolution.
    public static Shape of(int inputs, int neurons) {
      return new Shape((long) inputs * neurons, (double) inputs + neurons);
    }

    double raw() {
      return dimensions / places;
    }
  }

  /// Connections of an Erdős–Rényi layer: `epsilon * (inputs + neurons)`, at most all places.
  ///
  /// **Source** Mocanu and others 2018, equation 1. **Differs** their code draws with replacement
  /// or with independent chances; here it is exactly that number.
  public static long erdosRenyi(int inputs, int neurons, double epsilon) {
    double wanted = epsilon * ((double) inputs + neurons);
    return (long) Math.min((double) inputs * neurons, Math.rint(wanted));
  }

  /// Densities of layers that together have a share of their places, each in proportion to `(sum of
  /// dimensions) / (product of dimensions)`: the Erdős–Rényi kernel. A layer whose density would
  /// exceed 1 becomes dense, and the others share what is left, until none exceeds it.
  ///
  /// **Source** Evci and others 2020, section 3, and their code.
  ///
  /// @param density share of all places, in `(0, 1]`
  /// @param fixed connections of other layers that count
  /// @param fixedPlaces places of those layers
  /// @throws IllegalArgumentException if the other layers alone have more
  public static double[] overall(
      double density, List<Shape> shapes, double fixed, double fixedPlaces) {
    boolean[] dense = new boolean[shapes.size()];
    while (true) {
      double budget = density * fixedPlaces - fixed;
      double raw = 0;
      for (int i = 0; i < dense.length; i++) {
        Shape shape = shapes.get(i);
        budget += dense[i] ? -(1 - density) * shape.places() : density * shape.places();
        raw += dense[i] ? 0 : shape.raw() * shape.places();
      }
      if (budget <= 0) {
        throw new IllegalArgumentException(
            "an overall density of %s cannot be met: layers that are dense have more"
                .formatted(density));
      }
      double epsilon = raw == 0 ? 0 : budget / raw;
      boolean changed = false;
      for (int i = 0; i < dense.length; i++) {
        // a hair above 1 is rounding
        if (!dense[i] && epsilon * shapes.get(i).raw() > 1 + 1e-9) {
          dense[i] = true;
          changed = true;
        }
      }
      if (!changed) {
        double[] densities = new double[dense.length];
        Arrays.setAll(densities, i -> dense[i] ? 1 : Math.min(1, epsilon * shapes.get(i).raw()));
        return densities;
      }
    }
  }
}
