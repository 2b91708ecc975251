package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that were stored before texts were read alike find what they found.
class AsWrittenTest {

  private static final String TEXT = "cafe\u0301 Acme's C café Levi's Levi\u2019s Yahoo big apple";

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String name : List.of("as-written", "as-written-on-pages")) {
      Path from = Path.of("src", "test", "resources", "org", "fovea", "text", name);
      Path to = Files.createDirectory(folder.resolve(name));
      try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
        for (Path file : files) {
          Files.copy(file, to.resolve(file.getFileName().toString()));
        }
      }
    }
  }

  private static List<String> found(PatternNetwork network) {
    Annotator annotator = new Annotator(network);
    annotator.read(TEXT);
    List<String> found = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      found.add(
          "%d %s %s"
              .formatted(
                  annotator.begin(match), annotator.pattern(match), annotator.category(match)));
    }
    return found;
  }

  @Test
  void opensThemAndFindsWhatTheyFound() {
    List<String> built = List.of("13 C++ lang", "15 café place", "20 Levi's brand");
    List<String> edited = new ArrayList<>(built);
    edited.add("40 Big Apple city");
    Path directory = folder.resolve("as-written");
    PatternNetwork network = PatternStore.open(directory).network();
    assertThat(network.tokenization()).isEqualTo(Tokenization.defaults().asWritten());
    assertThat(found(network)).isEqualTo(edited);
    try (PatternNetwork pages =
        PatternStore.openAsBuilt(folder.resolve("as-written-on-pages"), 0).network()) {
      assertThat(found(pages)).isEqualTo(built);
    }
  }

  @Test
  void editsThemAndStoresThemAsTheyWere() throws IOException {
    Path directory = folder.resolve("as-written");
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      store.apply(List.of(new PatternEdit.Add("C#", "lang", 1)));
      store.apply(List.of(new PatternEdit.Remove("Levi's", "")));
      store.fold();
    }
    assertThat(Files.readString(directory.resolve("model.json"))).contains("\"version\": 1");
    assertThat(found(PatternStore.open(directory).network()))
        .containsExactly("13 C++ lang", "15 café place", "40 Big Apple city");
  }
}
