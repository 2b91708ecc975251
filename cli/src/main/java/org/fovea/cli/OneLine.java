package org.fovea.cli;

/// Text from outside as one line that cannot command a terminal.
final class OneLine {

  private OneLine() {}

  /// The text with line ends and other control characters replaced.
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean unsafe = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
          line.appendCodePoint(unsafe ? ' ' : c);
        });
    return line.toString();
  }
}
