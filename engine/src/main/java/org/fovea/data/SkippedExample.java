package org.fovea.data;

/// A malformed example that was left out.
///
/// @param example its position in the data set, where those that were left out count too
/// @param error where it is and what is wrong with it: what would have been thrown
public record SkippedExample(long example, String error) {}
