package org.fovea.selection.lsh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;

/// Adds the neurons that share hash buckets with the input.
///
/// All rows are in `tables` hash tables. A query, which is an example's input or all those of a
/// batch, is hashed by the same functions, and what its buckets hold becomes the active set as the
/// `Retrieval` says. When training, random neurons may be added behind.
///
/// Corrections, with a padding that corrects: a neuron that the buckets held is there for certain,
/// so its correction is log 1 = 0; any other, required ones included, has the log of the
/// probability that the padding would have drawn it. Without such padding all are 0.
///
/// Tables follow the weights at the rounds of `Rehash`. [#refresh] leaves what a new selector over
/// the same weights would hold, bit for bit.
///
/// **Threads** as [Selector] says. Hash functions and tables are published together through one
/// release of a field, contents of tables as [Buckets] says.
///
/// **Source** Spring and Shrivastava, KDD 2017, arXiv:1602.08194, algorithm 1; SLIDE, MLSys 2020,
/// arXiv:1903.03129. **Differs** only changed rows are hashed again where asked; the limits cut by
/// collisions or by order of meeting; random padding is corrected for.
public final class LshSelector implements Selector {

  private static final VarHandle INDEX;

  static {
    try {
      INDEX = MethodHandles.lookup().findVarHandle(LshSelector.class, "index", LshIndex.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// One query in this many is kept for measuring recall.
  private static final int KEEP_EVERY = 16;

  private final Selection.Lsh spec;
  private final HashedRows rows;
  private final Optional<Selector> padding;
  private final boolean correcting;
  private final LshOptions options;
  private final Maintenance maintenance;
  private final RecentQueries recent;

  /// Written through [#INDEX].
  @SuppressWarnings("FieldCanBeFinal")
  private LshIndex index;

  private volatile QueryBudget budget;

  /// A selector with all rows in its tables.
  ///
  /// @param padding adds random neurons when training; its corrections count if the spec's padding
  ///   has them
  /// @throws IllegalArgumentException if the spec's padding and `padding` do not agree, or the hash
  ///   family does not take the number of hashes
  public LshSelector(
      Selection.Lsh spec, HashedRows rows, Optional<Selector> padding, LshOptions options) {
    if (spec.padding().isPresent() != padding.isPresent()) {
      throw new IllegalArgumentException(
          "padding must be given if and only if the spec asks for it");
    }
    this.spec = spec;
    this.rows = rows;
    this.padding = padding;
    this.correcting = spec.padding().isPresent() && spec.padding().get().correction();
    this.options = options;
    Hasher hasher = Hashers.create(spec, rows, options.seed());
    this.budget = new QueryBudget(hasher.probes(0), spec.retrieval().limit());
    this.index =
        LshIndex.build(hasher, rows.count(), spec.bucket(), options.seed(), options.team());
    this.recent = new RecentQueries(rows.inputs());
    this.maintenance = new Maintenance(this, spec.rehash(), options);
  }

  /// What this selector was asked for.
  public Selection.Lsh spec() {
    return spec;
  }

  /// The present index.
  LshIndex index() {
    return (LshIndex) INDEX.getAcquire(this);
  }

  HashedRows rows() {
    return rows;
  }

  /// Sets how much predictions look up from now on.
  public void budget(QueryBudget budget) {
    this.budget = budget;
  }

  /// How much predictions look up: at first one probe, or what the clusters ask for, and the limit
  /// of the retrieval.
  public QueryBudget budget() {
    return budget;
  }

  /// Working memory: 4 bytes a neuron and what queries need.
  private static final class Working implements Scratch {
    private final HashScratch hashing = new HashScratch();
    private final Retriever retriever;
    private final Optional<Scratch> padding;
    private long work;
    private int turn;

    Working(int rows, Optional<Scratch> padding) {
      this.retriever = new Retriever(rows);
      this.padding = padding;
    }
  }

  @Override
  public Scratch newScratch() {
    return new Working(rows.count(), padding.map(Selector::newScratch));
  }

  @Override
  public boolean shared() {
    return spec.sharing() == Sharing.BATCH;
  }

  @Override
  public int limit() {
    long found = Math.max(spec.retrieval().limit(), budget.limit());
    long drawn = padding.isPresent() ? padding.get().limit() : 0;
    return (int) Math.min(rows.count(), found + drawn);
  }

  @Override
  public void select(
      Block inputs,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    Working own = (Working) scratch;
    LshIndex index = index();
    Hasher hasher = index.hasher();
    QueryBudget budget = this.budget;
    int probes = hasher.probes(training ? 0 : budget.probes());
    hasher.hashQueries(inputs, from, to, probes, own.hashing);
    retrieve(
        index, to - from, probes, training ? spec.retrieval().limit() : budget.limit(), set, own);
    own.work = own.retriever.entriesMet() + (to - from) * hasher.work(inputs.columns());
    if (training && own.turn++ % KEEP_EVERY == 0) {
      recent.keep(inputs, from);
    }
    if (training && padding.isPresent()) {
      int size = set.size();
      padding.get().select(inputs, from, to, set, own.padding.orElseThrow(), random, true);
      correct(set, size, own);
    }
  }

  @Override
  public void selectSparse(
      int[] indices,
      float[] values,
      int from,
      int to,
      ActiveSet set,
      Scratch scratch,
      RandomGenerator random,
      boolean training) {
    Working own = (Working) scratch;
    LshIndex index = index();
    Hasher hasher = index.hasher();
    QueryBudget budget = this.budget;
    int probes = hasher.probes(training ? 0 : budget.probes());
    hasher.hashSparse(indices, values, from, to, probes, own.hashing);
    retrieve(index, 1, probes, training ? spec.retrieval().limit() : budget.limit(), set, own);
    own.work = own.retriever.entriesMet() + hasher.work(to - from);
    if (training && padding.isPresent()) {
      int size = set.size();
      padding
          .get()
          .selectSparse(indices, values, from, to, set, own.padding.orElseThrow(), random, true);
      correct(set, size, own);
    }
  }

  private void retrieve(
      LshIndex index, int examples, int probes, int limit, ActiveSet set, Working own) {
    own.retriever.query(index.tables(), own.hashing.addresses(), examples, probes);
    own.retriever.retrieve(spec.retrieval(), limit, set);
  }

  /// Takes back the padding's corrections of members that the buckets held.
  private void correct(ActiveSet set, int sizeBeforePadding, Working own) {
    if (!correcting) {
      return;
    }
    float[] corrections = set.corrections();
    for (int place = 0; place < set.requiredCount(); place++) {
      if (own.retriever.requiredMet(place)) {
        corrections[place] = 0f;
      }
    }
    for (int place = set.requiredCount(); place < sizeBeforePadding; place++) {
      corrections[place] = 0f;
    }
  }

  @Override
  public void rowsChanged(int[] rows, int from, int to) {
    maintenance.changed().mark(rows, from, to);
  }

  @Override
  public void maintain(long batch) {
    maintenance.maintain(batch);
  }

  @Override
  public void refresh() {
    maintenance.refresh();
  }

  /// Adds what training would retrieve for the queries `inputs[from, to)`.
  void find(Block inputs, int from, int to, ActiveSet set, Scratch scratch) {
    Working own = (Working) scratch;
    LshIndex index = index();
    int probes = index.hasher().probes(0);
    index.hasher().hashQueries(inputs, from, to, probes, own.hashing);
    retrieve(index, to - from, probes, spec.retrieval().limit(), set, own);
  }

  /// Measures loads and staleness, and recall if there are queries.
  ///
  /// **Cost** with queries, all net inputs of each: some at a time, not in every batch.
  ///
  /// @param queries inputs of the layer, one a row; may be empty
  /// @param depth number of best neurons that a query should retrieve
  public SelectionHealth health(Block queries, int depth) {
    return maintenance.health(queries, depth);
  }

  /// Sets what is an alarm from now on; an alarm has the tables built again.
  public void thresholds(SelectionHealth.Thresholds thresholds) {
    maintenance.thresholds(thresholds);
  }

  /// What was measured when the tables were last brought up to date, or empty before the first
  /// time.
  public Optional<SelectionHealth> latestHealth() {
    return maintenance.latestHealth();
  }

  /// Queries of the latest batches; empty when the layer's input is sparse.
  Block recentQueries() {
    return recent.copy();
  }

  /// Number of alarms so far.
  public long alarms() {
    return maintenance.alarms();
  }

  /// Hashes all rows again, and learns the hash functions that are learned.
  void rebuild(Team team) {
    INDEX.setRelease(this, index.rebuilt(spec.bucket(), options.seed(), team));
  }

  /// Bytes that the tables take.
  public long bytes() {
    return index().bytes();
  }

  @Override
  public long work(Scratch scratch) {
    return ((Working) scratch).work;
  }

  @Override
  public void close() {
    maintenance.close();
    padding.ifPresent(Selector::close);
  }
}
