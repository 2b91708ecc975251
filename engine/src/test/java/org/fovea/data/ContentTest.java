package org.fovea.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {

  @Test
  void refusesWhatIsNoFile(@TempDir Path directory) {
    refuses(directory, "a directory");
    refuses(directory.resolve("missing"), "nothing of this name");
    refuses(directory.resolve("missing/deeper"), "nothing of this name");
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "there is no " + endless + " here");
    refuses(endless, "a device");
  }

  @Test
  void refusesWhatMayNotBeRead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "1 1 1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user may read everything");
    refuses(file, "a file without permission to read it");
  }

  private static void refuses(Path path, String what) {
    assertThatThrownBy(() -> DataFiles.open(path, DataOptions.strict()))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage(path + ":offset 0: a file that can be read was expected, " + what + " came");
  }

  /// A disk that fails is not the data's fault.
  @Test
  void passesFailuresOfTheDiskOn() {
    Content failing =
        new Content() {
          @Override
          public String name() {
            return "disk";
          }

          @Override
          public InputStream open() {
            byte[] text = ("1 2 3\n1 1:1 " + " ".repeat(20_000)).getBytes(US_ASCII);
            return new SequenceInputStream(new ByteArrayInputStream(text), new CutWires());
          }

          @Override
          public long length() {
            return 0;
          }
        };
    assertThatThrownBy(() -> TestContent.readAll(XcSource.open(failing, DataOptions.strict())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("disk: reading failed: wires cut");
  }

  private static final class CutWires extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("wires cut");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return read();
    }
  }
}
