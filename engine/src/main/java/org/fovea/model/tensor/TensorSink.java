package org.fovea.model.tensor;

/// Where a [TensorData] puts its elements. Only the method of the tensor's type may be called, as
/// often as needed.
///
/// **Errors** `IllegalArgumentException` for a wrong type or too many elements,
/// [NonFiniteTensorException] for a float that is not finite, `UncheckedIOException` when writing
/// fails.
///
/// **Cost** one copy into a block; no allocation.
public interface TensorSink {

  /// Appends `count` finite floats of a [ElementType#FLOAT32] tensor.
  void floats(float[] values, int offset, int count);

  /// Appends `count` integers of a [ElementType#INT32] tensor.
  void ints(int[] values, int offset, int count);

  /// Appends `count` integers of a [ElementType#INT64] tensor.
  void longs(long[] values, int offset, int count);

  /// Appends `count` bytes of a [ElementType#UINT8] tensor.
  void bytes(byte[] values, int offset, int count);
}
