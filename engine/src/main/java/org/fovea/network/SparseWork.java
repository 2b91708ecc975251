package org.fovea.network;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.UnitBlock;

/// The three products of a sparse layer with a batch, and the update of its connections.
///
/// Neurons, inputs and pages of connections are the independent items of the phases, so the bits
/// depend on no number of threads.
final class SparseWork {

  private static final Kernels KERNELS = Kernels.best();

  /// Inputs whose gradients a thread computes at a time.
  private static final int INPUT_GRAIN = 64;

  /// Pages whose gradients a thread holds at a time.
  private static final int PAGE_GRAIN = 16;

  /// Weights that a thread gathers at a time.
  private static final int GATHERED = 1024;

  private final SparseConnections connections;
  private final UnitSignals in;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final float[][] gathered;
  private final float[][] gradients;
  private final Team.Phase toInputs = this::toInputs;
  private final Team.Phase toWeights = this::toWeights;
  private UnitBlock deltas = new UnitBlock();

  SparseWork(SparseConnections connections, UnitSignals in, PassContext context) {
    this.connections = connections;
    this.in = in;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    boolean transposed = connections.matrix().isTransposed();
    this.gathered = new float[team.size()][transposed ? GATHERED : 0];
    this.gradients = new float[team.size()][PAGE_GRAIN * SparseMatrix.PAGE];
  }

  /// Adds the products of the neurons `[from, to)` with the inputs to their net inputs.
  void addNetInputs(UnitBlock net, int from, int to) {
    if (in.isSparse()) {
      KERNELS.multiplySparse(connections.matrix(), in.entries(), net, from, to);
    } else {
      KERNELS.multiplySparse(connections.matrix(), in.values(), net, from, to);
    }
  }

  /// Makes sure that phases find the inputs in the form that they read.
  void prepare() {
    if (!in.isSparse()) {
      in.values();
    }
  }

  /// Counts one product.
  void count() {
    SparseMatrix matrix = connections.matrix();
    work.add(matrix.count() * in.batch(), matrix.pattern().places() * in.batch());
  }

  /// Leaves the gradients of the inputs there.
  void inputGradients(UnitBlock toNet) {
    deltas = toNet;
    in.gradients().resize(in.width(), in.batch());
    // narrow batches go over all rows for each range of inputs: as few ranges as threads
    boolean isNarrow = in.batch() <= UnitBlock.NARROW;
    int grain = isNarrow ? Math.ceilDiv(in.width(), team.size()) : 0;
    team.run(in.width(), Math.max(INPUT_GRAIN, grain), toInputs);
    count();
  }

  private void toInputs(int from, int to, int thread) {
    KERNELS.multiplySparseTransposed(
        connections.matrix(), deltas, in.gradients(), from, to, gathered[thread]);
  }

  /// Steps the weights of all connections.
  void update(UnitBlock toNet) {
    deltas = toNet;
    team.run(connections.matrix().weights().rows(), PAGE_GRAIN, toWeights);
    count();
  }

  private void toWeights(int from, int to, int thread) {
    for (int page = from; page < to; page += PAGE_GRAIN) {
      step(page, Math.min(to, page + PAGE_GRAIN), gradients[thread]);
    }
  }

  private void step(int from, int to, float[] gradient) {
    SparseMatrix matrix = connections.matrix();
    long first = (long) from * SparseMatrix.PAGE;
    long last = Math.min(matrix.count(), (long) to * SparseMatrix.PAGE);
    if (in.isSparse()) {
      KERNELS.sparseGradients(matrix.pattern(), deltas, in.entries(), first, last, gradient);
    } else {
      KERNELS.sparseGradients(matrix.pattern(), deltas, in.values(), first, last, gradient);
    }
    for (int i = (int) (last - first); i < (to - from) * SparseMatrix.PAGE; i++) {
      gradient[i] = 0f;
    }
    Updater updater = connections.weights().updater();
    for (int page = from; page < to; page++) {
      updater.update(page, gradient, (page - from) * SparseMatrix.PAGE, step.rate());
    }
  }

  /// Sums of the gradients of each neuron over the batch: those of its bias.
  static void biasGradients(UnitBlock deltas, int from, int to, RowMatrix sums) {
    float[] data = deltas.data();
    int stride = deltas.stride();
    for (int unit = from; unit < to; unit++) {
      float even = 0f;
      float odd = 0f;
      int at = deltas.offset(unit);
      for (int e = 0; e < stride - 1; e += 2) {
        even += data[at + e];
        odd += data[at + e + 1];
      }
      if (stride == 1) {
        even = data[at];
      }
      sums.set(0, unit, even + odd);
    }
  }
}
