package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnnamedFileTest {

  /// No process has it.
  private static final long GONE = 999_999_999_999L;

  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void hasNoNameAndKeepsWhatIsWritten() throws IOException {
    try (FileChannel one = UnnamedFile.open(folder);
        FileChannel two = UnnamedFile.open(folder)) {
      // there, a file that is open cannot be deleted
      assertThat(names()).hasSize(OS.WINDOWS.isCurrentOs() ? 2 : 0);
      one.write(ByteBuffer.wrap(new byte[] {1}), 0);
      two.write(ByteBuffer.wrap(new byte[] {2}), 0);
      ByteBuffer read = ByteBuffer.allocate(2);
      assertThat(one.read(read, 0)).isEqualTo(1);
      assertThat(two.read(read, 0)).isEqualTo(1);
      assertThat(read.array()).containsExactly(1, 2);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void removesWhatProcessesHaveLeftThatAreGone() throws IOException {
    String own = ".fovea-scratch-" + ProcessHandle.current().pid() + "-0";
    String gone = ".fovea-scratch-" + GONE + "-";
    for (String name : List.of(own, gone + 0, gone + 1, ".fovea-scratch-x", "kept")) {
      Files.createFile(folder.resolve(name));
    }
    UnnamedFile.open(folder).close();
    assertThat(names()).containsExactlyInAnyOrder(own, ".fovea-scratch-x", "kept");
  }

  @Test
  void opensWhereSomethingCannotBeRemoved() throws IOException {
    String gone = ".fovea-scratch-" + GONE + "-0";
    Files.createFile(Files.createDirectory(folder.resolve(gone)).resolve("full"));
    UnnamedFile.open(folder).close();
    assertThat(names()).containsExactly(gone);
  }

  @Test
  void needsAFolder() {
    assertThatThrownBy(() -> UnnamedFile.open(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
