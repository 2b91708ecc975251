package org.fovea.event;

import java.util.Map;
import java.util.TreeMap;

/// Activations of a document in a form that can be compared.
final class Places {

  private Places() {}

  /// One activated input.
  record Given(int neuron, int begin, int end, float value) {

    static Given word(int neuron, int position) {
      return new Given(neuron, position, position + 1, 1);
    }
  }

  /// Value of each activation, by `neuron@begin-end`.
  static Map<String, Float> of(Propagation propagation) {
    Map<String, Float> places = new TreeMap<>();
    for (int i = 0; i < propagation.count(); i++) {
      String place = propagation.neuron(i) + "@" + propagation.begin(i) + "-" + propagation.end(i);
      Float before = places.put(place, propagation.value(i));
      if (before != null) {
        throw new AssertionError(place + " is active twice");
      }
    }
    return places;
  }

  /// Runs a document.
  static Map<String, Float> of(Propagation propagation, Iterable<Given> document) {
    propagation.clear();
    for (Given given : document) {
      propagation.add(given.neuron(), given.begin(), given.end(), given.value());
    }
    propagation.run();
    return of(propagation);
  }

  /// Words at positions 0, 1, 2, ...
  static Map<String, Float> ofWords(Propagation propagation, int... words) {
    propagation.clear();
    for (int position = 0; position < words.length; position++) {
      propagation.add(words[position], position, position + 1, 1);
    }
    propagation.run();
    return of(propagation);
  }
}
