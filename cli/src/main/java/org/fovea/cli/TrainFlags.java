package org.fovea.cli;

import java.util.List;
import org.fovea.model.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The options of `train` that a configuration file may also say: a table, of which option, help
/// and key are made.
final class TrainFlags {

  private static final List<Flag> FLAGS =
      List.of(
          text(
              "train", "FILE", "training data: XC text, libsvm, CSV, IDX or CIFAR images; .gz too"),
          text("test", "FILE", "data to report on at the end; decides nothing"),
          text("validation", "FILE", "data for choices; else a tenth of the training data"),
          text("labels", "FILE", "labels of IDX images (default: the file beside them)"),
          text("names", "FILE", "names of labels and features (default: the file beside the data)"),
          text("label", "NAME|NUMBER", "column of the classes in a table (default: found by name)"),
          text("header", "yes|no", "whether the first line of a table names the columns"),
          text(
              "delimiter",
              "MARK",
              "what separates the fields of a table: comma, semicolon, bar, tab or space"),
          text(
              "categorical",
              "NAMES",
              "columns of a table whose values are texts, with commas between (default: found out)"),
          text(
              "weight",
              "NAME|NUMBER",
              "column of a table that says what each row counts for: 2 is twice, 0 is not at all"),
          whole("index-base", "0|1", "number of the first feature in libsvm text"),
          yes("skip-bad", "leave malformed examples out and count them"),
          text("model", "DIR", "where the model and its checkpoints go"),
          text(
              "from",
              "MODEL",
              "go on with a model: its network, its parameters and, while its checkpoints are there,"
                  + " the optimizer's state; labels, and features of text, that it lacks are added"),
          text("warm-start", "MODEL", "the older name of --from"),
          new Flag("hidden", "N[,N...]", Kind.LIST, "neurons of each hidden layer; 0 for none"),
          text("loss", "KIND", "softmax, decoupled-softmax or logistic"),
          text("selection", "KIND", "labels that take part in an example: all, sampled or lsh"),
          text("optimizer", "KIND", "sgd, momentum, adagrad, row-adagrad or adam"),
          whole("epochs", "N", "passes over the training data"),
          whole("batch", "N", "examples in a batch"),
          new Flag("rate", "X", Kind.NUMBER, "learning rate where it is highest"),
          new Flag("seed", "N", Kind.LONG, "seed of every random choice"),
          whole("replicas", "N", "copies of a sparse network that train together"),
          yes("deterministic", "the same bits whatever the number of threads; slower"),
          whole("threads", "N", "threads (default: all processors)"),
          text("memory-budget", "SIZE", "memory for examples, such as 2g; others go to disk"),
          text(
              "resident",
              "WHERE",
              "rows of the labels while training: heap, or suspended (a part of them, see"
                  + " --memory; the others in a scratch file)"),
          text("memory", "SIZE", "heap for rows of labels with --resident suspended (64m)"),
          text("checkpoint-every", "TIME", "such as 10m; with --deterministic a number of batches"),
          text("log", "FILE", "events as JSON lines (default: log.jsonl in the model)"),
          text("curves", "FILE", "loss and measures as PNG (default: curves.png in the model)"));

  private TrainFlags() {}

  private enum Kind {
    TEXT(String.class),
    WHOLE(Integer.class),
    LONG(Long.class),
    NUMBER(Double.class),
    YES(Boolean.class),
    LIST(Integer[].class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }
  }

  /// An option and key.
  private record Flag(String key, String value, Kind kind, String help) {

    String option() {
      return "--" + key;
    }

    OptionSpec spec() {
      OptionSpec.Builder option = OptionSpec.builder(option()).description(help).type(kind.type);
      if (kind == Kind.YES) {
        return option.arity("0").build();
      }
      if (kind == Kind.LIST) {
        option.splitRegex(",");
      }
      return option.arity("1").paramLabel(value).build();
    }
  }

  private static Flag text(String key, String value, String help) {
    return new Flag(key, value, Kind.TEXT, help);
  }

  private static Flag whole(String key, String value, String help) {
    return new Flag(key, value, Kind.WHOLE, help);
  }

  private static Flag yes(String key, String help) {
    return new Flag(key, "", Kind.YES, help);
  }

  /// Adds the options to a command.
  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    FLAGS.forEach(flag -> spec.addOption(flag.spec()));
  }

  /// What was given on the command line, as a configuration file would say it.
  static ObjectNode given(ParseResult parsed) {
    ObjectNode tree = Json.object();
    for (Flag flag : FLAGS) {
      if (!parsed.hasMatchedOption(flag.option())) {
        continue;
      }
      Object value = parsed.matchedOptionValue(flag.option(), new Object());
      switch (value) {
        case String text -> tree.put(flag.key(), text);
        case Integer number -> tree.put(flag.key(), number);
        case Long number -> tree.put(flag.key(), number);
        case Double number -> tree.put(flag.key(), number);
        case Boolean truth -> tree.put(flag.key(), truth);
        case Integer[] numbers -> {
          ArrayNode list = tree.putArray(flag.key());
          for (Integer number : numbers) {
            list.add(number);
          }
        }
        default -> throw new IllegalStateException(flag.key() + " is a " + value.getClass());
      }
    }
    return tree;
  }
}
