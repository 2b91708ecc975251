/// A small house full of mistakes: `ArchitectureTest` must find every one of them, and nothing in
/// the classes named `Innocent`.
@NullMarked
package org.fovea.planted;

import org.jspecify.annotations.NullMarked;
