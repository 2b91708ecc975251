package org.fovea.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.data.Examples;
import org.fovea.kernel.RowMatrix;
import org.fovea.kernel.SparsePattern;
import org.fovea.model.NetworkFiles;
import org.fovea.model.Predecessor;
import org.fovea.model.files.ModelDirectory;
import org.fovea.network.DirectConnections;
import org.fovea.network.DirectRates;
import org.fovea.network.InputWeights;
import org.fovea.network.NeighbourLabels;
import org.fovea.network.Network;
import org.fovea.network.NeuronLayer;
import org.fovea.network.SuspendedRows;
import org.fovea.network.Team;
import org.fovea.selection.Selectors;
import org.fovea.selection.lsh.HashedRows;
import org.fovea.selection.lsh.LshOptions;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.spec.TrainSpec;
import org.fovea.topology.Evolvers;
import org.fovea.topology.Timetable;
import org.fovea.topology.Topologies;
import org.fovea.training.optimizer.Updaters;

/// Makes a network for a data set: learns the weighting of its input, finds the direct connections,
/// draws or computes the first weights, and gives its layers what selects their neurons.
///
/// **Cost** a few passes over the data.
public final class Preparation {

  /// Length of a label's row that starts at a centroid.
  private static final double CENTROID_LENGTH = 1;

  /// From this many features on, standardization is only for dense examples: those that have at
  /// least a share of them.
  private static final int WIDE = 10_000;

  private static final double DENSE = 0.05;

  private final NetworkSpec spec;
  private final TrainSpec training;
  private final Examples examples;
  private final Updaters updaters;
  private final Optional<SuspendedRows.Opener> rows;
  private Optional<FeatureStatistics> counted = Optional.empty();

  /// @param examples training data
  public Preparation(NetworkSpec spec, TrainSpec training, Examples examples, Updaters updaters) {
    this(spec, training, examples, updaters, Optional.empty());
  }

  /// @param examples training data
  /// @param rows opens where rows of labels are that are not in memory, if not all are
  Preparation(
      NetworkSpec spec,
      TrainSpec training,
      Examples examples,
      Updaters updaters,
      Optional<SuspendedRows.Opener> rows) {
    this.rows = rows;
    this.spec = spec;
    this.training = training;
    this.examples = examples;
    this.updaters = updaters;
  }

  /// A network that is ready to be trained.
  public Network prepare() {
    InputWeights weights = inputWeights();
    Network network = newNetwork(weights, direct(), Topologies.draw(spec, training.seed()));
    boolean whole = false;
    try {
      initialize(network, weights);
      whole = true;
      return network;
    } finally {
      if (!whole) {
        network.close();
      }
    }
  }

  private Network newNetwork(
      InputWeights weights, DirectConnections direct, List<SparsePattern> patterns) {
    return rows.isPresent()
        ? new Network(spec, weights, direct, patterns, neighbours(), updaters, rows.get())
        : new Network(spec, weights, direct, patterns, neighbours(), updaters);
  }

  private void initialize(Network network, InputWeights weights) {
    network.initialize(training.seed(), FeatureStatistics.squaredLength(examples, weights));
    initializeBiases(network);
    setDirectRates(network);
    addHiddenSelectors(network, true);
    initializeCentroids(network, 0);
    addOutputSelector(network);
    addEvolver(network);
  }

  /// Starts rows of labels at centroids, if they are to.
  ///
  /// @param from the first of them; the others are in place
  private void initializeCentroids(Network network, int from) {
    if (spec.output().initialization() == OutputSpec.Initialization.CENTROIDS
        && spec.outputInputs() > 0
        && spec.output().sparse().isEmpty()
        && from < spec.output().labels()) {
      Centroids.initialize(network, examples, CENTROID_LENGTH, from);
    }
  }

