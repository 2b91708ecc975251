/// What tests of every package share: one random seed for the whole run, and random data.
///
/// Start reading at [Seeds].
@NullMarked
package org.fovea.testkit;

import org.jspecify.annotations.NullMarked;
