package org.fovea.data.make;

import java.util.List;

/// What is known of one method: an example before it has ids.
///
/// @param name the class, name and descriptor: unlike all others
/// @param kind the name, descriptor and calls: alike for copies of the same code
/// @param features what its own text says, each once
/// @param calls the methods that it calls, sorted, each once
record MethodFacts(String name, String kind, List<String> features, List<String> calls) {}
