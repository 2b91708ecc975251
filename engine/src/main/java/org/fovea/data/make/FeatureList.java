package org.fovea.data.make;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The features of one method, as `role:value`, each once.
final class FeatureList {

  private final Set<String> features = new LinkedHashSet<>();

  /// An empty list.
  FeatureList() {}

  /// A list that begins with all of another.
  FeatureList(FeatureList other) {
    features.addAll(other.features);
  }

  void add(String role, String value) {
    features.add(role + ":" + value);
  }

  /// Adds the words of a text.
  void words(String role, String text) {
    Words.split(text, word -> add(role + " word", word));
  }

  /// Adds a type by its name and by the words of its simple name.
  void type(String role, String name) {
    add(role + " type", name);
    if (name.indexOf('.') >= 0) {
      words(role, TypeNames.simple(name));
    }
  }

  List<String> toList() {
    return List.copyOf(features);
  }
}
