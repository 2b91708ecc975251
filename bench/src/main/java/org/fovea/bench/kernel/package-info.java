/// JMH benchmarks of the kernels, each scalar and with vectors.
///
/// ```shell
/// java --add-modules jdk.incubator.vector -cp 'bench/target/fovea-bench/lib/*' org.openjdk.jmh.Main \
///     'bench.kernel' -prof gc -prof org.fovea.bench.CpuTimeProfiler
/// ```
///
/// `docs/kernels.md` keeps the results. Start reading at [ProductBenchmark].
@NullMarked
package org.fovea.bench.kernel;

import org.jspecify.annotations.NullMarked;
