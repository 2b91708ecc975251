package org.fovea.data.make;

import java.nio.file.Path;
import java.util.Optional;

/// What a maker made.
///
/// @param train the training examples
/// @param test the test examples
/// @param names the names of labels and features, if they have names
/// @param trainCount how many training examples
/// @param testCount how many test examples
/// @param featureCount how many features
/// @param labelCount how many labels
public record Made(
    Path train,
    Path test,
    Optional<Path> names,
    long trainCount,
    long testCount,
    int featureCount,
    int labelCount) {}
