package org.fovea.event;

/// Where the arrays of a network go when it is stored. The arrays are not to be changed.
public interface ArraySink {

  /// Takes an array of ints.
  void ints(String name, int[] values);

  /// Takes an array of finite floats.
  void floats(String name, float[] values);

  /// Takes an array of bytes.
  void bytes(String name, byte[] values);
}
