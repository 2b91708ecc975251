package org.fovea.text;

/// A network that was built onto pages.
///
/// @param facts what `model.json` says about it
/// @param synapses their number
/// @param bytes of its pages
public record BuiltNetwork(NetworkFacts facts, long synapses, long bytes) {}
