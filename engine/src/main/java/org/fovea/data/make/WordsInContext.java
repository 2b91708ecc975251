package org.fovea.data.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.data.Batch;
import org.fovea.data.Names;

/// Which words stand around a word? Made from any text.
///
/// An example is a place in the text: its one feature is the word there, its labels are the words
/// at most `window` places before and after, in the same line and field (tabs separate fields).
/// Words outside the vocabulary keep their place, but are neither feature nor label. Ids are ranks:
/// 0 is the most frequent word, and a word has the same id as feature and as label.
///
/// Lines are for training or for testing as a whole. If there are more places than wanted, every
/// place is as likely to be taken.
///
/// **Cost** two passes over the text, and memory for the distinct words (at most two million, or
/// four times the vocabulary).
///
/// **Source** the skip-gram task of Mikolov et al., *Distributed representations of words and
/// phrases and their compositionality*, NIPS 2013, as Spring and Shrivastava's SLIDE uses it on
/// Text8. **Differs** the window does not shrink at random, and frequent words are not thinned out.
public final class WordsInContext {

  /// What the names of the files begin with.
  public static final String NAME = "words-in-context";

  private static final int DISTINCT_WORDS = 2_000_000;
  private static final int PROGRESS_INTERVAL = 100_000;

  private final Options options;
  private final Progress progress;
  private final long totalBytes;
  private long bytesBefore;

  private WordsInContext(Options options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.totalBytes = 2 * options.files().stream().mapToLong(WordsInContext::size).sum();
  }

  /// How to make it.
  ///
  /// @param files UTF-8 text, packed by gzip or not
  /// @param window how far away a word may stand, from 1 to 100
  /// @param minimumCount how often a word must occur to be in the vocabulary, at least 1
  /// @param vocabularyLimit how many words are in the vocabulary at most, the most frequent ones
  /// @param exampleLimit how many examples are made at most
  /// @param testShare the part of the lines that is for testing: above 0 and at most a half
  /// @param seed decides the split and which places are taken
  public record Options(
      List<Path> files,
      int window,
      long minimumCount,
      int vocabularyLimit,
      long exampleLimit,
      double testShare,
      long seed) {

    /// Checks the options.
    public Options {
      files = List.copyOf(files);
      require(!files.isEmpty(), "files must not be empty");
      require(window >= 1 && window <= 100, "window must be from 1 to 100, not " + window);
      require(minimumCount >= 1, "minimumCount must be positive, not " + minimumCount);
      require(vocabularyLimit >= 1, "vocabularyLimit must be positive, not " + vocabularyLimit);
      require(exampleLimit >= 1, "exampleLimit must be positive, not " + exampleLimit);
      require(
          testShare > 0 && testShare <= 0.5,
          "testShare must be above 0 and at most 0.5, not " + testShare);
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }

    /// Two words to either side, at most 200,000 words that occur twice, a million examples, a
    /// tenth of the lines for testing.
    public static Options usual(List<Path> files) {
      return new Options(files, 2, 2, 200_000, 1_000_000, 0.1, 1);
    }

    /// The same with another window.
    public Options withWindow(int newWindow) {
      return new Options(
          files, newWindow, minimumCount, vocabularyLimit, exampleLimit, testShare, seed);
    }

    /// The same with another vocabulary.
    public Options withVocabulary(long newMinimumCount, int newLimit) {
      return new Options(files, window, newMinimumCount, newLimit, exampleLimit, testShare, seed);
    }

    /// The same with another limit on the examples.
    public Options withExampleLimit(long newLimit) {
      return new Options(files, window, minimumCount, vocabularyLimit, newLimit, testShare, seed);
    }

    /// The same with another seed.
    public Options withSeed(long newSeed) {
      return new Options(
          files, window, minimumCount, vocabularyLimit, exampleLimit, testShare, newSeed);
    }
  }

  /// Makes `words-in-context-train.txt.gz`, `-test.txt.gz` and `-names.txt.gz`.
  ///
  /// @param options how to make it
  /// @param folder where the files go; made if it is not there
  /// @param progress hears of it, in stored bytes
  /// @throws org.fovea.MalformedDataException if a file is not UTF-8 text
  /// @throws java.io.UncheckedIOException if reading or writing fails
  public static Made make(Options options, Path folder, Progress progress) {
    WordsInContext maker = new WordsInContext(options, progress);
    WordCounts counts = maker.count();
    List<String> vocabulary =
        counts.mostFrequent(options.minimumCount(), options.vocabularyLimit());
    long places = vocabulary.stream().mapToLong(counts::count).sum();
    Map<String, Integer> ids = HashMap.newHashMap(vocabulary.size());
    for (String word : vocabulary) {
      ids.put(word, ids.size());
    }
    int size = vocabulary.size();
    Names names = new Names(vocabulary, vocabulary);
    try (DataSetWriter writer = new DataSetWriter(folder, NAME, names, size, size)) {
      maker.write(ids, new Contexts(options, places, writer));
      return writer.finish();
    }
  }

