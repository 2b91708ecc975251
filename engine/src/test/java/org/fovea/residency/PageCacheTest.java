package org.fovea.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PageCacheTest {

  private static final PageFormat FORMAT = new PageFormat("numbers", 1);
  private static final int PAGE_BYTES = 1_000;
  private static final long EACH = PAGE_BYTES + CachedPage.BYTES;

  /// A page of one number, said to take 1,000 bytes.
  private static final class NumberPage {
    private long number;

    private NumberPage(long number) {
      this.number = number;
    }
  }

  private static final PageCodec<NumberPage> CODEC =
      new PageCodec<>() {
        @Override
        public NumberPage decode(long page, PageBuffer bytes) {
          return new NumberPage(bytes.longAt(0));
        }

        @Override
        public long bytes(NumberPage page) {
          return PAGE_BYTES;
        }

        @Override
        public void encode(NumberPage page, PageBuffer bytes) {
          bytes.putLong(page.number);
        }
      };

  private final HeapStore store = new HeapStore("heap", FORMAT);

  private PageCache<NumberPage> cache(int pages, long budgetPages, int retention) {
    PageBatch batch = new PageBatch();
    PageBuffer buffer = new PageBuffer();
    for (long page = 0; page < pages; page++) {
      batch.put(page, buffer.clear().putLong(10 * page));
    }
    store.write(batch, Durability.NONE);
    return new PageCache<>(store, CODEC, budgetPages * EACH, retention);
  }

  private static long use(PageCache<NumberPage> cache, long page) {
    CachedPage<NumberPage> held = cache.pin(page);
    long number = held.value().number;
    held.release();
    return number;
  }

  @Test
  void readsAPageOnceAndFindsItAgain() {
    try (PageCache<NumberPage> cache = cache(10, 10, PageCache.UNLIMITED)) {
      assertThat(use(cache, 3)).isEqualTo(30);
      assertThat(use(cache, 3)).isEqualTo(30);
      CacheStatistics statistics = cache.statistics();
      assertThat(statistics).isEqualTo(new CacheStatistics(1, 1, 1, 8, 0, 0, 1, EACH, EACH));
      assertThat(statistics.hitRate()).isEqualTo(0.5);
    }
  }

  @Test
  void keepsWithinItsBudget() {
    try (PageCache<NumberPage> cache = cache(1_000, 7, PageCache.UNLIMITED)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 5_000; i++) {
        long page = random.nextInt(1_000);
        assertThat(use(cache, page)).isEqualTo(10 * page);
        assertThat(cache.statistics().bytes()).isLessThanOrEqualTo(8 * EACH);
      }
      CacheStatistics statistics = cache.statistics();
      assertThat(statistics.reads() - statistics.evictions()).isEqualTo(statistics.pages());
      assertThat(statistics.peakBytes()).isLessThanOrEqualTo(8 * EACH);
    }
  }

  @Test
  void keepsWhatIsUsedAndLetsGoWhatIsNot() {
    try (PageCache<NumberPage> cache = cache(1_000, 10, PageCache.UNLIMITED)) {
      for (int round = 0; round < 200; round++) {
        use(cache, 1);
        use(cache, 2);
        use(cache, 10 + round);
      }
      CacheStatistics statistics = cache.statistics();
      assertThat(statistics.misses()).isLessThanOrEqualTo(200 + 20);
    }
  }

  @Test
  void keepsPagesThatAreHeldEvenBeyondTheBudget() {
    try (PageCache<NumberPage> cache = cache(100, 3, PageCache.UNLIMITED)) {
      List<CachedPage<NumberPage>> held = new ArrayList<>();
      for (long page = 0; page < 20; page++) {
        held.add(cache.pin(page));
      }
      assertThat(cache.statistics().pages()).isEqualTo(20);
      held.forEach(page -> assertThat(page.value().number).isEqualTo(10 * page.page()));
      held.forEach(CachedPage::release);
      use(cache, 50);
      assertThat(cache.statistics().bytes()).isLessThanOrEqualTo(3 * EACH);
    }
  }

  @Test
  void refusesToReleaseWhatNobodyHolds() {
    try (PageCache<NumberPage> cache = cache(3, 3, PageCache.UNLIMITED)) {
      CachedPage<NumberPage> held = cache.pin(1);
      held.release();
      assertThatThrownBy(held::release).isInstanceOf(IllegalStateException.class);
      assertThat(use(cache, 1)).isEqualTo(10);
    }
  }

  @Test
  void letsUnusedPagesGoAfterTheirRetention() {
    int retention = 10;
    try (PageCache<NumberPage> cache = cache(100, 100, retention)) {
      for (long page = 0; page < 50; page++) {
        use(cache, page);
      }
      CachedPage<NumberPage> held = cache.pin(99);
      for (int document = 0; document < retention; document++) {
        use(cache, 0);
        cache.advance();
        assertThat(cache.statistics().pages()).isEqualTo(51);
      }
      for (int document = 0; document < 2 * retention; document++) {
        use(cache, 0);
        cache.advance();
      }
      assertThat(cache.statistics().pages()).isEqualTo(2);
      held.release();
    }
  }

  @Test
  void bringsPagesInBeforeTheyAreNeeded() {
    try (PageCache<NumberPage> cache = cache(100, 20, PageCache.UNLIMITED)) {
      long[] pages = {0, 7, 3, 9, 3, 500, 5, 99};
      cache.prefetch(pages, 1, 7);
      long misses = cache.statistics().misses();
      for (long page : new long[] {7, 3, 9, 5}) {
        use(cache, page);
      }
      assertThat(cache.statistics().misses()).isEqualTo(misses);
      assertThat(cache.statistics().pages()).isEqualTo(4);
      assertThatThrownBy(() -> cache.pin(500))
          .isInstanceOf(NeuronStoreException.class)
          .hasMessage("there is no page 500");
    }
  }

  @Test
  void prefetchesNoMoreThanItCanKeep() {
    try (PageCache<NumberPage> cache = cache(100, 5, PageCache.UNLIMITED)) {
      long[] pages = new long[100];
      Arrays.setAll(pages, i -> i);
      cache.prefetch(pages, 0, 100);
      assertThat(cache.statistics().reads()).isEqualTo(6);
    }
  }

  @Test
  void tellsOfADamagedPageEachTimeAndOfNoOther() {
    PageCodec<NumberPage> failing =
        new PageCodec<>() {
          @Override
          public NumberPage decode(long page, PageBuffer bytes) {
            if (page == 5) {
              throw new DamagedPageException("store", 5, "it is");
            }
            return CODEC.decode(page, bytes);
          }

          @Override
          public long bytes(NumberPage page) {
            return PAGE_BYTES;
          }
        };
    cache(10, 10, PageCache.UNLIMITED);
    try (PageCache<NumberPage> cache = new PageCache<>(store, failing, 10 * EACH, 0)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> cache.pin(5)).isInstanceOf(DamagedPageException.class);
        assertThat(use(cache, 4)).isEqualTo(40);
      }
      assertThat(cache.statistics().pages()).isEqualTo(1);
    }
  }

  @Test
  void writesChangedPagesBackBeforeTheyGo() {
    try (PageCache<NumberPage> cache = cache(100, 4, PageCache.UNLIMITED)) {
      for (int round = 1; round <= 3; round++) {
        for (long page = 0; page < 100; page++) {
          CachedPage<NumberPage> held = cache.pin(page);
          held.value().number++;
          held.markDirty();
          held.release();
        }
      }
      for (long page = 0; page < 100; page++) {
        assertThat(use(cache, page)).isEqualTo(10 * page + 3);
      }
      assertThat(cache.statistics().writes()).isEqualTo(300);
    }
  }

  @Test
  void writesBackAllAtOnceWhenAsked() {
    try (PageCache<NumberPage> cache = cache(10, 10, PageCache.UNLIMITED)) {
      CachedPage<NumberPage> held = cache.pin(2);
      held.value().number = -1;
      held.markDirty();
      held.release();
      cache.flush();
      cache.flush();
      assertThat(cache.statistics().writes()).isEqualTo(1);
      PageBuffer buffer = new PageBuffer();
      store.read(2, buffer);
      assertThat(buffer.longAt(0)).isEqualTo(-1);
    }
  }

  @Test
  void allocatesNothingForAPageThatIsThere() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PageCache<NumberPage> cache = cache(100, 100, 50)) {
      for (int i = 0; i < 20_000; i++) {
        use(cache, i % 100);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100_000; i++) {
        use(cache, i % 100);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
  }

  @Test
  void givesEveryThreadTheRightPageAndLosesNoChange() {
    Seeds.repeat(
        5,
        random -> {
          int pages = 200;
          PageCache<NumberPage> cache = cache(pages, 3 + random.nextInt(40), 20);
          List<Callable<int[]>> workers = new ArrayList<>();
          for (int worker = 0; worker < 4; worker++) {
            SplittableRandom own = random.split();
            workers.add(() -> work(cache, own, pages));
          }
          int[] total = new int[pages];
          try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (Future<int[]> part : executor.invokeAll(workers)) {
              int[] added = part.get();
              for (int page = 0; page < pages; page++) {
                total[page] += added[page];
              }
            }
          }
          for (int page = 0; page < pages; page++) {
            assertThat(use(cache, page)).isEqualTo(10L * page + total[page]);
          }
        });
  }

  private static int[] work(PageCache<NumberPage> cache, SplittableRandom random, int pages) {
    int[] added = new int[pages];
    for (int i = 0; i < 5_000; i++) {
      int page = random.nextInt(1 + random.nextInt(pages));
      CachedPage<NumberPage> held = cache.pin(page);
      assertThat(held.page()).isEqualTo(page);
      synchronized (held.value()) {
        held.value().number++;
      }
      held.markDirty();
      held.release();
      added[page]++;
      if (i % 10 == 0) {
        cache.advance();
      }
    }
    return added;
  }

  @Test
  void readsOnceWhatManyAskForAtTheSameTime() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    PageCodec<NumberPage> slow =
        new PageCodec<>() {
          @Override
          public NumberPage decode(long page, PageBuffer bytes) {
            reading.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return CODEC.decode(page, bytes);
          }

          @Override
          public long bytes(NumberPage page) {
            return PAGE_BYTES;
          }
        };
    cache(10, 10, 0);
    try (PageCache<NumberPage> cache = new PageCache<>(store, slow, 10 * EACH, 0);
        ExecutorService executor = Executors.newFixedThreadPool(3)) {
      List<Future<Long>> numbers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        numbers.add(executor.submit(() -> use(cache, 6)));
      }
      reading.await();
      goOn.countDown();
      for (Future<Long> number : numbers) {
        assertThat(number.get()).isEqualTo(60);
      }
      assertThat(cache.statistics().reads()).isEqualTo(1);
    }
  }
}
