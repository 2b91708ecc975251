package org.fovea.network;

import java.util.Arrays;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparseScratch;
import org.fovea.kernel.UnitBlock;

/// The three products of a sparse layer with a batch, and the update of its connections.
///
/// Neurons, inputs and pages of connections are the independent items of the phases, so the bits
/// depend on no number of threads.
final class SparseWork {

  private static final Kernels KERNELS = Kernels.best();

  /// Neurons of one thread where inputs are too many for a second-level cache: enough rows to pass
  /// over a part of them together.
  private static final int WIDE_GRAIN = 1024;

  /// Floats of a batch above which a layer is wide: 1 MiB.
  private static final long WIDE = 1 << 18;

  /// Pages whose gradients a thread holds at a time.
  private static final int PAGE_GRAIN = 16;

  /// The same for wide inputs, at most: 1 MiB.
  private static final int WIDE_PAGE_GRAIN = 1024;

  private final SparseConnections connections;
  private final UnitSignals in;
  private final Team team;
  private final Step step;
  private final WorkCount work;
  private final SparseScratch[] scratch;
  private final float[][] gradients;
  private final Team.Phase toInputs = this::toInputs;
  private final Team.Phase toWeights = this::toWeights;
  private UnitBlock deltas = new UnitBlock();
  private int pageGrain;

  SparseWork(SparseConnections connections, UnitSignals in, PassContext context) {
    this.connections = connections;
    this.in = in;
    this.team = context.team();
    this.step = context.step();
    this.work = context.work();
    this.scratch = new SparseScratch[team.size()];
    Arrays.setAll(scratch, _ -> new SparseScratch());
    this.gradients = new float[team.size()][0];
  }

  /// Neurons whose net inputs a thread had better compute at a time.
  ///
  /// @param few as many as would do if inputs were not too many
  int grain(int few) {
    return !in.isSparse() && isWide(in.width()) ? WIDE_GRAIN : few;
  }

  private boolean isWide(int units) {
    int stride = UnitBlock.stride(in.batch());
    return stride > UnitBlock.NARROW && (long) units * stride > WIDE;
  }

  /// Adds the products of the neurons `[from, to)` with the inputs to their net inputs.
  void addNetInputs(UnitBlock net, int from, int to, int thread) {
    if (in.isSparse()) {
      KERNELS.multiplySparse(connections.matrix(), in.entries(), net, from, to);
    } else {
      KERNELS.multiplySparse(connections.matrix(), in.values(), net, from, to, scratch[thread]);
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
    double examples = in.isSparse() ? (double) in.entryCount() / in.width() : in.batch();
    long dense = (long) (matrix.pattern().places() * examples);
    work.add((long) (matrix.count() * examples), dense);
    work.addAbsent(matrix.pattern().places() * in.batch() - dense);
  }

  /// Leaves the gradients of the inputs there.
  void inputGradients(UnitBlock toNet) {
    deltas = toNet;
    in.gradients().resize(in.width(), in.batch());
    // each range of inputs goes over all rows: as few ranges as threads
    team.run(in.width(), Math.ceilDiv(in.width(), team.size()), toInputs);
    count();
  }

  private void toInputs(int from, int to, int thread) {
    KERNELS.multiplySparseTransposed(
        connections.matrix(), deltas, in.gradients(), from, to, scratch[thread]);
  }

  /// Steps the weights of all connections.
  void update(UnitBlock toNet) {
    deltas = toNet;
    int pages = connections.matrix().weights().rows();
    pageGrain = pageGrain();
    for (int thread = 0; thread < team.size(); thread++) {
      int held = Math.min(pages, pageGrain) * SparseMatrix.PAGE;
      if (gradients[thread].length < held) {
        gradients[thread] = new float[held];
      }
    }
    team.run(pages, pageGrain, toWeights);
    count();
  }

  /// Pages in which each of many inputs has several connections on average.
  private int pageGrain() {
    if (in.isSparse() || !isWide(in.width())) {
      return PAGE_GRAIN;
    }
    return Math.clamp(16L * in.width() / SparseMatrix.PAGE, PAGE_GRAIN, WIDE_PAGE_GRAIN);
  }

  private void toWeights(int from, int to, int thread) {
    for (int page = from; page < to; page += pageGrain) {
      step(page, Math.min(to, page + pageGrain), thread);
    }
  }

  private void step(int from, int to, int thread) {
    float[] gradient = gradients[thread];
    SparseMatrix matrix = connections.matrix();
    long first = (long) from * SparseMatrix.PAGE;
    long last = Math.min(matrix.count(), (long) to * SparseMatrix.PAGE);
    if (in.isSparse()) {
      KERNELS.sparseGradients(matrix.pattern(), deltas, in.entries(), first, last, gradient);
    } else {
      KERNELS.sparseGradients(
          matrix.pattern(), deltas, in.values(), first, last, gradient, scratch[thread]);
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
