package org.fovea.model.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.FoveaException;

/// Verifies the files of a model, several at a time.
final class Verification {

  private Verification() {}

  /// Verifies all files; of several damaged ones, the first in the list is reported.
  static void verify(List<StoredFile> files) throws IOException {
    int threads = Math.min(files.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      for (StoredFile file : files) {
        file.verify();
      }
      return;
    }
    try (ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("fovea-verify-", 0).factory())) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (StoredFile file : files) {
        Callable<Boolean> task =
            () -> {
              file.verify();
              return true;
            };
        results.add(executor.submit(task));
      }
      for (Future<Boolean> result : results) {
        await(result, executor);
      }
    }
  }

  private static void await(Future<Boolean> result, ExecutorService executor) throws IOException {
    try {
      result.get();
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the model was verified", e);
    } catch (ExecutionException e) {
      executor.shutdownNow();
      switch (e.getCause()) {
        case FoveaException damaged -> throw damaged;
        case IOException failure -> throw failure;
        case UncheckedIOException failure -> throw failure;
        case null, default -> throw new AssertionError("verification failed", e.getCause());
      }
    }
  }
}
