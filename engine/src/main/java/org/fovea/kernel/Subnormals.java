package org.fovea.kernel;

/// The rule by which kernels turn tiny results into zero.
///
/// A product with a subnormal factor or result may take many times as long as another, and Java
/// cannot switch the processor to flush them. So whatever decays by itself is flushed where it is
/// written: probabilities of the softmax and the logistic function, and weights and moments in row
/// updates. The threshold leaves room for one more factor: a kept value times anything above 1e-8
/// is still a normal number.
final class Subnormals {

  /// Values nearer to zero than this, about 7.9e-31, become zero.
  static final float THRESHOLD = 0x1p-100f;

  private Subnormals() {}

  /// Zero if `x` is nearer to zero than [#THRESHOLD], else `x`; NaN stays.
  static float flush(float x) {
    return Math.abs(x) < THRESHOLD ? 0f : x;
  }
}
