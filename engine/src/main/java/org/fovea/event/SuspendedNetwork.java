package org.fovea.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.fovea.residency.CacheStatistics;
import org.fovea.residency.CachedPage;
import org.fovea.residency.PageCache;
import org.fovea.residency.PageSink;

/// A network whose neurons are on the pages of a store, and in memory only while they are used.
///
/// Neurons, the parts of the lattice that lead to them, and lists of edges lie on pages, those
/// together that are used together; what stays in memory is the trunk of the lattice: where pages
/// begin. [SuspendedPropagation] runs documents; it computes what [EventPropagation] computes.
///
/// ```java
/// try (PageFileWriter file = PageFileWriter.create(path, SuspendedNetwork.FORMAT)) {
///   SuspendedNetwork.write(network, PageSink.of(file), SuspendedNetwork.PAGE_BYTES);
/// }
/// NeuronStore store = NeuronStores.open(path, SuspendedNetwork.FORMAT);
/// SuspendedNetwork suspended = SuspendedNetwork.open(store, 256L << 20, 1_000);
/// ```
///
/// **Threads** safe; any number of propagations share one. **Cost** in memory: the budget, what the
/// documents at hand need beyond it, 8 bytes a page, some 20 an input.
public final class SuspendedNetwork implements Neurons, AutoCloseable {

  /// What the pages hold.
  public static final PageFormat FORMAT = new PageFormat("event-network", 1);

  /// Length of pages for most uses: shorter ones fit more of what is hot into a budget, longer ones
  /// need fewer reads.
  public static final int PAGE_BYTES = 4_096;

  private final StoredTrunk stored;
  private final CheckedPages checked;
  private final PageCache<NeuronPage> cache;

  private SuspendedNetwork(StoredTrunk stored, CheckedPages checked, PageCache<NeuronPage> cache) {
    this.stored = stored;
    this.checked = checked;
    this.cache = cache;
  }

  /// Puts a network on pages.
  ///
  /// @param pageBytes length of a page, about; what cannot be divided may be longer
  /// @throws IllegalArgumentException if the network was edited and not built anew since, or a
  ///   neuron does not fit on the longest page
  public static void write(EventNetwork network, PageSink sink, int pageBytes) {
    requireLength(pageBytes);
    if (network.segmentCount() > 1) {
      throw new IllegalArgumentException("a network that was edited is built anew to be stored");
    }
    new Suspension(network, new NetworkPages(sink, pageBytes, network.idBound())).write();
  }

  static void requireLength(int pageBytes) {
    if (pageBytes < 1 || pageBytes > NeuronStore.MAX_PAGE_BYTES / 2) {
      throw new IllegalArgumentException(
          "a page of 1 to %s bytes was expected, %s came"
              .formatted(NeuronStore.MAX_PAGE_BYTES / 2, pageBytes));
    }
  }

