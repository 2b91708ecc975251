package org.fovea.model.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.fovea.MalformedDataException;
import org.fovea.model.json.SpecFormatException;
import org.fovea.model.json.SpecJson;
import org.fovea.model.tensor.SafetensorsFile;
import tools.jackson.databind.JsonNode;

/// A model or a checkpoint on disk, verified and open for reading.
///
/// Opening reads every byte and holds it to the checksums of `model.json`; afterwards the files
/// stay open, so that what was verified is what is read, even if a writer replaces the model
/// meanwhile.
///
/// **Errors** [MalformedDataException] naming file and offset for whatever is damaged, missing or
/// outside the directory; [ModelStoreException] if there is no model or one of a newer format;
/// `UncheckedIOException` when reading fails.
///
/// **Threads** confined to one thread at a time; verification uses several.
///
/// **Cost** one pass over the files; memory for `model.json` alone.
public final class ModelDirectory implements Closeable {

  /// Ending of the names of files of tensors.
  public static final String TENSOR_SUFFIX = ".safetensors";

  /// How often a model that is replaced while it is being opened is opened again.
  private static final int ATTEMPTS = 5;

  private static final int MAX_TEXT_BYTES = 1 << 30;

  private final Path directory;
  private final Manifest manifest;
  private final SequencedMap<String, StoredFile> files;

  private ModelDirectory(
      Path directory, Manifest manifest, SequencedMap<String, StoredFile> files) {
    this.directory = directory;
    this.manifest = manifest;
    this.files = files;
  }

  /// Opens and verifies a model.
  public static ModelDirectory open(Path directory) {
    try {
      for (int attempt = 1; ; attempt++) {
        byte[] text = readManifest(directory);
        Manifest manifest = Manifest.parse(text, directory.resolve(FileNames.MANIFEST).toString());
        try {
          return open(directory, manifest);
        } catch (MalformedDataException e) {
          if (attempt == ATTEMPTS || Arrays.equals(text, readManifest(directory))) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw IoFailure.explained(directory.toString(), e, "it cannot be read");
    }
  }

  private static ModelDirectory open(Path directory, Manifest manifest) throws IOException {
    ModelDirectory model = new ModelDirectory(directory, manifest, new LinkedHashMap<>());
    try {
      for (FileEntry entry : manifest.files()) {
        FileChannel channel = ConfinedFiles.open(directory, entry.file());
        String path = directory.resolve(entry.file()).toString();
        model.files.put(entry.name(), new StoredFile(entry, path, channel));
      }
      Verification.verify(List.copyOf(model.files.values()));
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /// The list of files that a directory's `model.json` has, without reading them; nothing if there
  /// is no `model.json`.
  static Optional<Manifest> findManifest(Path directory) throws IOException {
    Path path = directory.resolve(FileNames.MANIFEST);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(Manifest.parse(readManifest(directory), path.toString()));
  }

  private static byte[] readManifest(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new ModelStoreException(directory + ": there is no such model directory");
    }
    Path path = directory.resolve(FileNames.MANIFEST);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      boolean begun = Files.isDirectory(directory.resolve(CheckpointStore.DIRECTORY));
      throw new ModelStoreException(
          "%s: there is no finished model, model.json is missing%s"
              .formatted(directory, begun ? "; its training can be resumed" : ""));
    }
    try (FileChannel channel = ConfinedFiles.open(directory, FileNames.MANIFEST)) {
      long length = channel.size();
      if (length > Manifest.MAX_BYTES) {
        throw new MalformedDataException(
            path.toString(),
            Manifest.MAX_BYTES,
            "the file has %s bytes, more than %s".formatted(length, Manifest.MAX_BYTES));
      }
      ByteBuffer text = ByteBuffer.allocate((int) length);
      int count = 0;
      while (text.hasRemaining() && count >= 0) {
        count = channel.read(text, text.position());
      }
      return Arrays.copyOf(text.array(), text.position());
    }
  }

  /// Where the model is.
  public Path directory() {
    return directory;
  }

  /// Version of Fovea that wrote the model.
  public String engineVersion() {
    return manifest.engineVersion();
  }

  /// Names of the files, as they were given when the model was written.
  public SequencedSet<String> files() {
    return Collections.unmodifiableSequencedSet(files.sequencedKeySet());
  }

  /// A section of `model.json`.
  ///
  /// @throws MalformedDataException if it is missing
  public JsonNode section(String name) {
    return findSection(name)
        .orElseThrow(() ->
            new MalformedDataException(
                directory.resolve(FileNames.MANIFEST).toString(),
                0,
                "the section " + name + " is missing"));
  }

  /// A section of `model.json`, if it is there.
  public Optional<JsonNode> findSection(String name) {
    return Optional.ofNullable(manifest.sections().get(name));
  }

  /// A section that is a spec, if it is there.
  ///
  /// @param type the declared type: a record or the sealed interface of a family
  /// @throws MalformedDataException naming the key, if it is none
  public <T> Optional<T> findSection(String name, Class<T> type) {
    try {
      return findSection(name).map(tree -> SpecJson.read(tree, type));
    } catch (SpecFormatException e) {
      throw new MalformedDataException(
              directory.resolve(FileNames.MANIFEST).toString(), 0, name + ": " + e.getMessage())
          .because(e);
    }
  }

  /// Opens a file of tensors. It closes with the model.
  ///
  /// @throws MalformedDataException if the model has no such file or it is not in the format
  public SafetensorsFile tensors(String name) {
    StoredFile file = file(name);
    return SafetensorsFile.open(file.channel(), file.path());
  }

  /// Reads a file from its beginning. The stream is unbuffered and ends with the model.
  ///
  /// @throws MalformedDataException if the model has no such file
  public InputStream stream(String name) {
    return file(name).stream();
  }

  /// Where a file is on disk, for readers that take a path: its name there may differ from its name
  /// in the model. What they find is what was verified unless a writer has replaced the model
  /// since; [#stream] and [#text] are sure.
  ///
  /// @throws MalformedDataException if the model has no such file
  public Path path(String name) {
    return directory.resolve(file(name).entry().file());
  }

  /// A small file as a text in UTF-8.
  ///
  /// @throws MalformedDataException if the model has no such file, or it is not such a text
  public String text(String name) {
    StoredFile file = file(name);
    if (file.entry().length() > MAX_TEXT_BYTES) {
      throw new MalformedDataException(
          file.path(), MAX_TEXT_BYTES, "the file is too long to be read as one text");
    }
    try (InputStream stream = file.stream()) {
      ByteBuffer bytes = ByteBuffer.wrap(stream.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      MalformedDataException malformed =
          new MalformedDataException(file.path(), 0, "the file is not a text in UTF-8");
      malformed.initCause(e);
      throw malformed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  private StoredFile file(String name) {
    StoredFile file = files.get(name);
    if (file == null) {
      throw new MalformedDataException(
          directory.resolve(FileNames.MANIFEST).toString(), 0, "the model has no file " + name);
    }
    return file;
  }

  @Override
  public void close() {
    try {
      for (StoredFile file : files.values()) {
        file.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
