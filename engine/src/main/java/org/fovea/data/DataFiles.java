package org.fovea.data;

import java.nio.file.Path;

/// Opens a data file of whatever format it is.
///
/// The first bytes, unpacked, decide: those of IDX for images, everything else is text of the
/// extreme-classification repository or libsvm. The file's name means nothing.
public final class DataFiles {

  private DataFiles() {}

  /// Finds out the format and reads as much as is needed to know the counts.
  ///
  /// @throws org.fovea.MalformedDataException if the file cannot be read or is malformed
  public static ExampleSource open(Path file, DataOptions options) {
    return isIdx(file, options) ? IdxSource.open(file, options) : XcSource.open(file, options);
  }

  private static boolean isIdx(Path file, DataOptions options) {
    try (ByteInput input = ByteInput.open(new Content.OfFile(file), options)) {
      input.require(4);
      return input.limit >= 4 && input.bytes[0] == 0 && input.bytes[1] == 0;
    }
  }
}
