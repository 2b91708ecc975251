package org.fovea.text;

/// Texts in JSON.
final class JsonText {

  private JsonText() {}

  /// Appends a text in quotes, with what must be escaped escaped.
  static void append(String text, ByteRows to) {
    StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '"' || letter == '\\') {
        escaped.append('\\').append(letter);
      } else if (letter < ' ' || letter == '\u007f') {
        escaped.append("\\u%04x".formatted((int) letter));
      } else {
        escaped.append(letter);
      }
    }
    to.append(escaped.append('"').toString());
  }
}
