/// Arithmetic on arrays of floats: what every layer, hash family and optimizer is made of.
///
/// [Kernels] says what each operation computes; [ScalarKernels] is the readable definition and
/// [VectorKernels] computes the same with SIMD. [RowMatrix] is the one memory shape of parameters,
/// [Block] the one memory shape of activations and gradients. Layers whose connections are few run
/// on a [SparseMatrix] and, with the batch innermost, on [UnitBlock]s.
///
/// **Threads** kernels have no state; the arrays they are given are confined to the caller or racy
/// on purpose (see [RowMatrix]).
///
/// Start reading at [Kernels].
@NullMarked
package org.fovea.kernel;

import org.jspecify.annotations.NullMarked;
