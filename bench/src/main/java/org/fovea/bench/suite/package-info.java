/// The suites of end-to-end measurements, and what they share: data, networks, a training loop.
///
/// Each suite answers one question of BENCHMARKS.md: how fast ([SpeedSuite]), what hashing is worth
/// ([SelectionSuite], [HiddenSuite]), how cost grows ([GrowthSuite], [MemorySuite]), what threads
/// bring ([ThreadsSuite]), how good the models are ([QualitySuite]), how long one row takes
/// ([LatencySuite]), and whether a killed run loses anything ([CrashSuite]).
///
/// **Threads** confined.
///
/// Start reading at [Suites].
@NullMarked
package org.fovea.bench.suite;

import org.jspecify.annotations.NullMarked;
