package org.fovea.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Adds the CPU time of the process to each JMH result, in nanoseconds an operation; compilation
/// and garbage collection count. Where other work shares the machine, wall time says little.
public final class CpuTimeProfiler implements InternalProfiler {

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long start;

  /// A profiler; JMH makes it.
  public CpuTimeProfiler() {}

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long nanos = process.getProcessCpuTime() - start;
    double operations = (double) Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        new ScalarResult("cpu", nanos / operations, "ns/op", AggregationPolicy.AVG),
        new ScalarResult("cpu.best", nanos / operations, "ns/op", AggregationPolicy.MIN));
  }

  @Override
  public String getDescription() {
    return "CPU time of the process per operation";
  }
}