  private InputWeights inputWeights() {
    int features = spec.input().features();
    InputSpec.Weighting weighting = spec.input().weighting();
    if (!InputWeights.usesMeans(weighting)) {
      FeatureStatistics counts = featureCounts();
      return InputWeights.learn(weighting, counts.frequencies(), counts.examples());
    }
    double present = examples.summary().featuresPerExample();
    if (features > WIDE && present < DENSE * features) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s: standardization gives every example all %,d features, of which it has %.0f: choose another weighting of the input",
              examples.summary().name(),
              features,
              present));
    }
    return FeatureStatistics.standard(examples, features);
  }

  /// A network as it was when a checkpoint was written.
  public Network resume(ModelDirectory checkpoint) {
    Network network =
        NetworkFiles.read(
            checkpoint,
            spec,
            new NetworkFiles.Parts(neighbours(), updaters, rows),
            NetworkFiles.Purpose.RESUME,
            (float) training.directInitial());
    setDirectRates(network);
    addHiddenSelectors(network, false);
    addOutputSelector(network);
    addEvolver(network);
    return network;
  }

  /// A network that begins with the parameters of a model, and with the optimizer's state if that
  /// is there ([Predecessor#stateOf]). Features and labels that the model does not have start as in
  /// a new network.
  ///
  /// Sparse layers take over neurons, which pruning may have made fewer, and connections; how they
  /// go on is as this spec says.
  ///
  /// @throws TrainingException if the model is of another shape, or has more features or labels
  public Network warmStart(Predecessor model) {
    NetworkSpec theirs = model.info().network();
    NetworkSpec shaped =
        spec.shapedAs(theirs)
            .orElseThrow(() ->
                new TrainingException(
                    "%s: the model to start from has another shape: %s features %s, hidden %s, %s labels"
                        .formatted(
                            model.path(),
                            theirs.input().features(),
                            theirs.input().weighting(),
                            theirs.hidden(),
                            theirs.output().labels())));
    return new Preparation(shaped, training, examples, updaters, rows).growFrom(model);
  }

  private Network growFrom(Predecessor model) {
    boolean keepsState = model.stateOf(training.optimizer()).isPresent();
    InputWeights weights = model.inputWeights();
    int features = model.info().network().input().features();
    if (features < spec.input().features()) {
      weights = weights.and(inputWeights());
    }
    DirectConnections direct =
        model.direct((float) training.directInitial(), keepsState).and(direct());
    Network network = newNetwork(weights, direct, grownPatterns(model));
    boolean whole = false;
    try {
      network.initialize(
          training.seed(),
          FeatureStatistics.squaredLength(examples, weights),
          model.rows(network.output().neurons(), keepsState));
      initializeBiases(network);
      model.fill(network, keepsState);
      setDirectRates(network);
      addHiddenSelectors(network, false);
      initializeCentroids(network, model.info().network().output().labels());
      addOutputSelector(network);
      addEvolver(network);
      whole = true;
      return network;
    } finally {
      if (!whole) {
        network.close();
      }
    }
  }

  /// Connections of a model, and those of a new network for features and labels that it lacks.
  private List<SparsePattern> grownPatterns(Predecessor model) {
    List<SparsePattern> patterns = model.patterns();
    boolean grows =
        model.info().network().input().features() < spec.input().features()
            || model.info().network().output().labels() < spec.output().labels();
    if (!grows || patterns.isEmpty()) {
      return patterns;
    }
    List<SparsePattern> drawn = Topologies.draw(spec, training.seed());
    return IntStream.range(0, patterns.size())
        .mapToObj(i -> patterns.get(i).within(drawn.get(i)))
        .toList();
  }

  private DirectConnections direct() {
    return switch (spec.output().direct()) {
      case Direct.None _ -> DirectConnections.none(spec.output().labels());
      case Direct.CoOccurring pairs ->
          new CoOccurrences(examples, spec.output().labels(), pairs)
              .connect((float) training.directInitial());
    };
  }

  private void setDirectRates(Network network) {
    if (spec.output().direct() instanceof Direct.CoOccurring pairs && pairs.rarity() > 0) {
      FeatureStatistics counts = featureCounts();
      DirectRates rates =
          DirectRates.byRarity(
              counts.frequencies(), frequencies(), counts.examples(), pairs.rarity());
      network.output().direct().learnAt(rates);
    }
  }

  /// Counts the features the first time.
  private FeatureStatistics featureCounts() {
    FeatureStatistics counts =
        counted.orElseGet(() -> FeatureStatistics.count(examples, spec.input().features()));
    counted = Optional.of(counts);
    return counts;
  }

  private Optional<NeighbourLabels> neighbours() {
    return spec.output().neighbours() == 0
        ? Optional.empty()
        : Optional.of(
            new NeighbourSampler(examples, spec.input().features()).sample(training.seed()));
  }

  /// A label starts with the log of its share of the examples, or its log odds: what the loss would
  /// make of it without any input.
  private void initializeBiases(Network network) {
    if (spec.output().loss() instanceof Loss.Reconstruction) {
      // the labels are the features, whose mean is unknown
      return;
    }
    RowMatrix bias = network.output().neurons().bias().values();
    double count = examples.summary().exampleCount();
    for (int label = 0; label < bias.rows(); label++) {
      double share = (examples.summary().labelFrequencies().of(label) + 0.5) / (count + 1);
      bias.set(label, 0, (float) Math.log(share));
    }
  }

  private void addEvolver(Network network) {
    long batches = Math.max(1, Math.ceilDiv(examples.summary().exampleCount(), training.batch()));
    Evolvers.create(spec, new Timetable(batches, batches * training.epochs()))
        .ifPresent(network::evolveBy);
  }

  /// Gives hashed hidden layers their tables, from the input upward.
  ///
  /// @param fresh whether their neurons start at examples first; otherwise they are in place
  private void addHiddenSelectors(Network network, boolean fresh) {
    Selectors.selectHidden(
        network,
        training.seed(),
        training.deterministic(),
        (index, layer, neurons) -> {
          if (fresh) {
            Prototypes.initialize(
                network, index, neurons, layer.spread(), examples, training.seed());
          }
        });
  }

  private void addOutputSelector(Network network) {
    Selection selection = spec.output().selection();
    if (!(selection instanceof Selection.All)) {
      NeuronLayer neurons = network.output().neurons();
      long seed = training.seed() + network.hidden().size();
      neurons.selectBy(
          Selectors.create(
              selection,
              HashedRows.of(neurons),
              frequencies(),
              new LshOptions(seed, training.deterministic(), Team.single())));
    }
  }

  private int[] frequencies() {
    int[] frequencies = new int[spec.output().labels()];
    for (int label = 0; label < frequencies.length; label++) {
      frequencies[label] =
          (int) Math.min(Integer.MAX_VALUE, examples.summary().labelFrequencies().of(label));
    }
    return frequencies;
  }
}
