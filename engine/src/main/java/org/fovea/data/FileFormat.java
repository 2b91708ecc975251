package org.fovea.data;

import java.util.List;
import java.util.Optional;

/// Formats of files that begin with bytes of their own and that nobody here reads, and what
/// messages call them.
///
/// @param name for people
/// @param beginning the first bytes, as characters of one byte
record FileFormat(String name, String beginning) {

  private static final List<FileFormat> KNOWN =
      List.of(
          new FileFormat("xz", "\u00fd7zXZ\0"),
          new FileFormat("bzip2", "BZh"),
          new FileFormat("Zstandard", "(\u00b5/\u00fd"),
          new FileFormat("LZ4", "\u0004\"M\u0018"),
          new FileFormat("7z", "7z\u00bc\u00af'\u001c"),
          new FileFormat("RAR", "Rar!\u001a"),
          new FileFormat("compress (.Z)", "\u001f\u009d"),
          new FileFormat("lzip", "LZIP\u0001"),
          new FileFormat("Parquet", "PAR1\u0015"),
          new FileFormat("Arrow", "ARROW1\0"),
          new FileFormat("HDF5", "\u0089HDF"),
          new FileFormat("NumPy", "\u0093NUMPY"),
          new FileFormat("SQLite", "SQLite f"),
          new FileFormat("PNG", "\u0089PNG"),
          new FileFormat("JPEG", "\u00ff\u00d8\u00ff"),
          new FileFormat("PDF", "%PDF-"),
          new FileFormat("an old Excel file", "\u00d0\u00cf\u0011\u00e0"),
          new FileFormat("text in UTF-16", "\u00ff\u00fe"),
          new FileFormat("text in UTF-16", "\u00fe\u00ff"));

  /// The format of a file that begins with some bytes.
  static Optional<FileFormat> of(byte[] first) {
    return KNOWN.stream().filter(format -> begins(first, format.beginning)).findFirst();
  }

  /// Whether bytes begin with those of a text, one for each character.
  static boolean begins(byte[] first, String text) {
    boolean same = first.length >= text.length();
    for (int i = 0; i < text.length() && same; i++) {
      same = (first[i] & 0xff) == text.charAt(i);
    }
    return same;
  }

  /// Whether two bytes could be the beginning of something that is no text.
  static boolean mayBegin(byte one, byte two) {
    return KNOWN.stream()
        .anyMatch(format -> begins(new byte[] {one, two}, format.beginning.substring(0, 2)));
  }
}
