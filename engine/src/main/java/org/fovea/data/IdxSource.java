package org.fovea.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.fovea.MalformedDataException;

/// Images and their labels in the IDX format of the MNIST family.
///
/// Each pixel, a byte, is a feature with the value `byte / 255`; black pixels are left out. Images
/// are numbered row by row, so feature `row * columns + column` is the pixel at that place. Each
/// label is a byte. The labels' file is the one given, or else the one beside the images whose name
/// has `labels` for `images` and `idx1` for `idx3`, packed or not.
///
/// The labels' file is read once to find how many labels there are, unless the options say.
///
/// **Threads** Safe.
///
/// **Source** Y. LeCun, C. Cortes and C. J. C. Burges, *The MNIST database of handwritten digits*,
/// 1998.
public final class IdxSource implements ExampleSource {

  private final Content images;
  private final Content labels;
  private final DataOptions options;
  private final IdxHeader header;
  private final int labelCount;

  private IdxSource(Content images, Content labels, DataOptions options) {
    this.images = images;
    this.labels = labels;
    this.options = options;
    try (ByteInput imageBytes = ByteInput.open(images, options);
        ByteInput labelBytes = ByteInput.open(labels, options)) {
      header = IdxHeader.images(imageBytes, options.maximumEntryCount());
      IdxHeader.labels(labelBytes, header.exampleCount());
      imageBytes.checkLength(header.contentBytes());
      labelBytes.checkLength(8 + header.exampleCount());
      if (options.featureCount().orElse(header.featureCount()) != header.featureCount()) {
        throw new MalformedDataException(
            images.name(),
            8,
            options.featureCount().getAsInt()
                + " pixels were expected, "
                + header.featureCount()
                + " came");
      }
      labelCount =
          options.labelCount().isPresent()
              ? options.labelCount().getAsInt()
              : countLabels(labelBytes);
    }
  }

  /// Reads the headers of the images and of their labels.
  ///
  /// @throws MalformedDataException if they cannot be read, are malformed or do not belong together
  public static IdxSource open(Path images, DataOptions options) {
    return open(Content.of(images), () -> labelsOf(images, options), options);
  }

  static IdxSource open(Content images, Content labels, DataOptions options) {
    return new IdxSource(images, labels, options);
  }

  /// @param labels where the labels are; asked for if the images are images
  static IdxSource open(Content images, Supplier<Path> labels, DataOptions options) {
    try (ByteInput input = ByteInput.open(images, options)) {
      IdxHeader.images(input, options.maximumEntryCount());
    }
    return new IdxSource(images, Content.of(labels.get()), options);
  }

  /// The file of labels that was named, or the one beside the images.
  static Path labelsOf(Path images, DataOptions options) {
    return options.labels().orElseGet(() -> besides(images));
  }

  private static Path besides(Path images) {
    String name = images.getFileName().toString().replace("images", "labels");
    String plain =
        (name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name)
            .replace("idx3", "idx1");
    for (String candidate : new String[] {plain + ".gz", plain}) {
      Path labels = images.resolveSibling(candidate);
      if (!labels.equals(images) && Files.exists(labels)) {
        return labels;
      }
    }
    throw new MalformedDataException(
        images.toString(), 0, "a file of labels beside it, " + plain + ", was expected, none came");
  }

  private static int countLabels(ByteInput input) {
    int largest = -1;
    input.require(1);
    while (!input.atEnd()) {
      while (input.at < input.limit) {
        largest = Math.max(largest, input.bytes[input.at++] & 0xff);
      }
      input.require(1);
    }
    return largest + 1;
  }

  @Override
  public String name() {
    return images.name();
  }

  @Override
  public int featureCount() {
    return header.featureCount();
  }

  @Override
  public int labelCount() {
    return labelCount;
  }

  @Override
  public ExampleReader open() {
    ByteInput imageBytes = ByteInput.open(images, options);
    try {
      ByteInput labelBytes = ByteInput.open(labels, options);
      try {
        if (!IdxHeader.images(imageBytes, options.maximumEntryCount()).equals(header)) {
          throw new MalformedDataException(
              images.name(), 0, "the header as it was before was expected, another came");
        }
        IdxHeader.labels(labelBytes, header.exampleCount());
        return new IdxReader(imageBytes, labelBytes, header, labelCount);
      } catch (RuntimeException | Error e) {
        labelBytes.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      imageBytes.close();
      throw e;
    }
  }
}