  private WordCounts count() {
    WordCounts counts =
        new WordCounts(
            (int) Math.max(DISTINCT_WORDS, Math.min(4L * options.vocabularyLimit(), 1 << 30)));
    read((token, word) -> {
      if (token == TextWords.Token.WORD) {
        counts.add(word);
      }
    });
    return counts;
  }

  private void write(Map<String, Integer> ids, Contexts contexts) {
    read((token, word) -> {
      switch (token) {
        case WORD -> contexts.place(ids.getOrDefault(word, Contexts.UNKNOWN));
        case TAB -> contexts.endField();
        case LINE, END -> contexts.endLine();
      }
    });
  }

  /// Takes the words and breaks of all files.
  @FunctionalInterface
  private interface Listener {
    void take(TextWords.Token token, String word);
  }

  private void read(Listener listener) {
    for (Path file : options.files()) {
      long count = 0;
      try (TextWords words = new TextWords(file)) {
        TextWords.Token token;
        do {
          token = words.next();
          listener.take(token, token == TextWords.Token.WORD ? words.word() : "");
          if (++count % PROGRESS_INTERVAL == 0) {
            progress.advanced("bytes read", bytesBefore + words.position(), totalBytes);
          }
        } while (token != TextWords.Token.END);
        bytesBefore += words.position();
        progress.advanced("bytes read", bytesBefore, totalBytes);
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Turns the words of a text, in order, into examples.
  private static final class Contexts {

    private static final int UNKNOWN = -1;

    private final int window;
    private final DataSetWriter writer;
    private final double testShare;
    private final Draws lineDraws;
    private final Draws placeDraws;
    private final int[] ring;
    private final int[] labels;
    private long placesLeft;
    private long examplesLeft;
    private long fieldLength;
    private boolean forTest;

    private Contexts(Options options, long places, DataSetWriter writer) {
      this.window = options.window();
      this.testShare = options.testShare();
      this.writer = writer;
      this.placesLeft = places;
      this.examplesLeft = options.exampleLimit();
      this.ring = new int[2 * window + 1];
      this.labels = new int[2 * window];
      this.lineDraws = new Draws(options.seed(), "lines", 0);
      this.placeDraws = new Draws(options.seed(), "places", 0);
      this.forTest = lineDraws.uniform() < testShare;
    }

    private void place(int word) {
      ring[(int) (fieldLength++ % ring.length)] = word;
      if (fieldLength > window) {
        addExample(fieldLength - 1 - window);
      }
    }

    private void endField() {
      for (long place = Math.max(0, fieldLength - window); place < fieldLength; place++) {
        addExample(place);
      }
      fieldLength = 0;
    }

    private void endLine() {
      endField();
      forTest = lineDraws.uniform() < testShare;
    }

    /// Takes each known place with the same probability: what is still wanted of what is left.
    private void addExample(long place) {
      int word = ring[(int) (place % ring.length)];
      if (word == UNKNOWN || examplesLeft == 0) {
        return;
      }
      boolean taken = placeDraws.uniform() * placesLeft < examplesLeft;
      placesLeft--;
      int labelCount = taken ? readLabels(place) : 0;
      if (labelCount == 0) {
        return;
      }
      examplesLeft--;
      Batch example = writer.next(forTest);
      example.addFeature(word, 1);
      for (int index = 0; index < labelCount; index++) {
        if (index == 0 || labels[index] != labels[index - 1]) {
          example.addLabel(labels[index]);
        }
      }
      writer.endExample(forTest);
    }

    /// Reads the known words around a place, sorted.
    private int readLabels(long place) {
      int count = 0;
      long end = Math.min(fieldLength, place + window + 1);
      for (long other = Math.max(0, place - window); other < end; other++) {
        int label = ring[(int) (other % ring.length)];
        if (other != place && label != UNKNOWN) {
          labels[count++] = label;
        }
      }
      Arrays.sort(labels, 0, count);
      return count;
    }
  }
}
