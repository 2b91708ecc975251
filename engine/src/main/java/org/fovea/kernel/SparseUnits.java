package org.fovea.kernel;

/// A batch of sparse inputs by unit: for each unit the examples that have it, and their values.
///
/// **Shapes** unit `u` has the entries `[begins[u], ends[u])` of `examples` and `values`; none if
/// both are equal.
///
/// @param begins `[units]`; owned by the caller, as are the others
public record SparseUnits(int[] begins, int[] ends, int[] examples, float[] values) {}
