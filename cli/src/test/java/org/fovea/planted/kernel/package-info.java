/// Mistakes that a class of `kernel` could make.
@NullMarked
package org.fovea.planted.kernel;

import org.jspecify.annotations.NullMarked;
