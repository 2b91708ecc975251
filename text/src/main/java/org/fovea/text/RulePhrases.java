package org.fovea.text;

import java.util.List;

/// The texts that a rule looks for.
final class RulePhrases {

  private RulePhrases() {}

  /// All texts in an expression, in order.
  static List<Expression.Phrase> of(Expression expression) {
    return switch (expression) {
      case Expression.Phrase phrase -> List.of(phrase);
      default -> parts(expression).stream().flatMap(part -> of(part).stream()).toList();
    };
  }

  /// What an expression is made of.
  static List<Expression> parts(Expression expression) {
    return switch (expression) {
      case Expression.Phrase _, Expression.Reference _ -> List.of();
      case Expression.Not(Expression part) -> List.of(part);
      case Expression.And(List<Expression> parts) -> parts;
      case Expression.Or(List<Expression> parts) -> parts;
      case Expression.Near(_, List<Expression> parts, _) -> parts;
      case Expression.Before(_, List<Expression> parts, _) -> parts;
      case Expression.AtLeast(_, List<Expression.Weighted> parts) ->
          parts.stream().map(Expression.Weighted::part).toList();
      case Expression.Sum(List<Expression.Weighted> parts, _) ->
          parts.stream().map(Expression.Weighted::part).toList();
    };
  }
}
