package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.FoveaException;
import org.fovea.MalformedDataException;
import org.fovea.model.files.ModelStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternStoreTest {

  private static final String TEXT =
      "Acme buys Big Corp in New York, the city of York, and Zoë sells nothing to Acme";

  @TempDir private Path folder;
  private Path directory;

  @BeforeEach
  void build() {
    directory = folder.resolve("network");
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("New York", "city", 1);
    builder.add("York", "city", 0.5f);
    builder.add("Acme", "company", 1);
    builder.add("Zoë", "", 1);
    builder.addRules("deal : event = before(2: company, \"buys\")", "r");
    PatternStore.create(directory, builder.build());
  }

  private static Set<String> matches(PatternNetwork network) {
    Annotator annotator = new Annotator(network);
    annotator.read(TEXT);
    TreeSet<String> found = new TreeSet<>();
    for (int match = 0; match < annotator.count(); match++) {
      found.add(
          "%d-%d %s %s %s"
              .formatted(
                  annotator.begin(match),
                  annotator.end(match),
                  annotator.pattern(match),
                  annotator.category(match),
                  annotator.value(match)));
    }
    return found;
  }

  private Set<String> matches() {
    return matches(PatternStore.open(directory).network());
  }

  private void edit(PatternEdit... edits) {
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      store.apply(List.of(edits));
    }
  }

  private static PatternEdit add(String pattern, String category) {
    return new PatternEdit.Add(pattern, category, 1);
  }

  private static PatternEdit remove(String pattern) {
    return new PatternEdit.Remove(pattern, "");
  }

  @Test
  void findsWhatTheNetworkThatWasStoredFinds() {
    assertThat(matches())
        .containsExactly(
            "0-4 Acme company 1.0",
            "0-9 deal event 1.0",
            "22-30 New York city 1.0",
            "26-30 York city 0.5",
            "44-48 York city 0.5",
            "54-57 Zoë  1.0",
            "75-79 Acme company 1.0");
  }

  @Test
  void keepsEditsAndFoldsThemIn() {
    Set<String> before = matches();
    edit(add("Big Corp", "company"), add("the city of", "words"), remove("Zoë"));
    edit(
        new PatternEdit.Add("york", "city", 2),
        new PatternEdit.AddRules("sale = before(1: \"zoë\", \"sells\") or event", "x"));
    Set<String> edited = matches();
    assertThat(edited)
        .contains(
            "10-18 Big Corp company 1.0",
            "32-43 the city of words 1.0",
            "44-48 York city 2.0",
            "54-63 sale  1.0",
            "0-9 sale  1.0")
        .doesNotContain("54-57 Zoë  1.0");
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      assertThat(store.editCount()).isEqualTo(5);
      store.fold();
      assertThat(matches(store.network())).isEqualTo(edited);
      assertThat(store.editCount()).isZero();
      store.apply(List.of(add("Zoë", ""), remove("Big Corp"), remove("the city of")));
      store.apply(List.of(remove("sale"), new PatternEdit.Add("York", "city", 0.5f)));
      assertThat(matches(store.network())).isEqualTo(before);
    }
    assertThat(PatternStore.open(directory).edits()).isEqualTo(5);
    assertThat(matches()).isEqualTo(before);
    assertThat(folder.resolve("network").toFile().list())
        .contains("edits-1.log")
        .doesNotContain("edits-0.log");
  }

  @Test
  void refusesEditsThatDoNotFitAndThenChangesNothing() throws IOException {
    Set<String> before = matches();
    assertThatThrownBy(() -> edit(add("good", "c"), remove("absent")))
        .isInstanceOf(PatternEditException.class)
        .hasMessage("there is no pattern 'absent'");
    assertThatThrownBy(() -> edit(new PatternEdit.Remove("York", "company")))
        .hasMessage("there is no pattern 'York' in 'company'");
    assertThatThrownBy(() -> edit(add("?", "c")))
        .hasMessageContaining("a letter or a digit was expected");
    assertThatThrownBy(() -> edit(new PatternEdit.AddRules("deal = \"x\"", "new.rules")))
        .hasMessage("new.rules:1:1: a rule 'deal' is there already: remove it first");
    assertThatThrownBy(() -> edit(new PatternEdit.AddRules("y : city = city", "new.rules")))
        .hasMessageContaining("in a circle");
    assertThat(matches()).isEqualTo(before);
    assertThat(Files.size(directory.resolve("edits-0.log"))).isZero();
  }

  @Test
  void letsOneEditAtATime() {
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      assertThatThrownBy(() -> PatternStore.edit(directory, new ArrayList<>()))
          .isInstanceOf(ModelStoreException.class)
          .hasMessageContaining("writing to the model already");
      assertThat(matches()).isEqualTo(matches(store.network()));
    }
  }

  @Test
  void cutsOffWhatAKilledWriterLeftAndSaysSo() throws IOException {
    edit(add("Big Corp", "company"));
    Set<String> one = matches();
    Path log = directory.resolve("edits-0.log");
    byte[] first = Files.readAllBytes(log);
    edit(add("nothing", "word"));
    Set<String> two = matches();
    byte[] both = Files.readAllBytes(log);
    for (int length = first.length + 1; length < both.length; length++) {
      for (boolean zeros : new boolean[] {false, true}) {
        byte[] torn = Arrays.copyOf(both, length);
        Files.write(log, zeros ? Arrays.copyOf(torn, both.length) : torn);
        assertThat(matches()).as("%d of %d", length, both.length).isEqualTo(one);
      }
    }
    Files.write(log, Arrays.copyOf(both, both.length - 3));
    List<String> notes = new ArrayList<>();
    try (PatternStore store = PatternStore.edit(directory, notes)) {
      assertThat(notes).singleElement().asString().contains("edits-0.log", "was cut short");
      store.apply(List.of(add("nothing", "word")));
    }
    assertThat(matches()).isEqualTo(two);
    assertThat(Files.readAllBytes(log)).isEqualTo(both);
  }

  @Test
  void detectsEveryFlippedBit() throws IOException {
    edit(add("Big Corp", "company"), remove("Zoë"));
    edit(add("nothing", "word"));
    Set<String> expected = matches();
    SplittableRandom random = new SplittableRandom(17);
    TreeMap<Path, byte[]> files = new TreeMap<>();
    for (String name : List.of("model.json", "patterns.safetensors", "edits-0.log")) {
      files.put(directory.resolve(name), Files.readAllBytes(directory.resolve(name)));
    }
    int flips = Integer.getInteger("fovea.test.flips", 400);
    for (int flip = 0; flip < flips; flip++) {
      Path file = List.copyOf(files.keySet()).get(flip % 3);
      byte[] bytes = Objects.requireNonNull(files.get(file)).clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      assertThatThrownBy(this::matches).isInstanceOf(FoveaException.class);
      Files.write(file, files.get(file));
    }
    assertThat(matches()).isEqualTo(expected);
  }

  @Test
  void refusesOtherDirectoriesAndNewerFormats() throws IOException {
    assertThatThrownBy(() -> PatternStore.open(folder.resolve("none")))
        .isInstanceOf(ModelStoreException.class);
    assertThatThrownBy(() -> PatternStore.edit(folder.resolve("none"), new ArrayList<>()))
        .isInstanceOf(PatternStoreException.class)
        .hasMessageEndingWith("none: there is no network of patterns");
    assertThat(folder.resolve("none")).doesNotExist();
    Path manifest = directory.resolve("model.json");
    String text = Files.readString(manifest);
    rewrite(manifest, text.replace("\"version\": 3", "\"version\": 2"));
    assertThatThrownBy(this::matches)
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("the section pages is missing");
    rewrite(manifest, text.replace("\"version\": 3", "\"version\": 4"));
    assertThatThrownBy(this::matches)
        .isInstanceOf(PatternStoreException.class)
        .hasMessageContaining("a newer Fovea has written it");
    rewrite(manifest, text.replace("patternFormat", "network"));
    assertThatThrownBy(this::matches)
        .isInstanceOf(PatternStoreException.class)
        .hasMessageContaining("it holds a trained model");
  }

  /// Gives a changed manifest the digest that it must end with.
  private static void rewrite(Path manifest, String text) throws IOException {
    String body = text.substring(0, text.lastIndexOf(",\n  \"sha256\""));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      Files.writeString(
          manifest, body + ",\n  \"sha256\": \"" + HexFormat.of().formatHex(digest) + "\"\n}\n");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void appendsBehindALogOfMany() throws IOException {
    for (int i = 0; i < 30; i++) {
      edit(add("pattern " + i, "c"));
    }
    PatternStore.Opened opened = PatternStore.open(directory);
    assertThat(opened.edits()).isEqualTo(30);
    assertThat(opened.network().patternCount()).isEqualTo(35);
    Files.write(directory.resolve("edits-0.log"), new byte[] {1}, StandardOpenOption.APPEND);
    assertThat(PatternStore.open(directory).edits()).isEqualTo(30);
    Files.write(directory.resolve("edits-0.log"), new byte[40], StandardOpenOption.APPEND);
    assertThat(PatternStore.open(directory).edits()).isEqualTo(30);
    byte[] wrong = new byte[40];
    Arrays.fill(wrong, (byte) 7);
    Files.write(directory.resolve("edits-0.log"), wrong, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> PatternStore.open(directory))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void givesTheSameNetworkEditedOrBuiltAnew() {
    SplittableRandom random = new SplittableRandom(23);
    for (int round = 0; round < 15; round++) {
      TreeMap<String, TreeMap<String, Float>> model = new TreeMap<>();
      PatternEditor editor =
          new PatternEditor(new PatternNetworkBuilder(Tokenization.defaults()).build());
      for (int e = 0; e < 25; e++) {
        List<PatternEdit> edits = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          String name = name(random);
          String category = "c" + random.nextInt(3);
          if (random.nextInt(3) > 0) {
            float weight = random.nextInt(1, 4);
            edits.add(new PatternEdit.Add(name, category, weight));
            model.computeIfAbsent(category, _ -> new TreeMap<>()).put(name, weight);
          } else if (model.getOrDefault(category, new TreeMap<>()).containsKey(name)) {
            edits.add(new PatternEdit.Remove(name, category));
            Objects.requireNonNull(model.get(category)).remove(name);
          }
        }
        editor.apply(edits);
      }
      PatternNetworkBuilder anew = new PatternNetworkBuilder(Tokenization.defaults());
      model.forEach(
          (category, names) -> names.forEach((name, weight) -> anew.add(name, category, weight)));
      PatternNetwork built = anew.build();
      PatternNetwork compacted = Compaction.of(editor.current());
      assertThat(editor.current().patternCount()).isEqualTo(built.patternCount());
      for (int d = 0; d < 10; d++) {
        StringBuilder text = new StringBuilder();
        for (int w = 0; w < 20; w++) {
          text.append(name(random)).append(' ');
        }
        Set<String> expected = rows(built, text.toString());
        assertThat(rows(editor.current(), text.toString())).isEqualTo(expected);
        assertThat(rows(compacted, text.toString())).isEqualTo(expected);
      }
    }
  }

  private static String name(SplittableRandom random) {
    String[] words = {"a", "b", "c", "d"};
    StringBuilder name = new StringBuilder(words[random.nextInt(4)]);
    for (int i = random.nextInt(3); i > 0; i--) {
      name.append(' ').append(words[random.nextInt(4)]);
    }
    return name.toString();
  }

  private static Set<String> rows(PatternNetwork network, String text) {
    Annotator annotator = new Annotator(network);
    annotator.read(text);
    ByteRows rows = new ByteRows();
    for (int match = 0; match < annotator.count(); match++) {
      RowFormat.columns().write(0, annotator, match, rows);
    }
    return new TreeSet<>(rows.toString().lines().toList());
  }

  @Test
  void findsTheSameWhereNeuronsStayOnDisk() {
    Set<String> before = matches();
    assertThatThrownBy(() -> PatternStore.openSuspended(directory, 0, 0))
        .isInstanceOf(PatternStoreException.class)
        .hasMessageContaining("not on pages");
    suspend();
    assertThat(suspendedMatches()).isEqualTo(before);
    edit(add("nothing", "word"), remove("York"));
    assertThatThrownBy(() -> PatternStore.openSuspended(directory, 0, 0))
        .isInstanceOf(PatternStoreException.class)
        .hasMessageContaining("its edits are not on its pages");
    Set<String> after = matches();
    suspend();
    assertThat(suspendedMatches()).isEqualTo(after).isNotEqualTo(before);
    assertThat(matches()).isEqualTo(after);
  }

  /// Every byte of the pages: damage is told, and what is found is right.
  @Test
  void tellsThatPagesAreDamaged() throws IOException {
    Set<String> whole = matches();
    suspend();
    Path pages = directory.resolve("neurons-0.pages");
    byte[] bytes = Files.readAllBytes(pages);
    int refused = 0;
    int incomplete = 0;
    for (int at = 0; at < bytes.length; at += 3) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(pages, damaged);
      try (PatternNetwork network = PatternStore.openSuspended(directory, 0, 0).network()) {
        Annotator annotator = new Annotator(network);
        annotator.read(TEXT);
        assertThat(whole).containsAll(matches(network));
        incomplete += annotator.isIncomplete() ? 1 : 0;
      } catch (FoveaException e) {
        assertThat(e).hasMessageContaining("neurons-0.pages");
        refused++;
      }
    }
    assertThat(incomplete).isPositive();
    assertThat(refused).isPositive();
    assertThat(incomplete + refused).isGreaterThan(bytes.length / 3 * 9 / 10);
  }

  private void suspend() {
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      assertThat(store.suspend()).isPositive();
    }
  }

  private Set<String> suspendedMatches() {
    try (PatternNetwork network = PatternStore.openSuspended(directory, 10_000, 3).network()) {
      return matches(network);
    }
  }

  private long tensorBytes() throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.safetensors")) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /// What a folded network is made of: bytes on disk, words, ids of neurons, nodes of the lattice.
  private List<Long> sizes() throws IOException {
    PatternNetwork network = PatternStore.open(directory).network();
    return List.of(
        tensorBytes(),
        (long) network.wordCount(),
        (long) network.network().idBound(),
        (long) network.network().latticeNodeCount(),
        (long) network.categories().size());
  }

  @Test
  void doesNotGrowWhenPatternsComeAndGoForEver() throws IOException {
    PatternStore.create(directory, PatternStore.open(directory).network());
    List<Long> before = sizes();
    Set<String> found = matches();
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      for (int round = 0; round < 3; round++) {
        List<PatternEdit> added = new ArrayList<>();
        List<PatternEdit> removed = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
          String name = "word%d of%d".formatted(round * 10_000 + i, i);
          added.add(add(name, "passing" + round));
          removed.add(remove(name));
        }
        added.add(
            new PatternEdit.AddRules("r%d = passing%d and \"q%1$d\"".formatted(round, round), "x"));
        removed.add(remove("r" + round));
        store.apply(added);
        store.apply(removed);
        assertThat(store.editCount()).isZero();
        assertThat(sizes()).isEqualTo(before);
        assertThat(matches(store.network())).isEqualTo(found);
      }
      store.apply(List.of(add("one more", "passing0")));
      assertThat(store.network().network().idBound()).isLessThan(before.get(2).intValue() + 10);
    }
    assertThat(matches()).isEqualTo(found);
  }

  @Test
  void editsInMemoryDoNotGrowEither() {
    PatternEditor editor = new PatternEditor(PatternStore.open(directory).network());
    int words = editor.current().wordCount();
    for (int round = 0; round < 3; round++) {
      List<PatternEdit> added = new ArrayList<>();
      List<PatternEdit> removed = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        added.add(add("w%d-%d".formatted(round, i), ""));
        removed.add(remove("w%d-%d".formatted(round, i)));
      }
      editor.apply(added);
      editor.apply(removed);
      assertThat(editor.current().wordCount()).isEqualTo(words);
    }
  }

  @Test
  void keepsWhatARuleReadsThatWasRemoved() {
    edit(
        new PatternEdit.AddRules(
            "inner = \"x\"\nouter = inner and \"y\"\nlone = not inner and \"z\"", "new.rules"));
    edit(remove("inner"));
    Set<String> found = matches();
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      store.fold();
      assertThat(matches(store.network())).isEqualTo(found);
      store.apply(List.of(add("x", "")));
    }
    Annotator annotator = new Annotator(PatternStore.open(directory).network());
    annotator.read("x y z");
    List<String> names = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      names.add(annotator.pattern(match));
    }
    assertThat(names).containsExactlyInAnyOrder("lone", "x");
  }
}
