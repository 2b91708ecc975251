package org.fovea.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.network.Network;
import org.fovea.network.SparseLayer;
import org.fovea.network.StructureChange;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Pruning;

/// Removes neurons between epochs.
///
/// Layers are pruned from the input upward, so that what only removed neurons reached goes with
/// them, and then once more downward for those that reach nothing any more. At least one neuron of
/// a layer stays.
///
/// **Source** Curci, Mocanu and Pechenizkiy 2021, section 3.3.
///
/// **Threads** confined. **Cost** time of the connections of the layers that are due.
public final class Pruner {

  private final List<Pruning> prunings;

  private Pruner(List<Pruning> prunings) {
    this.prunings = prunings;
  }

  /// The pruner of a network, or none if all neurons stay.
  public static Optional<Pruner> create(NetworkSpec spec) {
    List<Pruning> prunings = new ArrayList<>();
    boolean prunes = false;
    for (LayerSpec layer : spec.hidden()) {
      if (layer instanceof LayerSpec.Sparse sparse) {
        prunings.add(sparse.pruning());
        prunes |= !(sparse.pruning() instanceof Pruning.None);
      }
    }
    return prunes ? Optional.of(new Pruner(List.copyOf(prunings))) : Optional.empty();
  }

  /// Removes the neurons whose time has come.
  ///
  /// @param epochs epochs done
  /// @return whether any went: then passes over the network are to be made anew
  public boolean prune(Network network, int epochs) {
    boolean changed = false;
    for (int i = 0; i < prunings.size(); i++) {
      if (isDue(prunings.get(i), epochs)) {
        changed |= remove(network, i, least(network.sparse().get(i), prunings.get(i)));
      }
    }
    for (int i = prunings.size() - 1; i >= 0; i--) {
      if (isDue(prunings.get(i), epochs)) {
        changed |= remove(network, i, silent(network, i));
      }
    }
    return changed;
  }

  private static boolean isDue(Pruning pruning, int epochs) {
    return switch (pruning) {
      case Pruning.None _ -> false;
      case Pruning.Dead(int every) -> epochs % every == 0;
      case Pruning.Importance(int start, int every, double _) ->
          epochs >= start && (epochs - start) % every == 0;
    };
  }

  private static boolean remove(Network network, int layer, boolean[] goes) {
    int count = 0;
    int[] rows = new int[goes.length];
    for (int neuron = 0; neuron < goes.length; neuron++) {
      if (goes[neuron]) {
        rows[count++] = neuron;
      }
    }
    // one stays
    count = Math.min(count, goes.length - 1);
    if (count > 0) {
      network.apply(new StructureChange.RowsRemoved(layer, Arrays.copyOf(rows, count)));
    }
    return count > 0;
  }

  /// The neurons with nothing to say: those without inputs, or those of least importance.
  private static boolean[] least(SparseLayer layer, Pruning pruning) {
    double[] importance = importance(layer.connections().matrix());
    double limit =
        pruning instanceof Pruning.Importance(int _, int _, double share)
            ? percentile(importance, share)
            : -1;
    boolean[] goes = new boolean[importance.length];
    SparsePattern pattern = layer.connections().matrix().pattern();
    for (int neuron = 0; neuron < goes.length; neuron++) {
      boolean hasInputs = pattern.offset(neuron + 1) > pattern.offset(neuron);
      goes[neuron] = !hasInputs || importance[neuron] <= limit;
    }
    return goes;
  }

  /// Sums of the magnitudes of incoming weights.
  private static double[] importance(SparseMatrix matrix) {
    SparsePattern pattern = matrix.pattern();
    double[] sums = new double[pattern.rows()];
    for (int row = 0; row < sums.length; row++) {
      for (long p = pattern.offset(row); p < pattern.offset(row + 1); p++) {
        sums[row] += Math.abs(matrix.weight(p));
      }
    }
    return sums;
  }

  /// The largest number at or below a percentile, or -1 if all are equal.
  private static double percentile(double[] numbers, double share) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double limit = sorted[(int) (share * (sorted.length - 1))];
    return limit < sorted[sorted.length - 1] ? limit : -1;
  }

  /// The neurons that nothing above is connected with.
  private static boolean[] silent(Network network, int layer) {
    boolean[] goes = new boolean[network.sparse().get(layer).spec().neurons()];
    Optional<SparseMatrix> above = above(network, layer);
    if (above.isPresent()) {
      int[] counts = above.get().outgoingCounts();
      for (int neuron = 0; neuron < goes.length; neuron++) {
        goes[neuron] = counts[neuron] == 0;
      }
    }
    return goes;
  }

  /// The connections that read a layer, unless rows do.
  private static Optional<SparseMatrix> above(Network network, int layer) {
    List<LayerSpec> hidden = network.spec().hidden();
    int sparse = -1;
    for (int i = 0; i < hidden.size(); i++) {
      sparse += hidden.get(i) instanceof LayerSpec.Sparse ? 1 : 0;
      if (sparse == layer) {
        boolean last = i + 1 == hidden.size();
        boolean connected =
            last
                ? network.sparseOutput().isPresent()
                : hidden.get(i + 1) instanceof LayerSpec.Sparse;
        return connected
            ? Optional.of(network.connections().get(layer + 1).matrix())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
