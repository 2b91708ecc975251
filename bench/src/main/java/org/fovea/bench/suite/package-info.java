/// The suites of end-to-end measurements, and what they share: data, networks, a training loop.
///
/// Each suite answers one question of BENCHMARKS.md. All of them are listed in [Suites]; how to run
/// them stands in `docs/benchmarks-howto.md`.
///
/// **Threads** confined.
///
/// Start reading at [Suites], then [SpeedSuite].
@NullMarked
package org.fovea.bench.suite;

import org.jspecify.annotations.NullMarked;
