package org.fovea.model.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Names of types and components as keys, and keys that were mistyped.
final class Words {

  private Words() {}

  /// A Java name in kebab-case: `hiddenUnits`, `HiddenUnits` and `HIDDEN_UNITS` become
  /// `hidden-units`; kebab-case stays as it is.
  static String kebab(String name) {
    StringBuilder kebab = new StringBuilder(name.length() + 4);
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      if (character == '_') {
        kebab.append('-');
      } else {
        if (Character.isUpperCase(character) && index > 0 && beginsWord(name, index)) {
          kebab.append('-');
        }
        kebab.append(Character.toLowerCase(character));
      }
    }
    return kebab.toString();
  }

  private static boolean beginsWord(String name, int index) {
    char before = name.charAt(index - 1);
    boolean nextIsLower =
        index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1));
    return Character.isLowerCase(before) || (Character.isUpperCase(before) && nextIsLower);
  }

  /// The known word that is nearest to a mistyped one, if any is near: at most a third of its
  /// letters inserted, deleted, replaced or swapped with a neighbour.
  static Optional<String> nearest(String word, Collection<String> known) {
    String wanted = kebab(word).toLowerCase(Locale.ROOT);
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(wanted, candidate);
      int limit = Math.max(1, Math.min(wanted.length(), candidate.length()) / 3);
      if (distance <= limit && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// Optimal string alignment distance (Damerau, CACM 1964; Levenshtein 1966).
  private static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        distance[i][j] = swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
      }
    }
    return distance[a.length()][b.length()];
  }
}
