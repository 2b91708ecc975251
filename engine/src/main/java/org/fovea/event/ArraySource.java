package org.fovea.event;

/// Where the arrays of a stored network come from. Whoever asks owns them.
public interface ArraySource {

  /// An array of ints.
  int[] ints(String name);

  /// An array of finite floats.
  float[] floats(String name);

  /// An array of bytes.
  byte[] bytes(String name);

  /// A failure that says where the arrays come from.
  ///
  /// @param name of the array that is wrong
  /// @param reason what was expected, what came
  RuntimeException malformed(String name, String reason);
}
