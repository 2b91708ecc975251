package org.fovea.text;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.MalformedDataException;
import org.fovea.residency.spool.RecordSorter;

/// Tells which lines of tables are new patterns, if they come sorted by their words and then by
/// their numbers: as [SuspendedPatternBuilder] sorts them.
///
/// **Threads** confined. **Cost** 8 bytes a category.
final class DistinctPatterns {

  private static final int END = -1;

  private final PatternIntake intake;
  private final PatternFiles files;

  /// Of each category, and of none: the phrase that was last in it, and its weight there.
  private final int[] phrases;

  private final float[] weights;
  private int[] words = new int[16];
  private int wordCount = -1;
  private int phraseCount;
  private int phraseNumber;
  private long duplicates;
  private long malformedNumber = Long.MAX_VALUE;
  private Optional<MalformedDataException> malformed = Optional.empty();

  DistinctPatterns(PatternIntake intake, PatternFiles files) {
    this.intake = intake;
    this.files = files;
    phrases = new int[intake.categories().size() + 1];
    weights = new float[phrases.length];
  }

  /// Goes to the next line.
  ///
  /// @param line words, [#END], number, category, weight, name
  /// @return whether it is the first of its pattern in its category
  boolean isNew(RecordSorter.Cursor line) {
    if (!isSamePhrase(line)) {
      begin(line);
    }
    int category = line.get(wordCount + 2);
    float weight = Float.intBitsToFloat(line.get(wordCount + 3));
    if (phrases[category + 1] != phraseCount) {
      phrases[category + 1] = phraseCount;
      weights[category + 1] = weight;
      return true;
    }
    if (weights[category + 1] == weight) {
      duplicates++;
    } else {
      refuse(line, category, weight);
    }
    return false;
  }

  private boolean isSamePhrase(RecordSorter.Cursor line) {
    for (int i = 0; i < wordCount; i++) {
      if (line.get(i) != words[i]) {
        return false;
      }
    }
    return wordCount >= 0 && line.get(wordCount) == END;
  }

  private void begin(RecordSorter.Cursor line) {
    wordCount = 0;
    for (; line.get(wordCount) != END; wordCount++) {
      if (wordCount == words.length) {
        words = Arrays.copyOf(words, 2 * wordCount);
      }
      words[wordCount] = line.get(wordCount);
    }
    phraseNumber = line.get(wordCount + 1);
    phraseCount++;
  }

  private void refuse(RecordSorter.Cursor line, int category, float weight) {
    long number = line.get(wordCount + 1);
    IllegalArgumentException why =
        PatternIntake.otherWeight(
            PackedName.read(line, wordCount + 4),
            intake.categories().name(category),
            weights[category + 1],
            weight);
    MalformedDataException wrong =
        files.place(number).malformed(String.valueOf(why.getMessage())).because(why);
    if (files.skipsBad()) {
      files.leaveOut(number, wrong);
    } else if (number < malformedNumber) {
      malformedNumber = number;
      malformed = Optional.of(wrong);
    }
  }

  /// Number of words of the line at hand.
  int wordCount() {
    return wordCount;
  }

  /// The first line that has the words of the line at hand.
  int phraseNumber() {
    return phraseNumber;
  }

  int phraseCount() {
    return phraseCount;
  }

  long duplicateCount() {
    return duplicates;
  }

  /// Throws what is wrong with the first line that is malformed, unless malformed lines are left
  /// out.
  void requireSound() {
    if (malformed.isPresent()) {
      throw malformed.get();
    }
  }
}
