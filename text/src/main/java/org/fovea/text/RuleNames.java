package org.fovea.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What rules may refer to: other rules of the same text, and rules and categories that are there
/// already.
///
/// A thing is either *located*, at places in the text, or about the whole document.
///
/// **Threads** confined.
final class RuleNames {

  /// A neuron that rules can read.
  ///
  /// @param located whether it is active at places, and not once for the document
  record Known(int neuron, boolean located) {}

  private static final int CLOSE = 3;
  private static final int DEEPEST = 500;

  private final Map<String, Known> rules = new HashMap<>();
  private final Map<String, Known> categories = new HashMap<>();
  private final SequencedMap<String, Rule> fresh = new LinkedHashMap<>();
  private final Map<String, Boolean> located = new HashMap<>();
  private final List<String> path = new ArrayList<>();

  RuleNames() {}

  void addRule(String name, Known known) {
    rules.put(name, known);
  }

  void addCategory(String name, Known known) {
    categories.put(name, known);
  }

  /// Adds rules that are to be compiled.
  ///
  /// @throws org.fovea.MalformedDataException if a name is taken
  void addFresh(List<Rule> added) {
    for (Rule rule : added) {
      Rule before = fresh.putIfAbsent(rule.name(), rule);
      if (before != null) {
        throw rule.place()
            .malformed(
                "a rule '%s' is there already, in %s, line %s"
                    .formatted(rule.name(), before.place().file(), before.place().line()));
      }
      if (rules.containsKey(rule.name())) {
        throw rule.place()
            .malformed("a rule '%s' is there already: remove it first".formatted(rule.name()));
      }
    }
  }

  /// Finds what a reference means.
  ///
  /// @throws org.fovea.MalformedDataException if it means nothing or two things
  Known resolve(Expression.Reference reference) {
    Optional<Known> rule = Optional.ofNullable(rules.get(reference.name()));
    Optional<Known> category = Optional.ofNullable(categories.get(reference.name()));
    if (rule.isPresent() && category.isPresent()) {
      throw reference
          .place()
          .malformed(
              "both a rule and a category are called '%s': rename one".formatted(reference.name()));
    }
    return rule.or(() -> category).orElseThrow(() -> unknown(reference));
  }

  private RuntimeException unknown(Expression.Reference reference) {
    String name = reference.name();
    String nearest = "";
    int least = CLOSE;
    List<String> names = new ArrayList<>(rules.keySet());
    names.addAll(categories.keySet());
    for (String known : names) {
      int distance = distance(name, known);
      if (distance < least) {
        least = distance;
        nearest = known;
      }
    }
    String help =
        nearest.isEmpty() ? "words of the text stand in quotes" : "did you mean " + nearest + "?";
    return reference
        .place()
        .malformed("no rule and no category is called '%s'; %s".formatted(name, help));
  }

  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) >= CLOSE) {
      return CLOSE;
    }
    int[] last = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] next = new int[other.length() + 1];
      next[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(changed, 1 + Math.min(last[j], next[j - 1]));
      }
      last = next;
    }
    return last[other.length()];
  }

  /// Whether an expression has places.
  ///
  /// @throws org.fovea.MalformedDataException if rules read each other in a circle without `last`
  boolean isLocated(Expression expression) {
    return switch (expression) {
      case Expression.Phrase _, Expression.Near _, Expression.Before _ -> true;
      case Expression.And _, Expression.Not _, Expression.AtLeast _, Expression.Sum _ -> false;
      case Expression.Or or -> or.parts().stream().allMatch(this::isLocated);
      case Expression.Reference reference -> {
        Rule rule = fresh.get(reference.name());
        yield rule == null ? resolve(reference).located() : isLocated(rule, reference);
      }
    };
  }

  /// Whether a rule has places.
  boolean isLocated(Rule rule) {
    Boolean known = located.get(rule.name());
    if (known != null) {
      return known;
    }
    path.add(rule.name());
    boolean result = isLocated(rule.expression());
    path.removeLast();
    located.put(rule.name(), result);
    return result;
  }

  private boolean isLocated(Rule rule, Expression.Reference reference) {
    if (path.size() == DEEPEST) {
      throw tooDeep(reference.place());
    }
    return path.contains(rule.name()) || isLocated(rule);
  }

  private static RuntimeException tooDeep(Place place) {
    return place.malformed("at most %s rules that read one another".formatted(DEEPEST));
  }

  /// Checks that no rule reads itself, directly or through others, but through `last`.
  ///
  /// @throws org.fovea.MalformedDataException naming the circle
  void requireNoCircles() {
    Map<String, Boolean> done = new HashMap<>();
    for (Rule rule : fresh.values()) {
      visit(rule, done, new ArrayList<>());
    }
  }

  private void visit(Rule rule, Map<String, Boolean> done, List<String> open) {
    if (done.containsKey(rule.name())) {
      return;
    }
    int from = open.indexOf(rule.name());
    if (from >= 0) {
      throw rule.place()
          .malformed(
              "rules read each other in a circle without last(...): %s reads %s"
                  .formatted(String.join(" reads ", open.subList(from, open.size())), rule.name()));
    }
    if (open.size() == DEEPEST) {
      throw tooDeep(rule.place());
    }
    open.add(rule.name());
    for (Expression.Reference reference : references(rule.expression())) {
      Rule read = fresh.get(reference.name());
      if (!reference.last() && read != null && !categories.containsKey(reference.name())) {
        visit(read, done, open);
      }
      if (!reference.last() && categories.containsKey(reference.name())) {
        for (Rule member : fresh.values()) {
          if (member.category().equals(reference.name())) {
            visit(member, done, open);
          }
        }
      }
    }
    open.removeLast();
    done.put(rule.name(), true);
  }

  private static List<Expression.Reference> references(Expression expression) {
    return expression instanceof Expression.Reference reference
        ? List.of(reference)
        : RulePhrases.parts(expression).stream()
            .flatMap(part -> references(part).stream())
            .toList();
  }
}
