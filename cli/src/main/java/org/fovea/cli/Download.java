package org.fovea.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;

/// Loads a file from the network, keeps it if it has the right digest, and otherwise leaves nothing
/// behind.
///
/// @param address where the file is
/// @param file where it goes
/// @param console hears of it
record Download(URI address, Path file, Console console) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BUFFER = 1 << 16;

  /// Loads the file unless it is there already.
  ///
  /// @param digest SHA-256 in hexadecimal digits
  /// @throws CommandException if the server refuses, or what comes has another digest
  void fetch(String digest) {
    String expected = digest.toLowerCase(Locale.ROOT);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      if (Files.isRegularFile(file)) {
        requireDigest(file.toString(), expected, digestOf(file));
        console.say(file + " is there already");
        return;
      }
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        requireDigest(address.toString(), expected, load(part));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: loading failed: %s"
              .formatted(address, Optional.ofNullable(e.getMessage()).orElse(e.toString())),
          e);
    }
  }

  private static void requireDigest(String name, String expected, String found) {
    if (!found.equals(expected)) {
      throw new CommandException(
          "%s: SHA-256 %s was expected, %s came".formatted(name, expected, found));
    }
  }

  /// Writes what the server sends; the digest of it comes back.
  private String load(Path part) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new CommandException(
            "%s: status 200 was expected, %s came".formatted(address, response.statusCode()));
      }
      long length = response.headers().firstValueAsLong("content-length").orElse(-1);
      return save(response.body(), length, part);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(address + ": loading was interrupted", e);
    }
  }

  private String save(InputStream body, long length, Path part) throws IOException {
    MessageDigest digest = sha256();
    AtomicLong loaded = new AtomicLong();
    try (ScheduledExecutorService watch = watch(body, loaded);
        InputStream in = new DigestInputStream(body, digest);
        OutputStream out = Files.newOutputStream(part)) {
      Optional<ProgressBar> bar =
          console.draws()
              ? Optional.of(ProgressDisplay.newBar("loading", length, console))
              : Optional.empty();
      try {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          out.write(buffer, 0, count);
          loaded.addAndGet(count);
          bar.ifPresent(drawn -> drawn.stepTo(loaded.get()));
        }
      } finally {
        bar.ifPresent(ProgressBar::close);
        watch.shutdownNow();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Closes a stream from which nothing has come for a while, so that its reader does not hang.
  private static ScheduledExecutorService watch(InputStream body, AtomicLong loaded) {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fovea-download-watch").factory());
    AtomicLong before = new AtomicLong(-1);
    var _ =
        watch.scheduleWithFixedDelay(
            () -> {
              if (before.getAndSet(loaded.get()) == loaded.get()) {
                try {
                  body.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            },
            PATIENCE.toSeconds(),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
    return watch;
  }

  private static String digestOf(Path path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
