package org.fovea.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.fovea.data.Unpacker;

/// Unpacks bzip2; the service loader makes it.
public final class Bzip2Unpacker implements Unpacker {

  @Override
  public String format() {
    return "bzip2";
  }

  @Override
  public byte[] beginning() {
    return new byte[] {'B', 'Z', 'h'};
  }

  @Override
  public InputStream unpack(InputStream packed) throws IOException {
    return new BZip2CompressorInputStream(new BufferedInputStream(packed), true);
  }
}
