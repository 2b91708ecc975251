/// Mistakes that a class of `spec` could make.
@NullMarked
package org.fovea.planted.spec;

import org.jspecify.annotations.NullMarked;
