package org.fovea.bench.peer;

import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_INDEX_BASE_ZERO;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_LAYOUT_ROW_MAJOR;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_MATRIX_TYPE_GENERAL;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_OPERATION_NON_TRANSPOSE;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_OPERATION_TRANSPOSE;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_optimize;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_create_csr;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_mm;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_set_mm_hint;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.mkl.global.mkl_rt.matrix_descr;
import org.bytedeco.mkl.global.mkl_rt.sparse_matrix;
import org.fovea.bench.run.Work;
import org.fovea.bench.suite.LayerData;
import org.fovea.bench.suite.LayerSuite;

/// The process that measures MKL's sparse products on the layers of the layer suite, one thread.
///
/// MKL has no product that gives the gradients of existing weights only. For the gradient to the
/// inputs it is given its better form: the product with the transpose, or the product with a
/// transposed copy.
public final class MklLayer {

  /// Products that MKL is told to expect.
  private static final int EXPECTED = 1000;

  private final int width;
  private final int batch;
  private final FloatPointer in;
  private final FloatPointer out;
  private final matrix_descr general = new matrix_descr();

  private MklLayer(int width, int batch) {
    this.width = width;
    this.batch = batch;
    this.in = new FloatPointer((long) width * batch);
    this.out = new FloatPointer((long) width * batch);
    for (long i = 0; i < (long) width * batch; i++) {
      in.put(i, LayerData.weight(i));
    }
    general.type(SPARSE_MATRIX_TYPE_GENERAL);
  }

  /// Measures what the order in a file says.
  public static void main(String[] arguments) throws Exception {
    MKL_Set_Num_Threads(1);
    Work work = Work.of(arguments);
    work.run(() -> measure(work));
  }

  private static void measure(Work work) {
    int width = work.cell().integer("width");
    int[][] columns = LayerData.columns(width, work.cell().number("percent") / 100, 1);
    int[][] rows = transposed(columns, width);
    MklLayer layer = new MklLayer(width, work.cell().integer("batch"));
    long connections = 0;
    for (int[] row : columns) {
      connections += row.length;
    }
    work.row().put("connections", connections);
    sparse_matrix matrix = layer.create(columns, SPARSE_OPERATION_NON_TRANSPOSE);
    LayerSuite.put(
        work, "forward", connections, () -> layer.multiply(matrix, SPARSE_OPERATION_NON_TRANSPOSE));
    sparse_matrix turned = layer.create(columns, SPARSE_OPERATION_TRANSPOSE);
    LayerSuite.put(
        work,
        "to inputs by the transpose",
        connections,
        () -> layer.multiply(turned, SPARSE_OPERATION_TRANSPOSE));
    sparse_matrix copy = layer.create(rows, SPARSE_OPERATION_NON_TRANSPOSE);
    LayerSuite.put(
        work,
        "to inputs by a copy",
        connections,
        () -> layer.multiply(copy, SPARSE_OPERATION_NON_TRANSPOSE));
    work.row()
        .put(
            "to inputs, ms",
            Math.min(
                work.row().number("to inputs by the transpose, ms"),
                work.row().number("to inputs by a copy, ms")));
  }

  private static int[][] transposed(int[][] columns, int width) {
    int[] counts = new int[width];
    for (int[] row : columns) {
      for (int column : row) {
        counts[column]++;
      }
    }
    int[][] rows = new int[width][];
    for (int column = 0; column < width; column++) {
      rows[column] = new int[counts[column]];
      counts[column] = 0;
    }
    for (int row = 0; row < width; row++) {
      for (int column : columns[row]) {
        rows[column][counts[column]++] = row;
      }
    }
    return rows;
  }

  /// A matrix as compressed rows, ready for products of one kind. Its arrays live as long as the
  /// process.
  private sparse_matrix create(int[][] columns, int operation) {
    int[] offsets = new int[width + 1];
    for (int row = 0; row < width; row++) {
      offsets[row + 1] = offsets[row] + columns[row].length;
    }
    IntPointer begins = new IntPointer(offsets);
    IntPointer indices = new IntPointer((long) offsets[width]);
    FloatPointer weights = new FloatPointer((long) offsets[width]);
    long next = 0;
    for (int[] row : columns) {
      for (int column : row) {
        weights.put(next, LayerData.weight(next));
        indices.put(next++, column);
      }
    }
    sparse_matrix matrix = new sparse_matrix();
    require(
        mkl_sparse_s_create_csr(
            matrix,
            SPARSE_INDEX_BASE_ZERO,
            width,
            width,
            begins,
            begins.getPointer(IntPointer.class, 1),
            indices,
            weights));
    require(
        mkl_sparse_set_mm_hint(
            matrix, operation, general, SPARSE_LAYOUT_ROW_MAJOR, batch, EXPECTED));
    require(mkl_sparse_optimize(matrix));
    return matrix;
  }

  private void multiply(sparse_matrix matrix, int operation) {
    require(
        mkl_sparse_s_mm(
            operation,
            1f,
            matrix,
            general,
            SPARSE_LAYOUT_ROW_MAJOR,
            in,
            batch,
            batch,
            0f,
            out,
            batch));
  }

  private static void require(int status) {
    if (status != 0) {
      throw new IllegalStateException("MKL refused with status " + status);
    }
  }
}
