package org.fovea.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.MalformedDataException;

/// Writes a whole model into an empty directory, forces it to disk, reads it again and verifies it.
///
/// @param storage where to
/// @param directory exists and is empty
record ModelWriter(Storage storage, Path directory) {

  /// Writes everything.
  ///
  /// @param storedNames what each file is called on disk, by its name in the model
  Manifest write(ModelContents contents, Map<String, String> storedNames) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    for (Map.Entry<String, FileContent> file : contents.files().entrySet()) {
      String stored = storedNames.getOrDefault(file.getKey(), file.getKey());
      entries.add(writeFile(file.getKey(), stored, file.getValue()));
    }
    Manifest manifest =
        new Manifest(
            Manifest.runningVersion(),
            new LinkedHashMap<>(contents.sections()),
            List.copyOf(entries));
    byte[] text = manifest.format();
    if (text.length > Manifest.MAX_BYTES) {
      throw new IllegalArgumentException(
          "the sections of the model take %s bytes, more than %s"
              .formatted(text.length, Manifest.MAX_BYTES));
    }
    writeBytes(FileNames.MANIFEST, text);
    storage.forceDirectory(directory);
    verify(manifest);
    return manifest;
  }

  /// Writes and forces a small file.
  void writeBytes(String name, byte[] bytes) throws IOException {
    try (Storage.Output output = storage.create(directory.resolve(name))) {
      output.write(ByteBuffer.wrap(bytes));
      output.force();
    }
  }

  private FileEntry writeFile(String name, String stored, FileContent content) throws IOException {
    try (Storage.Output output = storage.create(directory.resolve(stored))) {
      DigestingStream stream = new DigestingStream(output);
      content.writeTo(stream);
      output.force();
      return stream.entry(name, stored);
    }
  }

  /// Reads back what was written and holds it to the checksums taken while it was.
  private void verify(Manifest written) {
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      if (!model.manifest().files().equals(written.files())) {
        throw new MalformedDataException(
            directory.resolve(FileNames.MANIFEST).toString(),
            0,
            "the file does not say what was written to it");
      }
      for (String name : model.files()) {
        if (name.endsWith(ModelDirectory.TENSOR_SUFFIX)) {
          model.tensors(name);
        }
      }
    }
  }
}
