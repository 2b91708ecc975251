package org.fovea.model.tensor;

import java.nio.charset.StandardCharsets;

/// How large a header may be.
///
/// @param headerBytes length of the JSON text
/// @param tensors number of tensors
/// @param nameBytes length of a name in UTF-8
record HeaderLimits(int headerBytes, int tensors, int nameBytes) {

  /// The limits of the format.
  static final HeaderLimits STANDARD = new HeaderLimits(16 << 20, 1_000_000, 1024);

  /// What is wrong with a name; empty if nothing is.
  String problem(String name) {
    if (name.isEmpty()) {
      return "a tensor has an empty name";
    }
    if (name.length() > nameBytes || name.getBytes(StandardCharsets.UTF_8).length > nameBytes) {
      return "the name of a tensor is longer than " + nameBytes + " bytes";
    }
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      boolean paired =
          Character.isHighSurrogate(character)
              && index + 1 < name.length()
              && Character.isLowSurrogate(name.charAt(index + 1));
      if (paired) {
        index++;
      } else if (Character.isISOControl(character) || Character.isSurrogate(character)) {
        return "the name of a tensor has the character U+%04X at position %s"
            .formatted((int) character, index);
      }
    }
    return "";
  }
}
