package org.fovea.text;

/// A change of a network of patterns.
public sealed interface PatternEdit {

  /// Adds a pattern to a category, or gives it another weight there.
  ///
  /// @param category empty for none
  record Add(String pattern, String category, float weight) implements PatternEdit {
    /// Checks names and weight.
    public Add {
      PatternIntake.checkNames(pattern, category);
      PatternIntake.checkWeight(category, weight);
    }
  }

  /// Removes a pattern or a rule.
  ///
  /// @param pattern the words of a pattern, or the name of a rule
  /// @param category the one that it is taken out of; empty for all
  record Remove(String pattern, String category) implements PatternEdit {}

  /// Adds rules.
  ///
  /// @param text of the rules
  /// @param file what messages call it
  record AddRules(String text, String file) implements PatternEdit {}
}
