package org.fovea.model.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.fovea.MalformedDataException;

/// A file of a model that is open for reading: what was verified is what is read, even if a writer
/// gives its name to another file meanwhile.
///
/// @param entry what `model.json` says about it
/// @param path what messages call it
/// @param channel open until the model is closed
record StoredFile(FileEntry entry, String path, FileChannel channel) {

  private static final int READ_BYTES = 1 << 17;

  /// Reads the whole file and holds it to its checksums.
  ///
  /// @throws MalformedDataException with the offset of the first damaged block
  void verify() throws IOException {
    long length = channel.size();
    if (length != entry.length()) {
      throw new MalformedDataException(
          path,
          Math.min(length, entry.length()),
          "the file has %s bytes, model.json says %s".formatted(length, entry.length()));
    }
    FileDigest digest = new FileDigest();
    byte[] piece = new byte[READ_BYTES];
    for (long position = 0; position < length; ) {
      int wanted = (int) Math.min(READ_BYTES, length - position);
      int count = channel.read(ByteBuffer.wrap(piece, 0, wanted), position);
      if (count < 0) {
        throw new MalformedDataException(path, position, "the file ends early");
      }
      digest.update(piece, 0, count);
      position += count;
    }
    compare(digest.entry(entry.name(), entry.file()));
  }

  private void compare(FileEntry actual) {
    for (int block = 0; block < entry.blocks().length; block++) {
      if (entry.blocks()[block] != actual.blocks()[block]) {
        long begin = (long) block * FileEntry.BLOCK_BYTES;
        throw new MalformedDataException(
            path,
            begin,
            "damaged: the CRC32C of bytes %s to %s is %08x, model.json says %08x"
                .formatted(
                    begin,
                    Math.min(begin + FileEntry.BLOCK_BYTES, entry.length()) - 1,
                    actual.blocks()[block],
                    entry.blocks()[block]));
      }
    }
    if (!entry.sha256().equals(actual.sha256())) {
      throw new MalformedDataException(
          path,
          0,
          "damaged: the SHA-256 of the file is %s, model.json says %s"
              .formatted(actual.sha256(), entry.sha256()));
    }
  }

  /// The contents from the beginning. Closing the stream leaves the file open.
  InputStream stream() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        int got = channel.read(ByteBuffer.wrap(target, offset, count), position);
        position += Math.max(0, got);
        return got;
      }
    };
  }
}
