package org.fovea.cli;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.fovea.data.Unpacker;

/// Unpacks xz; the service loader makes it.
public final class XzUnpacker implements Unpacker {

  /// Kibibytes that a file may ask for: more than the strongest preset does.
  private static final int MOST_MEMORY = 100 * 1024;

  @Override
  public String format() {
    return "xz";
  }

  @Override
  public byte[] beginning() {
    return new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  }

  @Override
  public InputStream unpack(InputStream packed) throws IOException {
    return XZCompressorInputStream.builder()
        .setInputStream(packed)
        .setDecompressConcatenated(true)
        .setMemoryLimitKiB(MOST_MEMORY)
        .get();
  }
}
