package org.fovea.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The categories of a network: their names and their neurons.
///
/// **Threads** confined while categories are added, then safe.
final class CategoryTable {

  private final List<String> names = new ArrayList<>();
  private final List<byte[]> encoded = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Ints neurons = new Ints();

  CategoryTable() {}

  /// A copy that categories can be added to.
  CategoryTable(CategoryTable other) {
    for (int category = 0; category < other.size(); category++) {
      add(other.name(category), other.neuron(category));
    }
  }

  int size() {
    return names.size();
  }

  Optional<Integer> find(String name) {
    return Optional.ofNullable(numbers.get(name));
  }

  int add(String name, int neuron) {
    int number = names.size();
    names.add(name);
    encoded.add(name.getBytes(StandardCharsets.UTF_8));
    numbers.put(name, number);
    neurons.add(neuron);
    return number;
  }

  void setNeuron(int category, int neuron) {
    neurons.values[category] = neuron;
  }

  String name(int category) {
    return names.get(category);
  }

  /// The name in UTF-8; not to be changed.
  byte[] bytes(int category) {
    return encoded.get(category);
  }

  int neuron(int category) {
    return neurons.values[category];
  }

  List<String> names() {
    return List.copyOf(names);
  }

  int[] neurons() {
    return neurons.toArray();
  }
}
