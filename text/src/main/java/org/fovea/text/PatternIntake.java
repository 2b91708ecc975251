package org.fovea.text;

/// What becomes of a name before it is a pattern: it is checked, and its words and its category are
/// numbered as they come.
///
/// **Threads** confined. **Cost** memory for all words and all categories.
final class PatternIntake {

  private final Tokenization tokenization;
  private final WordReader reader;
  private final Vocabulary words = new Vocabulary();
  private final CategoryTable categories = new CategoryTable();
  private long droppedSigns;
  private String firstDropped = "";

  PatternIntake(Tokenization tokenization) {
    this.tokenization = tokenization;
    reader = new WordReader(tokenization);
  }

  /// Numbers the words of a name; [#wordNumbers] has them.
  ///
  /// @return how many there are
  /// @throws IllegalArgumentException if the pattern has no words or too many, or the weight is no
  ///   such number
  int read(String pattern, String category, float weight) {
    checkNames(pattern, category);
    checkWeight(category, weight);
    int count = reader.read(pattern, words::add);
    countSigns(pattern);
    return count;
  }

  /// Numbers the words of a text in a rule.
  ///
  /// @throws org.fovea.MalformedDataException if there are none or too many
  void read(Expression.Phrase phrase) {
    reader.read(phrase.text(), phrase.place(), words::add);
    countSigns(phrase.text());
  }

  private void countSigns(String pattern) {
    if (!reader.droppedSigns().isEmpty()) {
      droppedSigns++;
      firstDropped = firstDropped.isEmpty() ? pattern : firstDropped;
    }
  }

  /// How many patterns have signs that do not count.
  long droppedSignsCount() {
    return droppedSigns;
  }

  /// The first of them; empty if there is none.
  String firstDroppedSigns() {
    return firstDropped;
  }

  int[] wordNumbers() {
    return reader.words();
  }

  /// Numbers the category of a name, after its words: [PatternTable#NONE] for none.
  int category(String name) {
    return name.isEmpty()
        ? PatternTable.NONE
        : categories.find(name).orElseGet(() -> categories.add(name, PatternTable.NONE));
  }

  Tokenization tokenization() {
    return tokenization;
  }

  WordReader reader() {
    return reader;
  }

  Vocabulary words() {
    return words;
  }

  CategoryTable categories() {
    return categories;
  }

  /// Names are printed as columns of a line.
  static void checkNames(String pattern, String category) {
    String both = pattern + category;
    if (both.indexOf('\t') >= 0 || both.indexOf('\n') >= 0 || both.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "names without tabs and line ends were expected, '%s' in '%s' came"
              .formatted(pattern, category));
    }
  }

  static void checkWeight(String category, float weight) {
    if (!(weight > 0) || weight > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a weight that is positive and finite was expected, %s came".formatted(weight));
    }
    if (category.isEmpty() && weight != 1) {
      throw new IllegalArgumentException(
          "a weight belongs to a category, but there is no category");
    }
  }

  /// A pattern cannot have two weights in a category.
  ///
  /// @param known what it has
  static IllegalArgumentException otherWeight(
      String pattern, String category, float known, float weight) {
    return new IllegalArgumentException(
        "'%s' has the weight %s in the category '%s' already, %s came"
            .formatted(pattern, known, category, weight));
  }
}
