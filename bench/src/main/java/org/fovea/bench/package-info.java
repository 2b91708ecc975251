/// What the machine and Fovea can do, measured.
///
/// [MachineCeiling] says how fast one core is at best; `kernel` holds the JMH benchmarks of the
/// kernels. The machines that measure are often shared, so figures are CPU time.
///
/// Start reading at [MachineCeiling].
@NullMarked
package org.fovea.bench;

import org.jspecify.annotations.NullMarked;
