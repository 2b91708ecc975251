package org.fovea.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Processor time of the whole process: user and system, compilation and garbage collection
/// included.
final class ProcessorTime {

  private ProcessorTime() {}

  /// In seconds.
  static double seconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
