package org.fovea.model.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.fovea.model.json.SpecJson;
import org.fovea.model.tensor.TensorData;
import tools.jackson.databind.JsonNode;

/// What goes into a model directory: sections of `model.json` and files beside it.
///
/// **Threads** confined; do not change it while it is written.
public final class ModelContents {

  private static final Pattern SECTION = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

  /// Leaves room for the number that a name on disk may get.
  private static final int MAX_NAME = 120;

  private final SequencedMap<String, JsonNode> sections = new LinkedHashMap<>();
  private final SequencedMap<String, FileContent> files = new LinkedHashMap<>();

  /// Nothing yet.
  public ModelContents() {}

  /// Adds a section: a key of `model.json`, such as `spec`, `metrics` or `provenance`.
  ///
  /// @throws IllegalArgumentException if the name is not a camelCase word, or taken
  public ModelContents section(String name, JsonNode value) {
    if (!SECTION.matcher(name).matches() || Manifest.OWN_KEYS.contains(name)) {
      throw new IllegalArgumentException(
          "a section has a camelCase name that is not one of %s, not %s"
              .formatted(Manifest.OWN_KEYS, name));
    }
    if (sections.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two sections are named " + name);
    }
    return this;
  }

  /// Adds a section that is a spec.
  ///
  /// @param type the declared type: a record or the sealed interface of a family
  /// @throws IllegalArgumentException as [#section(String, JsonNode)]
  public <T> ModelContents section(String name, T spec, Class<T> type) {
    return section(name, SpecJson.write(spec, type));
  }

  /// Adds a file.
  ///
  /// @throws IllegalArgumentException if the name could leave the directory, or is taken
  public ModelContents file(String name, FileContent content) {
    String problem = FileNames.problem(name);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a file name of %s characters is longer than %s".formatted(name.length(), MAX_NAME));
    }
    for (String other : files.keySet()) {
      if (other.equalsIgnoreCase(name)) {
        throw new IllegalArgumentException("two files are named " + name);
      }
    }
    files.put(name, content);
    return this;
  }

  /// Adds a file of tensors; its name ends in `.safetensors`.
  ///
  /// @throws IllegalArgumentException as [#file], or if the name ends otherwise
  public ModelContents tensors(String name, List<? extends TensorData> tensors) {
    if (!name.endsWith(ModelDirectory.TENSOR_SUFFIX)) {
      throw new IllegalArgumentException(
          "a file of tensors is named *%s, not %s".formatted(ModelDirectory.TENSOR_SUFFIX, name));
    }
    return file(name, FileContent.tensors(tensors));
  }

  Map<String, JsonNode> sections() {
    return Collections.unmodifiableMap(sections);
  }

  Map<String, FileContent> files() {
    return Collections.unmodifiableMap(files);
  }
}
