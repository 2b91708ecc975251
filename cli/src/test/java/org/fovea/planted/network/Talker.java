package org.fovea.planted.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.fovea.planted.spec.UpwardSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prints, exits, sleeps, guesses, reads clocks, parses JSON and reads objects.
@SuppressWarnings({"BanSerializableRead", "CatchAndPrintStackTrace", "ThreadSleepMillis"})
public final class Talker {

  private @Nullable UpwardSpec spec;

  void closesTheCycle(UpwardSpec upward) {
    this.spec = upward;
  }

  @Nullable UpwardSpec spec() {
    return spec;
  }

  void prints() {
    System.out.println("here I am");
  }

  void complains() {
    System.err.println("there you are");
  }

  void printsStack(IOException failure) {
    failure.printStackTrace();
  }

  void exits() {
    System.exit(1);
  }

  void halts() {
    Runtime.getRuntime().halt(1);
  }

  void sleeps() throws InterruptedException {
    Thread.sleep(1);
  }

  int drawsUnseeded() {
    return new Random().nextInt();
  }

  double drawsFromMath() {
    return Math.random();
  }

  int drawsFromThread() {
    return ThreadLocalRandom.current().nextInt();
  }

  long readsClock() {
    return System.currentTimeMillis();
  }

  Instant readsInstant() {
    return Instant.now();
  }

  JsonNode parsesJson(String text) {
    return JsonMapper.shared().readTree(text);
  }

  Object readsObject(InputStream in) throws IOException, ClassNotFoundException {
    try (ObjectInputStream objects = new ObjectInputStream(in)) {
      return objects.readObject();
    }
  }

  void writesObject(OutputStream out, Object value) throws IOException {
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(value);
    }
  }
}
