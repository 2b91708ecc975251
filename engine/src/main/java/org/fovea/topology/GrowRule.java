package org.fovea.topology;

import java.util.Arrays;
import org.fovea.kernel.ConnectionMove;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.kernel.UnitBlock;
import org.fovea.network.SparseActivity;
import org.fovea.network.SparseConnections;
import org.fovea.network.StreamRandom;
import org.fovea.spec.Evolution;

/// Chooses the places of new connections among those that are empty.
final class GrowRule {

  private static final Kernels KERNELS = Kernels.best();

  private final Evolution.Grow rule;
  private final Extremes extremes = new Extremes();

  GrowRule(Evolution.Grow rule) {
    this.rule = rule;
  }

  /// Places of new connections, ascending.
  ///
  /// @param wanted how many, at most as many as are empty; by neuron, as many as go
  long[] grow(SparseActivity layer, DropRule.Dropped dropped, int wanted, StreamRandom random) {
    if (wanted == 0) {
      return new long[0];
    }
    EmptyPlaces empty = new EmptyPlaces(layer.connections().matrix().pattern(), dropped);
    return switch (rule) {
      case Evolution.Grow.Anywhere _ -> empty.draw(wanted, random);
      case Evolution.Grow.ByNeuron _ -> empty.drawByRow(random);
      case Evolution.Grow.Gradient _ -> GradientScan.largest(layer, empty, wanted);
      case Evolution.Grow.SampledGradient(int each) -> {
        long[] candidates = candidates(empty, wanted, each, random);
        yield best(candidates, gradients(layer, candidates), wanted);
      }
      case Evolution.Grow.Momentum(int each) -> {
        long[] candidates = candidates(empty, wanted, each, random);
        yield best(candidates, momenta(layer.connections(), candidates), wanted);
      }
      case Evolution.Grow.NeverTried(int each, int bits) ->
          untried(
              layer.connections(), candidates(empty, wanted, each, random), wanted, bits, random);
    };
  }

  private static long[] candidates(EmptyPlaces empty, int wanted, int each, StreamRandom random) {
    long many = Math.min(empty.count(), (long) wanted * each);
    return empty.draw((int) Math.min(many, Integer.MAX_VALUE - 8), random);
  }

  /// The places with the largest scores, ascending.
  private long[] best(long[] places, float[] scores, int wanted) {
    long[] marks = ConnectionMove.noneOf(places.length);
    extremes.markLargest(scores, places.length, wanted, marks);
    long[] chosen = new long[wanted];
    int size = 0;
    for (int i = 0; i < places.length; i++) {
      if ((marks[i >>> 6] >>> i & 1) != 0) {
        chosen[size++] = places[i];
      }
    }
    return chosen;
  }

  private static float[] gradients(SparseActivity layer, long[] places) {
    UnitBlock deltas = layer.deltas();
    UnitBlock inputs = layer.inputs();
    int columns = layer.connections().matrix().pattern().columns();
    float[] sizes = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      int row = (int) (places[i] / columns);
      int column = (int) (places[i] % columns);
      sizes[i] =
          Math.abs(
              KERNELS.dot(
                  deltas.data(),
                  deltas.offset(row),
                  inputs.data(),
                  inputs.offset(column),
                  inputs.stride()));
    }
    return sizes;
  }

  /// The momenta of connections, or their weights if the optimizer has none.
  static RowMatrix momentum(SparseConnections connections) {
    return connections.weights().updater().momentum().orElseGet(connections.matrix()::weights);
  }

  private static float[] momenta(SparseConnections connections, long[] places) {
    SparseMatrix matrix = connections.matrix();
    SparsePattern pattern = matrix.pattern();
    RowMatrix momentum = momentum(connections);
    float[] ofRow = new float[pattern.rows()];
    float[] ofColumn = new float[pattern.columns()];
    int[] counts = new int[pattern.columns()];
    for (int row = 0; row < pattern.rows(); row++) {
      long begin = pattern.offset(row);
      long end = pattern.offset(row + 1);
      for (long p = begin; p < end; p++) {
        float size = Math.abs(SparseMatrix.element(momentum, p));
        ofRow[row] += size;
        ofColumn[pattern.column(p)] += size;
        counts[pattern.column(p)]++;
      }
      ofRow[row] /= Math.max(1, end - begin);
    }
    for (int column = 0; column < ofColumn.length; column++) {
      ofColumn[column] /= Math.max(1, counts[column]);
    }
    float[] scores = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      int row = (int) (places[i] / pattern.columns());
      int column = (int) (places[i] % pattern.columns());
      scores[i] = ofRow[row] * ofColumn[column];
    }
    return scores;
  }

  private static long[] untried(
      SparseConnections connections, long[] places, int wanted, int bits, StreamRandom random) {
    boolean isNew = connections.tried().length == 0;
    if (isNew) {
      connections.setTried(TriedPlaces.words(bits));
    }
    TriedPlaces tried = new TriedPlaces(connections.tried());
    if (isNew) {
      tried.addAll(connections.matrix().pattern());
    }
    long[] sorted = new long[places.length];
    int first = 0;
    int last = places.length;
    for (int i = 0; i < places.length; i++) {
      if (tried.contains(places[i])) {
        sorted[--last] = places[i];
      } else {
        sorted[first++] = places[i];
      }
    }
    // all untried ones if they are too few, and some of the others; else some untried ones
    int from = first >= wanted ? 0 : first;
    int many = first >= wanted ? wanted : wanted - first;
    long range = first >= wanted ? first : sorted.length - first;
    long[] chosen = new long[wanted];
    int size = 0;
    for (int i = 0; i < from; i++) {
      chosen[size++] = sorted[i];
    }
    for (long index : RandomSubset.sorted(range, many, random)) {
      chosen[size++] = sorted[from + (int) index];
    }
    Arrays.sort(chosen);
    for (long place : chosen) {
      tried.add(place);
    }
    return chosen;
  }
}
