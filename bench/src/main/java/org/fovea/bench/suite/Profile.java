package org.fovea.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// Where the time goes, by the flight recorder of the JVM: which method of Fovea was running at
/// each sample.
///
/// **Threads** confined; samples those that train.
final class Profile implements AutoCloseable {

  private static final int SHOWN = 20;

  private final Recording recording;

  private Profile(Recording recording) {
    this.recording = recording;
  }

  /// Begins to record.
  static Profile start() {
    Recording recording = new Recording();
    recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
    recording.start();
    return new Profile(recording);
  }

  /// Ends recording.
  ///
  /// @return methods with their share of the samples of workers, the most frequent first
  List<Map<String, Object>> stop(Path folder) throws IOException {
    recording.stop();
    Path file = Files.createTempFile(folder, "profile", ".jfr");
    try {
      recording.dump(file);
      return count(file);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Map<String, Object>> count(Path file) throws IOException {
    Map<String, Integer> samples = new HashMap<>();
    int total = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        RecordedStackTrace stack = event.getStackTrace();
        if (stack != null && isWorker(event)) {
          samples.merge(own(stack), 1, Integer::sum);
          total++;
        }
      }
    }
    List<Map<String, Object>> shares = new ArrayList<>();
    for (Map.Entry<String, Integer> entry :
        samples.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(SHOWN)
            .toList()) {
      shares.add(Map.of("method", entry.getKey(), "share", (double) entry.getValue() / total));
    }
    return shares;
  }

  private static boolean isWorker(RecordedEvent event) {
    return event.getThread("sampledThread") != null
        && String.valueOf(event.getThread("sampledThread").getJavaName()).contains("worker");
  }

  /// The topmost frame that is Fovea's: what the JDK does counts for who asked for it.
  private static String own(RecordedStackTrace stack) {
    for (RecordedFrame frame : stack.getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("org.fovea.")) {
        return type.substring("org.fovea.".length()) + "." + frame.getMethod().getName();
      }
    }
    return "elsewhere";
  }

  @Override
  public void close() {
    recording.close();
  }
}
