package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.fovea.data.make.Progress;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that read the same as a pattern hold it, and others do not.
class ReadsAlikeTest {

  @TempDir private Path folder;

  private static PatternNetwork network(Tokenization options, String... patterns) {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(options);
    for (String pattern : patterns) {
      builder.add(pattern, "", 1);
    }
    return builder.build();
  }

  /// The pieces of a text that are matches.
  private static List<String> found(PatternNetwork network, String text) {
    Annotator annotator = new Annotator(network);
    annotator.read(text);
    List<String> found = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      int begin = (int) annotator.begin(match);
      found.add(text.substring(begin, (int) annotator.end(match)));
    }
    return found;
  }

  private static List<String> found(String pattern, String text) {
    return found(network(Tokenization.defaults(), pattern), text);
  }

  static List<List<String>> alike() {
    return List.of(
        // pattern, text, what is found
        List.of("café", "un cafe\u0301!", "cafe\u0301"),
        List.of("cafe\u0301", "un café!", "café"),
        List.of("CAFÉ", "un cafe\u0301 x", "cafe\u0301"),
        List.of("서울", "x \u1109\u1165\u110b\u116e\u11af x", "\u1109\u1165\u110b\u116e\u11af"),
        List.of("й", "x \u0438\u0306 x", "\u0438\u0306"),
        List.of("Ϊ\u0301δη", "\u0390\u03b4\u03b7", "\u0390\u03b4\u03b7"),
        List.of("İstanbul", "I\u0307stanbul", "I\u0307stanbul"),
        List.of("5 \u212bngstrom", "5 ångstrom", "5 ångstrom"),
        List.of("がくせい", "か\u3099くせい", "か\u3099くせい"),
        List.of("soft", "so\u00adft", "so\u00adft"),
        List.of("soft", "soft\u00ad ware", "soft"),
        List.of("so\u00adft", "soft", "soft"),
        List.of(
            "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        List.of("New York", "New\u2060\u00a0Yo\u200drk\ufeff", "New\u2060\u00a0Yo\u200drk"),
        List.of("Acme", "\u202aAcme\u200f.", "Acme"),
        List.of("office", "o\ufb03ce", "o\ufb03ce"),
        List.of("Acme", "\uff21\uff23\uff2d\uff25", "\uff21\uff23\uff2d\uff25"),
        List.of("葛", "葛\udb40\udd00", "葛\udb40\udd00"),
        List.of("Acme", "Acme's", "Acme"),
        List.of("Acme", "ACME\u2019S", "ACME"),
        List.of("Levi's", "Levi\u2019s jeans", "Levi\u2019s"),
        List.of("Levi\u2019s jeans", "LEVI'S JEANS", "LEVI'S JEANS"),
        List.of("O'Neil", "O\u2019Neil", "O\u2019Neil"),
        List.of("O\u2019Neil", "O'Neil's", "O'Neil"),
        List.of("м'ята", "м\u02bcята", "м\u02bcята"),
        List.of("צה\"ל", "צה\u05f4ל", "צה\u05f4ל"),
        List.of("C++", "(C++)", "C++"),
        List.of("C++", "C++11", "C++"),
        List.of("c#", "C\uff03.", "C\uff03"),
        List.of(".NET", "the .net, C", ".net"),
        List.of(".NET", "C#/.NET", ".NET"),
        List.of("NET", "the .NET", "NET"),
        List.of("C", "vitamin C.", "C"),
        List.of("Acme", "*Acme*", "Acme"),
        List.of("$100", "for $100.", "$100"),
        List.of("50%", "(50%)", "50%"),
        List.of("€5", "€5", "€5"),
        List.of("#acme", "*#Acme*", "#Acme"),
        List.of("Acme Corp.", "Acme Corp", "Acme Corp"),
        List.of("AT&T", "at AT&T's", "AT&T"));
  }

  @ParameterizedTest
  @MethodSource("alike")
  void findsWhatReadsTheSame(List<String> row) {
    assertThat(found(row.get(0), row.get(1))).containsExactly(row.get(2));
  }

  static List<List<String>> different() {
    return List.of(
        List.of("C", "C++ and C#"),
        List.of("C++", "C and C# and C+"),
        List.of(".NET", "the net"),
        List.of("$100", "100 of 100"),
        List.of("#acme", "acme"),
        List.of("Acme's", "Acme"),
        List.of("café", "cafe"),
        List.of("Neil", "O\u2019Neil"),
        List.of("s", "Acme's"));
  }

  @ParameterizedTest
  @MethodSource("different")
  void tellsApartWhatReadsDifferently(List<String> row) {
    assertThat(found(row.get(0), row.get(1))).isEmpty();
  }

  @Test
  void takesSignsOnlyWherePatternsHaveThem() {
    PatternNetwork network =
        network(Tokenization.defaults(), "C", "C++", "C#", ".NET", "NET", "@acme", "acme");
    assertThat(found(network, "C++/C#, C; .NET or net. @Acme acme acme@x %acme"))
        .containsExactly("C++", "C#", "C", ".NET", "net", "@Acme", "acme", "acme", "acme");
  }

  @Test
  void foldsAccentsOfEveryScript() {
    Tokenization options = new Tokenization(true, true, Stemming.NONE);
    String[] plain = {"αθηνα", "елка", "cafe", "lodz", "שלום", "сербиjа"};
    String[] accented = {"Αθήνα", "Ёлка", "Café", "Łódź", "שָׁלוֹם", "Србија"};
    for (int i = 0; i < 5; i++) {
      for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
        String text = Normalizer.normalize(accented[i], form);
        assertThat(found(network(options, plain[i]), text)).as(plain[i]).containsExactly(text);
        assertThat(found(network(options, text), plain[i])).containsExactly(plain[i]);
      }
    }
    assertThat(found(network(options, "か"), "が")).isEmpty();
    assertThat(found(network(options, "नमसते"), "नमस्ते")).isEmpty();
  }

  @Test
  void findsPatternsWithinWordsOfScriptsWithoutSpacesWhenAsked() {
    Tokenization within = new Tokenization(true, false, Stemming.NONE, true, true);
    assertThat(found(network(within, "서울"), "서울시청에서")).containsExactly("서울");
    assertThat(found(network(Tokenization.defaults(), "서울"), "서울시청에서")).isEmpty();
    String apart = Normalizer.normalize("서울시청", Normalizer.Form.NFD);
    assertThat(found(network(within, "서울"), apart)).containsExactly(apart.substring(0, 5));
    assertThat(found(network(within, "ไทย"), "ประเทศไทยสวย")).containsExactly("ไทย");
    assertThat(found(network(within, "กา"), "กา\u0e49")).isEmpty();
    assertThat(found(network(within, "データ"), "データベース")).containsExactly("データ");
    assertThat(found(network(within, "LG"), "LG전자의")).containsExactly("LG");
    assertThat(found(network(within, "art"), "party")).isEmpty();
  }

  /// Letters, marks and signs that meet in all ways.
  private static final String[] PIECES = {
    "a",
    "B",
    "é",
    "e\u0301",
    "\u00ad",
    "\u200d",
    "'",
    "\u2019",
    "s",
    "+",
    "#",
    ".",
    " ",
    "서",
    "\u1109\u1165",
    "ไ",
    "ท\u0e49",
    "й",
    "ﬁ",
    "@",
    "😀",
    "9",
    "-",
    "\ufeff",
    "𐐀",
    "ʼ",
    "Ϊ",
    "_"
  };

  @Test
  void placesWordsInTheTextAndReadsNormalFormsAlike() {
    Seeds.repeat(
        3_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(1, 14); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
          }
          Stemming stemming = random.nextInt(4) == 0 ? Stemming.ENGLISH : Stemming.NONE;
          Tokenization options =
              new Tokenization(
                  random.nextBoolean(), random.nextBoolean(), stemming, true, random.nextBoolean());
          List<String> words = words(options, text.toString());
          for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            assertThat(words(options, Normalizer.normalize(text, form))).isEqualTo(words);
          }
        });
  }

  private static List<String> words(Tokenization options, String text) {
    Tokenizer tokenizer = new Tokenizer(options);
    tokenizer.read(text);
    List<String> words = new ArrayList<>();
    int end = 0;
    while (tokenizer.next()) {
      assertThat(tokenizer.begin()).isGreaterThanOrEqualTo(end);
      assertThat(tokenizer.end()).isGreaterThan(tokenizer.begin());
      assertThat(tokenizer.end()).isLessThanOrEqualTo(text.length());
      end = tokenizer.end();
      words.add(new String(tokenizer.letters(), 0, tokenizer.length()));
    }
    return words;
  }

  @Test
  void saysWhichSignsDoNotCount() {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    for (String plain : List.of("C++", ".NET", "Acme Corp.", "\"Weird\" Al (UK)", "well-known")) {
      builder.add(plain, "", 1);
    }
    builder.addRules("rule = \"C#\"", "rules");
    assertThat(builder.droppedSignsCount()).isZero();
    assertThat(builder.firstDroppedSigns()).isEmpty();
    builder.add("Yahoo!", "", 1);
    builder.add("AT&T", "", 1);
    builder.addRules("other = \"Jeopardy!\"", "rules");
    assertThat(builder.droppedSignsCount()).isEqualTo(3);
    assertThat(builder.firstDroppedSigns()).isEqualTo("Yahoo!");
  }

  @Test
  void removesNoOtherPattern() {
    for (Tokenization options :
        List.of(Tokenization.defaults(), Tokenization.defaults().asWritten())) {
      PatternEditor editor = new PatternEditor(network(options, "C", "Yahoo"));
      for (String other : List.of("C++", "Yahoo!")) {
        assertThatThrownBy(() -> editor.apply(List.of(new PatternEdit.Remove(other, ""))))
            .isInstanceOf(PatternEditException.class)
            .hasMessageStartingWith("there is no pattern '" + other + "'");
      }
      assertThat(editor.current().patternCount()).isEqualTo(2);
      editor.apply(List.of(new PatternEdit.Remove("YAHOO", "")));
      assertThat(found(editor.current(), "C Yahoo")).containsExactly("C");
    }
  }

  @Test
  void forgetsSignsOfPatternsThatAreRemoved() {
    PatternEditor editor = new PatternEditor(network(Tokenization.defaults(), "acme", "C"));
    editor.apply(List.of(new PatternEdit.Add("@acme", "", 1), new PatternEdit.Add("C#", "", 1)));
    assertThat(found(editor.current(), "@acme C#")).containsExactly("@acme", "C#");
    editor.apply(List.of(new PatternEdit.Remove("@acme", ""), new PatternEdit.Remove("C#", "")));
    assertThat(found(editor.current(), "@acme C#")).containsExactly("acme");
    editor.apply(List.of(new PatternEdit.Add("@Acme", "", 1)));
    assertThat(found(editor.current(), "@acme")).containsExactly("@acme");
    editor.apply(List.of(new PatternEdit.AddRules("r = \"acme%\"", "rules")));
    assertThat(found(editor.current(), "acme%")).containsExactly("acme%");
    editor.apply(List.of(new PatternEdit.Remove("r", "")));
    assertThat(found(editor.current(), "acme%")).containsExactly("acme");
  }

  @Test
  void keepsHowWordsAreReadOnDiskAndOnPages() {
    Tokenization within = new Tokenization(true, true, Stemming.NONE, true, true);
    Path directory = folder.resolve("network");
    PatternStore.create(directory, network(within, "서울", "C++", "@acme", "Ёлка"));
    String text = "서울시 C++ @acme елка";
    List<String> all = List.of("서울", "C++", "@acme", "елка");
    assertThat(found(PatternStore.open(directory).network(), text)).isEqualTo(all);
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      store.apply(List.of(new PatternEdit.Add("시", "", 1)));
      store.suspend();
    }
    try (PatternNetwork pages = PatternStore.openSuspended(directory, 0, 0).network()) {
      assertThat(pages.tokenization()).isEqualTo(within);
      assertThat(found(pages, text)).containsExactly("서울", "시", "C++", "@acme", "елка");
    }
    PatternFiles files = new PatternFiles(1, false);
    Path built = folder.resolve("built");
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(built, within, files, SuspendedPatternBuilder.LEAST_MEMORY)) {
      builder.read(file("names.tsv", "서울\nC++\n@acme\nЁлка\nYahoo!\n"), _ -> {});
      builder.store(Progress.NONE);
      assertThat(builder.firstDroppedSigns()).isEqualTo("Yahoo!");
    }
    try (PatternNetwork pages = PatternStore.openAsBuilt(built, 0).network()) {
      assertThat(found(pages, text)).isEqualTo(all);
      assertThat(Explanation.of(pages, "@acme", "@acme").active()).isTrue();
      assertThat(Explanation.of(pages, "C++", "C").active()).isFalse();
    }
  }

  private Path file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
