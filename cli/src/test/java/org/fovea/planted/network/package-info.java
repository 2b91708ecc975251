/// Mistakes that a class of `network` could make.
@NullMarked
package org.fovea.planted.network;

import org.jspecify.annotations.NullMarked;
