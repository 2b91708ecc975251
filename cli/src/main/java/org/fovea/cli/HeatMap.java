package org.fovea.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.fovea.model.DataReading;

/// Numbers of pixels as a picture: dark for none, bright for much.
///
/// @param side pixels of a side of the images
/// @param values by pixel, not negative
record HeatMap(int side, double[] values) {

  private static final int SHOWN = 280;

  /// The map of numbers of features, if these are pixels of square images. Of colours the numbers
  /// are added.
  static Optional<HeatMap> of(DataReading.Format format, double[] features) {
    int planes = format == DataReading.Format.CIFAR ? 3 : 1;
    int pixels = features.length / planes;
    int side = (int) Math.round(Math.sqrt(pixels));
    boolean images = format == DataReading.Format.IDX || format == DataReading.Format.CIFAR;
    if (!images || side * side * planes != features.length) {
      return Optional.empty();
    }
    double[] values = new double[pixels];
    for (int feature = 0; feature < features.length; feature++) {
      values[feature % pixels] += features[feature];
    }
    return Optional.of(new HeatMap(side, values));
  }

  /// The largest value.
  double most() {
    double most = 0;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /// The picture, as a `data:` address.
  String address() {
    return address(SHOWN, most());
  }

  /// The picture among others, as a `data:` address.
  ///
  /// @param size of the picture, about
  /// @param most what is brightest in all of them
  String address(int size, double most) {
    int scale = Math.max(1, size / side);
    BufferedImage image = new BufferedImage(side * scale, side * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side * scale; y++) {
      for (int x = 0; x < side * scale; x++) {
        double value = values[y / scale * side + x / scale];
        image.setRGB(x, y, colour(most == 0 ? 0 : value / most));
      }
    }
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be drawn: " + e.getMessage(), e);
    }
  }

  /// From black over violet and orange to white.
  private static int colour(double share) {
    int red = channel(1.6 * share);
    int green = channel(1.6 * share - 0.6);
    int blue =
        channel(
            share < 0.4
                ? 1.2 * share
                : share < 0.7 ? 0.5 * (0.7 - share) / 0.3 : (share - 0.7) / 0.3);
    return red << 16 | green << 8 | blue;
  }

  private static int channel(double share) {
    return (int) Math.round(255 * Math.clamp(share, 0, 1));
  }
}
