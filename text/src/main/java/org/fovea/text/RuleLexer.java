package org.fovea.text;

/// Cuts rules into tokens: names, numbers, quoted texts, signs and line ends.
///
/// **Threads** confined.
final class RuleLexer {

  /// Kinds of tokens.
  enum Kind {
    /// Letters and digits that begin with a letter, or anything in brackets.
    NAME,
    /// Digits, perhaps with a sign and a point.
    NUMBER,
    /// Text in quotes.
    TEXT,
    /// One of `( ) , : = * >`.
    SIGN,
    /// The end of a line.
    LINE,
    /// The end of the file.
    END
  }

  private static final String SIGNS = "(),:=*>";

  private final String text;
  private final String file;
  private int at;
  private long line = 1;
  private int lineBegin;
  private Kind kind = Kind.LINE;
  private String value = "";
  private Place place;

  /// At the first token.
  RuleLexer(String text, String file) {
    this.text = text;
    this.file = file;
    place = new Place(file, 1, 1);
    next();
  }

  Kind kind() {
    return kind;
  }

  /// The token's text, without quotes or brackets.
  String value() {
    return value;
  }

  /// Where the token begins.
  Place place() {
    return place;
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && value.charAt(0) == sign;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.charAt(at - 1) != ']' && value.equals(name);
  }

  /// The token, for messages.
  String described() {
    return switch (kind) {
      case LINE -> "the end of the line";
      case END -> "the end of the file";
      case TEXT -> "\"" + value + "\"";
      default -> "'" + value + "'";
    };
  }

  /// Goes on to the next token.
  void next() {
    skipBlanks();
    place = new Place(file, line, at - lineBegin + 1L);
    if (at == text.length()) {
      kind = Kind.END;
      value = "";
      return;
    }
    char first = text.charAt(at);
    int begin = at;
    if (first == '\n') {
      kind = Kind.LINE;
      value = "";
      at++;
      line++;
      lineBegin = at;
    } else if (first == '"' || first == '“') {
      enclosed(Kind.TEXT, first == '"' ? '"' : '”');
    } else if (first == '[') {
      enclosed(Kind.NAME, ']');
    } else if (SIGNS.indexOf(first) >= 0) {
      kind = Kind.SIGN;
      at++;
      value = text.substring(begin, at);
    } else if (isDigit(first) || first == '-' || first == '+' || first == '.') {
      kind = Kind.NUMBER;
      do {
        at++;
      } while (at < text.length()
          && (isDigit(text.charAt(at)) || "eE.+-".indexOf(text.charAt(at)) >= 0));
      value = text.substring(begin, at);
    } else if (Character.isLetter(text.codePointAt(at))) {
      kind = Kind.NAME;
      while (at < text.length() && isOfName(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      value = text.substring(begin, at);
    } else {
      String letter = Character.toString(text.codePointAt(at));
      throw place.malformed(
          "a name, a number or a text in quotes was expected, '%s' came".formatted(letter));
    }
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char letter = text.charAt(at);
      if (letter == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (letter == ' ' || letter == '\t' || letter == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private void enclosed(Kind newKind, char close) {
    int begin = ++at;
    while (at < text.length() && text.charAt(at) != close && text.charAt(at) != '\n') {
      at++;
    }
    if (at == text.length() || text.charAt(at) != close) {
      throw place.malformed("a closing %s was expected on the same line".formatted(close));
    }
    kind = newKind;
    value = text.substring(begin, at++);
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static boolean isOfName(int letter) {
    return Character.isLetterOrDigit(letter) || letter == '_' || letter == '-' || letter == '.';
  }
}
