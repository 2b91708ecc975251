package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.fovea.FoveaException;
import org.fovea.data.make.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks whose neurons are on pages only, on disk.
class PagedStoreTest {

  private static final String TEXT = "from New York to York, says Zoë of Acme";

  @TempDir private Path folder;
  private Path directory;

  @BeforeEach
  void build() throws IOException {
    directory = folder.resolve("network");
    build(directory, "New York\tcity", "York\tcity\t0.5", "Acme\tcompany", "Zoë");
  }

  private void build(Path network, String... lines) throws IOException {
    Path table = Files.write(folder.resolve("table.tsv"), List.of(lines));
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(
            network, Tokenization.defaults(), new PatternFiles(10, false), 1 << 20)) {
      builder.read(table, _ -> {});
      builder.store(Progress.NONE);
    }
  }

  private static List<String> matches(PatternNetwork network) {
    Annotator annotator = new Annotator(network);
    annotator.read(TEXT);
    ByteRows rows = new ByteRows();
    for (int match = 0; match < annotator.count(); match++) {
      RowFormat.columns().write(0, annotator, match, rows);
    }
    return rows.toString().lines().toList();
  }

  private List<String> matches() {
    try (PatternNetwork network = PatternStore.openAsBuilt(directory, 0).network()) {
      return matches(network);
    }
  }

  @Test
  void isFoundOnItsPages() {
    assertThat(matches())
        .containsExactly(
            "0\t5\t13\tNew York\tcity\t1",
            "0\t9\t13\tYork\tcity\t0.5",
            "0\t17\t21\tYork\tcity\t0.5",
            "0\t28\t31\tZoë\t\t1",
            "0\t35\t39\tAcme\tcompany\t1");
    try (PatternNetwork network = PatternStore.openSuspended(directory, 1 << 20, 3).network()) {
      assertThat(matches(network)).isEqualTo(matches());
    }
  }

  @Test
  void isNeitherEditedNorInMemory() {
    String message =
        directory
            + ": its neurons are on pages only; build it again without --on-pages to edit it or to"
            + " have it in the heap";
    assertThatThrownBy(() -> PatternStore.open(directory))
        .isInstanceOf(PatternStoreException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> PatternStore.edit(directory, new ArrayList<>()))
        .isInstanceOf(PatternStoreException.class)
        .hasMessage(message);
    assertThat(matches()).hasSize(5);
  }

  @Test
  void isExplained() {
    try (PatternNetwork network = PatternStore.openAsBuilt(directory, 0).network()) {
      Explanation fires = Explanation.of(network, "new york", TEXT);
      assertThat(fires.active()).isTrue();
      assertThat(fires.lines().getFirst()).isEqualTo("New York fires at 5..13 \"New York\"");
      Explanation category = Explanation.of(network, "city", "to York");
      assertThat(category.lines()).anyMatch(line -> line.contains("York weight 0.5"));
      assertThatThrownBy(() -> Explanation.of(network, "none", "x"))
          .isInstanceOf(PatternEditException.class);
    }
  }

  @Test
  void takesThePlaceOfOthersAndGivesItToThem() throws IOException {
    Path memory = folder.resolve("memory");
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "firm", 2);
    PatternNetwork other = builder.build();
    PatternStore.create(memory, other);
    try (PatternStore store = PatternStore.edit(memory, new ArrayList<>())) {
      store.apply(List.of(new PatternEdit.Add("Zoë", "", 1)));
      store.suspend();
    }
    build(memory, "Acme\tcompany");
    assertThat(memory.toFile().list())
        .contains("neurons-2.pages")
        .noneMatch(name -> name.startsWith("edits-") || name.equals("neurons-1.pages"));
    assertThatThrownBy(() -> PatternStore.open(memory)).hasMessageContaining("on pages only");
    PatternStore.create(directory, other);
    assertThat(matches()).containsExactly("0\t35\t39\tAcme\tfirm\t2");
    assertThat(directory.toFile().list()).noneMatch(name -> name.endsWith(".pages"));
  }

  @Test
  void neverTakesPagesOfAnotherNetwork() throws IOException {
    Path other = folder.resolve("other");
    build(other, "Acme\tfirm");
    Path pages = directory.resolve("neurons-0.pages");
    Path orphan = other.resolve("neurons-1.pages");
    Files.copy(pages, orphan);
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "firm", 2);
    PatternStore.create(other, builder.build());
    assertThat(orphan).doesNotExist();
    build(other, "Acme\tfirm");
    Files.copy(other.resolve("neurons-2.pages"), pages, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::matches)
        .isInstanceOf(PatternStoreException.class)
        .hasMessage(pages + ": it has the neurons of another network: build the network again");
    Files.delete(pages);
    assertThatThrownBy(this::matches)
        .isInstanceOf(PatternStoreException.class)
        .hasMessage(
            pages + ": it is missing, and nothing else has the neurons: build the network again");
  }

  /// Every third byte of the pages, and of the names: damage is told, and what is found is right.
  @Test
  void tellsWhatIsDamaged() throws IOException {
    List<String> whole = matches();
    int incomplete = 0;
    int refused = 0;
    int bytesTried = 0;
    for (String name : List.of("neurons-0.pages", "patterns.safetensors", "model.json")) {
      Path file = directory.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at < bytes.length; at += 3) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << (at % 8));
        Files.write(file, damaged);
        bytesTried++;
        try (PatternNetwork network = PatternStore.openAsBuilt(directory, 0).network()) {
          assertThat(name).isEqualTo("neurons-0.pages");
          Annotator annotator = new Annotator(network);
          annotator.read(TEXT);
          assertThat(whole).containsAll(matches(network));
          incomplete += annotator.isIncomplete() ? 1 : 0;
        } catch (FoveaException e) {
          assertThat(e).hasMessageContaining(directory.toString());
          refused++;
        }
      }
      Files.write(file, bytes);
    }
    assertThat(incomplete).isPositive();
    assertThat(refused).isPositive();
    assertThat(incomplete + refused).isGreaterThan(bytesTried * 9 / 10);
    assertThat(matches()).isEqualTo(whole);
  }

  @Test
  void tellsThatTheFileOfNamesBecameShorterWhileItWasOpen() throws IOException {
    String[] lines = new String[60_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "York\tcategory %d".formatted(i);
    }
    build(directory, lines);
    try (PatternNetwork network = PatternStore.openAsBuilt(directory, 0).network()) {
      assertThat(matches(network)).hasSize(2 * lines.length);
      try (FileChannel channel =
          FileChannel.open(directory.resolve("patterns-2.safetensors"), StandardOpenOption.WRITE)) {
        channel.truncate(4_096);
      }
      assertThatThrownBy(() -> matches(network))
          .isInstanceOf(FoveaException.class)
          .hasMessageContaining("became shorter");
    }
  }
}
