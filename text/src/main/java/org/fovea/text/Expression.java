package org.fovea.text;

import java.util.List;

/// What a rule says, as a tree.
sealed interface Expression {

  /// Words in a row.
  record Phrase(String text, Place place) implements Expression {}

  /// A rule or a category.
  ///
  /// @param last whether its value of the round before is meant
  record Reference(String name, boolean last, Place place) implements Expression {}

  /// All of them; fuzzy: the sum of the values, less their number, plus one.
  record And(List<Expression> parts) implements Expression {}

  /// One of them; fuzzy: the sum of the values, at most one.
  record Or(List<Expression> parts) implements Expression {}

  /// One, less the value.
  record Not(Expression part) implements Expression {}

  /// An expression and what it counts.
  record Weighted(float weight, Expression part) {}

  /// At least a number of them.
  record AtLeast(int needed, List<Weighted> parts) implements Expression {}

  /// A weighted sum, as far as it is above a threshold.
  record Sum(List<Weighted> parts, float threshold) implements Expression {}

  /// Each begins at most some words before or after the one before it.
  record Near(int distance, List<Expression> parts, Place place) implements Expression {}

  /// Each begins at most some words after the end of the one before it.
  record Before(int gap, List<Expression> parts, Place place) implements Expression {}
}
