package org.fovea.data.make;

import java.util.ArrayList;
import java.util.List;

/// The features of one method, as `role:value`.
///
/// Words of names also become a feature without a role (`word:list`), so that what is learnt of a
/// word in a class name helps where it is in a parameter's type.
final class FeatureList {

  private final List<String> features = new ArrayList<>();

  void add(String role, String value) {
    features.add(role + ":" + value);
  }

  /// Adds the words of a text, in this role and without one.
  void words(String role, String text) {
    Words.split(
        text,
        word -> {
          features.add(role + " word:" + word);
          features.add("word:" + word);
        });
  }

  /// Adds a type by its name and by the words of its simple name.
  void type(String role, String name) {
    features.add(role + " type:" + name);
    if (name.indexOf('.') >= 0) {
      words(role, TypeNames.simple(name));
    }
  }

  List<String> toList() {
    return features;
  }
}
