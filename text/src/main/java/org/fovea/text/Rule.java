package org.fovea.text;

/// A named expression.
///
/// @param name unique among the rules
/// @param category what it is in; empty for none
/// @param weight its weight in the category
/// @param expression what it says
/// @param place of its name
record Rule(String name, String category, float weight, Expression expression, Place place) {}
