package org.fovea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a run end in order when the process is asked to end: by Ctrl-C, `kill`, or a shutdown.
///
/// The virtual machine exits when its hooks have returned, so the hook asks the run to stop and
/// waits until it has.
///
/// **Threads** the hook runs on a thread of its own.
final class StopSignal implements AutoCloseable {

  /// Longest time that writing a checkpoint may take; a checkpoint that is cut off does no harm.
  private static final long MINUTES = 15;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  private StopSignal(Runnable requestStop, String what, Console console) {
    this.hook =
        Thread.ofPlatform().name("fovea-stop").unstarted(() -> stop(requestStop, what, console));
  }

  /// Watches until it is closed.
  ///
  /// @param what happens when the process is asked to end, for the user
  static StopSignal watch(Runnable requestStop, String what, Console console) {
    StopSignal signal = new StopSignal(requestStop, what, console);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /// Whether the process was asked to end: then much of Java cannot be begun any more, pictures for
  /// one.
  boolean isAsked() {
    return asked;
  }

  private void stop(Runnable requestStop, String what, Console console) {
    asked = true;
    console.say(what);
    requestStop.run();
    try {
      if (!ended.await(MINUTES, TimeUnit.MINUTES)) {
        console.warn("stopping took longer than %s minutes and was cut off".formatted(MINUTES));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says that the run has ended.
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending: the hook is what let us come this far.
    }
  }
}
