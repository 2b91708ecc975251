package org.fovea.data.make;

import java.util.Locale;
import java.util.function.Consumer;

/// Cuts identifiers and sentences into lower-case words: `parseXMLFile2` is `parse xml file2`.
///
/// A word begins after anything that is neither letter nor digit, at an upper-case letter that
/// follows a lower-case letter or a digit, and at the last of several upper-case letters if a
/// lower-case letter follows.
final class Words {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 24;

  private Words() {}

  /// Hands on each word of 2 to 24 characters that has a letter in it.
  static void split(String text, Consumer<String> words) {
    int begin = 0;
    for (int index = 0; index <= text.length(); index++) {
      boolean end = index == text.length() || !Character.isLetterOrDigit(text.charAt(index));
      if (end || (index > begin && startsWord(text, index))) {
        emit(text, begin, index, words);
        begin = end ? index + 1 : index;
      }
    }
  }

  private static boolean startsWord(String text, int index) {
    char character = text.charAt(index);
    if (!Character.isUpperCase(character)) {
      return false;
    }
    boolean afterUpperCase = Character.isUpperCase(text.charAt(index - 1));
    boolean beforeLowerCase =
        index + 1 < text.length() && Character.isLowerCase(text.charAt(index + 1));
    return !afterUpperCase || beforeLowerCase;
  }

  private static void emit(String text, int begin, int end, Consumer<String> words) {
    int length = end - begin;
    if (length < SHORTEST || length > LONGEST) {
      return;
    }
    for (int index = begin; index < end; index++) {
      if (Character.isLetter(text.charAt(index))) {
        words.accept(text.substring(begin, end).toLowerCase(Locale.ROOT));
        return;
      }
    }
  }
}
