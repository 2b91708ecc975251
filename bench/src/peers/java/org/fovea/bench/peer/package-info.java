/// Peers that come as libraries: libtorch through DJL, Lucene Monitor.
///
/// Compiled in the profile `peers` only. Each measurement is a process of its own with a `main`
/// here; nothing else refers to these classes.
///
/// **Threads** confined.
///
/// Start reading at [TorchMain] or [MonitorMain].
@NullMarked
package org.fovea.bench.peer;

import org.jspecify.annotations.NullMarked;
