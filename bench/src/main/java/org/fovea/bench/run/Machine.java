package org.fovea.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// What the measurements run on, and its counters.
public final class Machine {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

  private Machine() {}

  /// The processor, cores, memory, system and JDK, as columns of a row.
  public static SequencedMap<String, Object> describe() {
    SequencedMap<String, Object> machine = new LinkedHashMap<>();
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("memory GB", Math.round(SYSTEM.getTotalMemorySize() / 1e9));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("jdk", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
    return machine;
  }

  private static String processor() {
    return line("/proc/cpuinfo", "model name");
  }

  /// CPU seconds of this process so far: user and system, all threads.
  public static double cpuSeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  /// Processes that want a core, averaged over a minute; negative if not known.
  public static double load() {
    return SYSTEM.getSystemLoadAverage();
  }

  /// Bytes that all threads, ended ones too, have allocated so far.
  public static long allocatedBytes() {
    return THREADS.getTotalThreadAllocatedBytes();
  }

  /// Bytes of heap that are in use after a collection.
  public static long usedBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /// The most memory that this process has had resident, in megabytes; not-a-number if not known.
  public static double peakResidentMegabytes() {
    String value = line("/proc/self/status", "VmHWM").toLowerCase(Locale.ROOT);
    return value.endsWith(" kb")
        ? Double.parseDouble(value.substring(0, value.length() - 3).strip()) / 1000
        : Double.NaN;
  }

  /// CPU seconds of child processes that have ended; not-a-number if not known.
  public static double childCpuSeconds() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static String line(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
