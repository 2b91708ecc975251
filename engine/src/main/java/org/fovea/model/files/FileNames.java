package org.fovea.model.files;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which names a file of a model may have: names that stay in its directory on every system.
final class FileNames {

  /// The file that describes a model.
  static final String MANIFEST = "model.json";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");
  private static final Set<String> TAKEN = Set.of(MANIFEST, "checkpoints");

  private FileNames() {}

  /// What is wrong with a name; empty if nothing is.
  static String problem(String name) {
    if (!ALLOWED.matcher(name).matches()) {
      return "a file name has 1 to 128 of A-Z a-z 0-9 . _ - and begins with a letter or a digit,"
          + " not "
          + quoted(name);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.endsWith(".") || DEVICE.matcher(lower).matches()) {
      return "the file name " + quoted(name) + " means something else on Windows";
    }
    if (TAKEN.contains(lower)) {
      return "the file name " + quoted(name) + " is taken";
    }
    return "";
  }

  /// The name with a number before its extension: `weights.safetensors`, `weights-2.safetensors`.
  static String numbered(String name, int number) {
    if (number == 1) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 ? name.length() : dot;
    return name.substring(0, end) + "-" + number + name.substring(end);
  }

  private static String quoted(String name) {
    return '"' + (name.length() <= 140 ? name : name.substring(0, 140) + "...") + '"';
  }
}
