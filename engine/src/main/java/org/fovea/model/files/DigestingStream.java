package org.fovea.model.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Writes to a file and takes its checksums on the way.
final class DigestingStream extends OutputStream {

  private final Storage.Output output;
  private final FileDigest digest = new FileDigest();

  DigestingStream(Storage.Output output) {
    this.output = output;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > 0) {
      digest.update(bytes, offset, count);
      output.write(ByteBuffer.wrap(bytes, offset, count));
    }
  }

  /// What was written, as the list of files has it.
  FileEntry entry(String name, String file) {
    return digest.entry(name, file);
  }
}
