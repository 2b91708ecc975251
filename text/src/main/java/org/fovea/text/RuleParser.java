package org.fovea.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fovea.MalformedDataException;
import org.fovea.text.RuleLexer.Kind;

/// Reads rules:
///
/// ```
/// rule    = name [ ":" category [ "*" weight ] ] "=" or
/// or      = and { "or" and }
/// and     = not { "and" not }
/// not     = { "not" } item
/// item    = text | name | "last" "(" name ")" | "(" or ")"
///         | number "of" "(" weighted ")"
///         | "sum" "(" weighted ")" ">" number
///         | "near" "(" number ":" or { "," or } ")"
///         | "before" "(" number ":" or { "," or } ")"
/// weighted = [ number "*" ] not { "," [ number "*" ] not }
/// ```
///
/// A rule ends with its line, unless a parenthesis is open. **Errors** [MalformedDataException]
/// with file, line and column.
final class RuleParser {

  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "not", "of", "near", "before", "sum", "last");
  private static final int DEEPEST = 256;
  private static final int MOST_DISTANCE = 10_000;

  private final RuleLexer lexer;
  private int open;
  private int depth;

  RuleParser(String text, String file) {
    lexer = new RuleLexer(text, file);
  }

  /// All rules of the text.
  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    while (true) {
      while (lexer.kind() == Kind.LINE) {
        lexer.next();
      }
      if (lexer.kind() == Kind.END) {
        return rules;
      }
      rules.add(rule());
      if (lexer.kind() != Kind.LINE && lexer.kind() != Kind.END) {
        throw expected("and, or, or the end of the line");
      }
    }
  }

  private Rule rule() {
    Place place = lexer.place();
    String name = name("the name of a rule");
    String category = "";
    float weight = 1;
    if (lexer.isSign(':')) {
      lexer.next();
      category = name("the name of a category");
      if (lexer.isSign('*')) {
        lexer.next();
        Place at = lexer.place();
        weight = number();
        if (!(weight > 0)) {
          throw at.malformed("a weight in a category is positive, but " + weight + " came");
        }
      }
    }
    sign('=');
    return new Rule(name, category, weight, or(), place);
  }

  private String name(String what) {
    boolean quoted = lexer.kind() == Kind.TEXT;
    if ((lexer.kind() != Kind.NAME && !quoted) || isKeyword()) {
      throw expected(what);
    }
    String name = lexer.value().strip();
    if (name.isEmpty() || name.indexOf('\t') >= 0) {
      throw expected(what);
    }
    advance();
    return name;
  }

  private boolean isKeyword() {
    return KEYWORDS.contains(lexer.value()) && lexer.isName(lexer.value());
  }

  private Expression or() {
    List<Expression> parts = new ArrayList<>(List.of(and()));
    while (lexer.isName("or")) {
      advance();
      parts.add(and());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Or(List.copyOf(parts));
  }

  private Expression and() {
    List<Expression> parts = new ArrayList<>(List.of(not()));
    while (lexer.isName("and")) {
      advance();
      parts.add(not());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.And(List.copyOf(parts));
  }

  private Expression not() {
    boolean negated = false;
    while (lexer.isName("not")) {
      advance();
      negated = !negated;
    }
    return negated ? new Expression.Not(item()) : item();
  }

  private Expression item() {
    if (++depth > DEEPEST) {
      throw lexer.place().malformed("at most %s levels were expected".formatted(DEEPEST));
    }
    try {
      return switch (lexer.kind()) {
        case TEXT -> {
          Expression phrase = new Expression.Phrase(lexer.value(), lexer.place());
          advance();
          yield phrase;
        }
        case NUMBER -> atLeast();
        case NAME -> named();
        case SIGN -> {
          open();
          Expression inner = or();
          close();
          yield inner;
        }
        default -> throw expected("a text in quotes or a name");
      };
    } finally {
      depth--;
    }
  }

  private Expression named() {
    Place place = lexer.place();
    if (lexer.isName("near")) {
      advance();
      open();
      int distance = distance();
      Expression near = new Expression.Near(distance, list(place), place);
      close();
      return near;
    }
    if (lexer.isName("before")) {
      advance();
      open();
      int gap = distance();
      Expression before = new Expression.Before(gap, list(place), place);
      close();
      return before;
    }
    if (lexer.isName("sum")) {
      advance();
      open();
      List<Expression.Weighted> parts = weighted();
      close();
      sign('>');
      return new Expression.Sum(parts, number());
    }
    if (lexer.isName("last")) {
      advance();
      open();
      Expression last = new Expression.Reference(name("a rule or a category"), true, place);
      close();
      return last;
    }
    return new Expression.Reference(name("a text in quotes or a name"), false, place);
  }

  private Expression atLeast() {
    Place place = lexer.place();
    float needed = number();
    if (!lexer.isName("of")) {
      throw expected("of");
    }
    advance();
    open();
    List<Expression.Weighted> parts = weighted();
    close();
    boolean whole = needed == Math.rint(needed);
    for (Expression.Weighted part : parts) {
      whole &= part.weight() == Math.rint(part.weight());
    }
    if (!whole || needed < 1 || needed > 1e6) {
      throw place.malformed(
          "whole numbers were expected, the first at least 1; for others there is sum(...) >"
              + " limit");
    }
    return new Expression.AtLeast((int) needed, parts);
  }

  private List<Expression.Weighted> weighted() {
    List<Expression.Weighted> parts = new ArrayList<>();
    do {
      if (!parts.isEmpty()) {
        advance();
      }
      float weight = 1;
      if (lexer.kind() == Kind.NUMBER) {
        weight = number();
        if (lexer.isName("of")) {
          throw lexer.place().malformed("* was expected, 'of' came: put a nested count in ( )");
        }
        sign('*');
      }
      parts.add(new Expression.Weighted(weight, not()));
    } while (lexer.isSign(','));
    return List.copyOf(parts);
  }

  private int distance() {
    Place place = lexer.place();
    float distance = number();
    if (!(distance >= 0 && distance <= MOST_DISTANCE) || distance != Math.rint(distance)) {
      throw place.malformed("a number of words from 0 to %s was expected".formatted(MOST_DISTANCE));
    }
    sign(':');
    return (int) distance;
  }

  private List<Expression> list(Place place) {
    List<Expression> parts = new ArrayList<>(List.of(or()));
    while (lexer.isSign(',')) {
      advance();
      parts.add(or());
    }
    if (parts.size() < 2) {
      throw place.malformed("two or more things, separated by commas, were expected");
    }
    return List.copyOf(parts);
  }

  private float number() {
    if (lexer.kind() != Kind.NUMBER) {
      throw expected("a number");
    }
    float value;
    try {
      value = Float.parseFloat(lexer.value());
    } catch (NumberFormatException e) {
      throw lexer
          .place()
          .malformed("a number was expected, " + lexer.described() + " came")
          .because(e);
    }
    if (!Float.isFinite(value)) {
      throw expected("a finite number");
    }
    advance();
    return value;
  }

  private void open() {
    sign('(');
    open++;
    skipLines();
  }

  private void close() {
    if (!lexer.isSign(')')) {
      throw expected(")");
    }
    open--;
    advance();
  }

  private void sign(char sign) {
    if (!lexer.isSign(sign)) {
      throw expected(String.valueOf(sign));
    }
    advance();
  }

  private void advance() {
    lexer.next();
    skipLines();
  }

  private void skipLines() {
    while (open > 0 && lexer.kind() == Kind.LINE) {
      lexer.next();
    }
  }

  private MalformedDataException expected(String what) {
    return lexer.place().malformed("%s was expected, %s came".formatted(what, lexer.described()));
  }
}
