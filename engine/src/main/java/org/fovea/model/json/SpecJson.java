package org.fovea.model.json;

import tools.jackson.databind.JsonNode;

/// Specs as JSON trees, by their declared types.
///
/// | Java | JSON |
/// |---|---|
/// | record | object; keys are the components' names in kebab-case |
/// | member of a sealed family | `{"kind": {...}}`; `"kind"` if it has no components |
/// | enum | its constant in kebab-case |
/// | `int`, `long`, `float`, `double`, `boolean`, `String` | number, boolean, text |
/// | `List` | list |
/// | `Optional` | the value, or `null` |
///
/// The kind of a member is the kebab-case of its simple name: `TopK` is `top-k`. Writing writes
/// every key. Reading also takes camelCase, and lets keys be missing: they take the value that they
/// have in `static X defaults()` of the record `X`, or nothing if they are `Optional`; otherwise a
/// missing key is an error. So `"lsh"` alone is `{"lsh": {}}`. A floating-point number may also be
/// a text of digits, because YAML takes `1e-3` for one.
///
/// **Errors** [SpecFormatException] with the path of the key: for a wrong type, a missing or
/// unknown key (with the nearest known one), and for what a compact constructor refuses.
///
/// **Threads** safe. **Cost** reflection: for files, not for loops.
public final class SpecJson {

  private SpecJson() {}

  /// A spec as a tree.
  ///
  /// @param type the declared type: a record or the sealed interface of a family
  /// @throws IllegalArgumentException if a number is not finite
  public static <T> JsonNode write(T spec, Class<T> type) {
    return SpecWriter.write(spec, type, "");
  }

  /// The spec that a tree describes.
  ///
  /// @param type the declared type: a record or the sealed interface of a family
  /// @throws SpecFormatException if it describes none
  public static <T> T read(JsonNode tree, Class<T> type) {
    return type.cast(SpecReader.read(tree, type, ""));
  }

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String child(String path, int index) {
    return path + "[" + index + "]";
  }
}