  /// Opens a network.
  ///
  /// @param store closed with the network, also if it cannot be opened
  /// @param budget bytes of memory for pages; with 0 each document reads what it needs
  /// @param retention documents that a page stays without being needed; see [PageCache]
  /// @throws org.fovea.network.page.NeuronStoreException if what leads to the neurons is damaged
  public static SuspendedNetwork open(NeuronStore store, long budget, int retention) {
    try {
      StoredTrunk stored = StoredTrunk.read(store);
      CheckedPages checked = new CheckedPages(stored.idPage());
      NeuronPageCodec codec =
          new NeuronPageCodec(
              store.name(), stored.relations(), stored.facts().levelCount(), checked);
      return new SuspendedNetwork(
          stored, checked, new PageCache<>(store, codec, budget, retention));
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  NetworkFacts facts() {
    return stored.facts();
  }

  Trunk trunk() {
    return stored.trunk();
  }

  PageCache<NeuronPage> cache() {
    return cache;
  }

  Relation relation(int kind) {
    return stored.relations()[kind];
  }

  BitSet echoed() {
    return stored.marks().echoed();
  }

  @Override
  public int neuronCount() {
    return facts().neuronCount();
  }

  @Override
  public long synapseCount() {
    return facts().synapseCount();
  }

  @Override
  public int idBound() {
    return facts().idBound();
  }

  @Override
  public int levelCount() {
    return facts().levelCount();
  }

  /// Number of pages with neurons.
  public int pageCount() {
    return stored.idPage();
  }

  @Override
  public Reach reach() {
    return facts().reach();
  }

  /// Bytes of what stays in memory whatever the budget is.
  public long residentBytes() {
    long marks = stored.marks().inputs().size() + (long) echoed().size();
    return trunk().bytes() + marks / Byte.SIZE + checked.bytes();
  }

  /// Brings all pages into memory, as many as the budget allows.
  public void load() {
    long[] pages = new long[pageCount()];
    Arrays.setAll(pages, page -> page);
    cache.prefetch(pages, 0, pages.length);
  }

  /// What its pages did.
  public CacheStatistics statistics() {
    return cache.statistics();
  }

  /// {@inheritDoc}
  ///
  /// Where it cannot be read whether there is one, there is.
  @Override
  public boolean contains(int id) {
    if (id < 0 || id >= idBound()) {
      return false;
    }
    try {
      return isInput(id) || pagesOf(id).length > 0;
    } catch (DamagedPageException _) {
      return true;
    }
  }

  @Override
  public boolean isInput(int id) {
    if (id < 0 || id >= idBound()) {
      throw new IllegalArgumentException("there is no neuron " + id);
    }
    return stored.marks().inputs().get(id);
  }

  void requireInput(int id) {
    if (!isInput(id)) {
      throw new IllegalArgumentException(
          "neuron %s is not an input: it has synapses or a positive bias".formatted(id));
    }
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalArgumentException if there is none
  /// @throws DamagedPageException if it is lost
  @Override
  public Neuron neuron(int id) {
    if (isInput(id)) {
      return Neuron.input();
    }
    int[] pages = pagesOf(id);
    if (pages.length == 0) {
      throw new IllegalArgumentException("there is no neuron " + id);
    }
    List<Synapse> synapses = new ArrayList<>();
    for (int i = 0; ; i++) {
      CachedPage<NeuronPage> held = cache.pin(pages[i]);
      try {
        NeuronTable table = held.value().table;
        int row = held.value().find(Trunk.DEFINITION, id);
        if (row < 0) {
          return table.neuron(held.value().row(id));
        }
        table.synapses(row, synapses);
        if (i == pages.length - 1) {
          return table.neuron(row, synapses);
        }
      } finally {
        held.release();
      }
    }
  }

  @Override
  public Propagation propagation() {
    return new SuspendedPropagation(this);
  }

  /// Pages that a neuron is on: for one that has triggers, all of them.
  int[] pagesOf(int id) {
    if (id < 0 || id >= idBound()) {
      throw new IllegalArgumentException("there is no neuron " + id);
    }
    PageBuffer buffer = new PageBuffer();
    int page = stored.idPage() + id / NetworkPages.IDS_A_PAGE;
    if (!cache.store().read(page, buffer)) {
      throw new DamagedPageException(cache.store().name(), page, "it is missing");
    }
    return NeuronPlaces.read(buffer, id % NetworkPages.IDS_A_PAGE);
  }

  /// Whether a neuron, no input, has triggers, and is not only fed by edges.
  boolean hangs(int id) {
    CachedPage<NeuronPage> held = cache.pin(pagesOf(id)[0]);
    try {
      return held.value().find(Trunk.DEFINITION, id) < 0;
    } finally {
      held.release();
    }
  }

  /// Whether pages with edges of a symbol were needed and are lost.
  boolean hasLostEdges(int symbol, HeldPages pages) {
    int record = trunk().record(symbol);
    if (record >= 0) {
      return pages.isLost(trunk().edgePage(record), trunk().edgePages(record));
    }
    if (symbol < 0 || isInput(symbol) || !hangs(symbol)) {
      return false;
    }
    CachedPage<NeuronPage> held = cache.pin(pagesOf(symbol)[0]);
    try {
      NeuronPage page = held.value();
      int outlet = page.outletOf(page.row(symbol));
      return outlet >= 0 && pages.isLost(page.outlet(outlet + 2), page.outlet(outlet + 3));
    } finally {
      held.release();
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}
