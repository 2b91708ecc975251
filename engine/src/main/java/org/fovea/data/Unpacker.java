package org.fovea.data;

import java.io.IOException;
import java.io.InputStream;

/// Unpacks a format of packed files that the engine does not know itself: what another jar brings,
/// found through [java.util.ServiceLoader].
///
/// **Threads** safe.
public interface Unpacker {

  /// What people call the format, such as `xz`.
  String format();

  /// The bytes with which every file of the format begins, at most [#MOST_BYTES], two at least.
  byte[] beginning();

  /// As many bytes of a file are looked at.
  int MOST_BYTES = 8;

  /// Unpacks a file to its end, all its parts.
  ///
  /// @param packed the packed bytes, from their beginning; closed with the result
  /// @throws IOException if they are damaged, or cannot be read
  InputStream unpack(InputStream packed) throws IOException;
}
