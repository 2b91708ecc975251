package org.fovea.topology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.fovea.MalformedDataException;
import org.fovea.kernel.SparsePattern;

/// Connections from a text file, one a line: input and neuron, separated by blanks.
final class EdgeList {

  private EdgeList() {}

  /// Reads the connections of a layer.
  ///
  /// @throws MalformedDataException with the line, for what is no connection of the layer or comes
  ///   twice
  static SparsePattern read(Path file, int inputs, int neurons) {
    long[] places = new long[1024];
    int size = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && text.charAt(0) != '#') {
          if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
          }
          places[size++] = place(file, number, text, inputs, neurons);
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Arrays.sort(places, 0, size);
    SparsePattern.Builder builder = new SparsePattern.Builder(neurons, inputs, size);
    for (int i = 0; i < size; i++) {
      int neuron = (int) (places[i] / inputs);
      int input = (int) (places[i] % inputs);
      if (i > 0 && places[i] == places[i - 1]) {
        throw malformed(
            file,
            repetition(file, places[i], inputs, neurons),
            "the connection from input %s to neuron %s comes twice".formatted(input, neuron));
      }
      builder.add(neuron, input);
    }
    return builder.build();
  }

  /// The line in which a place comes for the second time.
  private static int repetition(Path file, long place, int inputs, int neurons) {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      boolean seen = false;
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = line.strip();
        boolean isPlace = !text.isEmpty() && text.charAt(0) != '#';
        if (isPlace && place(file, number, text, inputs, neurons) == place) {
          if (seen) {
            return number;
          }
          seen = true;
        }
      }
      return number;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UncheckedIOException unreadable(Path file, IOException e) {
    String why = e instanceof NoSuchFileException ? "there is no such file" : e.toString();
    return new UncheckedIOException("%s: the edge list cannot be read: %s".formatted(file, why), e);
  }

  private static long place(Path file, int number, String text, int inputs, int neurons) {
    String[] parts = text.split("\\s+", -1);
    if (parts.length != 2) {
      throw malformed(file, number, "expected an input and a neuron, got '%s'".formatted(text));
    }
    int input = id(file, number, parts[0], "input", inputs);
    int neuron = id(file, number, parts[1], "neuron", neurons);
    return (long) neuron * inputs + input;
  }

  private static int id(Path file, int number, String text, String what, int count) {
    int id;
    try {
      id = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw malformed(file, number, "expected a number for the %s, got '%s'".formatted(what, text))
          .because(e);
    }
    if (id < 0 || id >= count) {
      throw malformed(
          file, number, "%s %s is not one of the layer's %s".formatted(what, id, count));
    }
    return id;
  }

  private static MalformedDataException malformed(Path file, int number, String reason) {
    return new MalformedDataException(file.toString(), number, 1, reason);
  }
}
