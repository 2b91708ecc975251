package org.fovea.text;

import org.fovea.event.Neuron;

/// Where neurons of rules go: a network that is built, or an edit of one.
interface Wiring {

  /// Takes an id for a neuron that is described later.
  int reserve();

  /// Describes the neuron of a reserved id.
  void define(int id, Neuron neuron);

  /// Neuron of a word, new or known.
  int word(char[] letters, int length);

  /// Adds a neuron.
  default int add(Neuron neuron) {
    int id = reserve();
    define(id, neuron);
    return id;
  }
}
