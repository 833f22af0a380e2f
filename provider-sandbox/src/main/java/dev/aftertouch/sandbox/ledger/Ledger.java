package dev.aftertouch.sandbox.ledger;

import dev.aftertouch.sandbox.clock.SharedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The append-only ledger: a file of JSON lines, with counts and a sparse index in memory.
 *
 * <p>An appended line is in the file (the operating system's cache) after at most 50 ms, so a
 * killed process can lose that much; in durable mode the caller is told only after the line is on
 * the disk, many lines per flush. An existing file is read again at start, and a last line that a
 * crash cut off is dropped.
 */
public final class Ledger implements AutoCloseable {
  private static final long FLUSH_EVERY_MILLIS = 40;

  /** Beyond this the writer is woken at once. */
  private static final int WAKE_AT_BYTES = 1 << 20;

  private final SharedClock clock;
  private final boolean durable;
  private final LinesFile file;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Tally tally = new Tally();
  private ByteArrayOutputStream pending = new ByteArrayOutputStream(1 << 16);
  private List<Runnable> awaitingDisk = new ArrayList<>();
  private long lastSeq;
  private boolean closed;
  private @Nullable IOException broken;

  /** Guards the file; taken before {@link #lock} wherever both are held. */
  private final ReentrantLock fileLock = new ReentrantLock();

  /**
   * Opens the ledger, and replays what the file already holds.
   *
   * @param path null for a temporary file that ends with the process
   * @param durable acknowledges only what is on the disk
   */
  public static Ledger open(
      @Nullable Path path, boolean durable, SharedClock clock, Consumer<LedgerEntry.Kept> replay)
      throws IOException {
    return new Ledger(LinesFile.open(path), durable, clock, replay);
  }

  private Ledger(
      LinesFile file, boolean durable, SharedClock clock, Consumer<LedgerEntry.Kept> replay)
      throws IOException {
    this.file = file;
    this.durable = durable;
    this.clock = clock;
    file.recover(
        kept -> {
          lastSeq = kept.seq();
          tally.count(kept);
          replay.accept(kept);
        });
    this.writer = Thread.ofPlatform().daemon().name("ledger").start(this::writeUntilClosed);
  }

  /** True where {@link #append} may call back later, from another thread. */
  public boolean durable() {
    return durable;
  }

  /** Appends, then calls {@code kept}: at once, or in durable mode when the disk has it. */
  public void append(LedgerEntry entry, Runnable kept) {
    long receivedAt = clock.realMillis();
    long virtualAt = clock.millis();
    byte[] tail = Lines.tail(receivedAt, virtualAt, entry);
    lock.lock();
    try {
      if (broken != null || closed) {
        throw new UncheckedIOException("the ledger cannot be written", orClosed(broken));
      }
      boolean wasEmpty = pending.size() == 0;
      byte[] head = ("{\"seq\":" + ++lastSeq + ",").getBytes(StandardCharsets.US_ASCII);
      pending.write(head, 0, head.length);
      pending.write(tail, 1, tail.length - 1);
      pending.write('\n');
      tally.count(new LedgerEntry.Kept(lastSeq, receivedAt, virtualAt, entry));
      if (durable) {
        awaitingDisk.add(kept);
      }
      if (wasEmpty || pending.size() > WAKE_AT_BYTES) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
    if (!durable) {
      kept.run();
    }
  }

  private static IOException orClosed(@Nullable IOException cause) {
    return cause != null ? cause : new IOException("closed");
  }

  /** At most {@code limit} entries after {@code since}, oldest first, each a line of JSON. */
  public List<byte[]> read(long since, int limit) throws IOException {
    fileLock.lock();
    try {
      writePending();
      return file.read(since, limit);
    } finally {
      fileLock.unlock();
    }
  }

  /** The properties of the summary. */
  public void writeSummary(JsonGenerator json) {
    lock.lock();
    try {
      tally.write(json, lastSeq);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all entries; the numbering goes on, so that a reader's {@code since} stays valid. */
  public void clear() throws IOException {
    fileLock.lock();
    try {
      writePending();
      lock.lock();
      try {
        tally.clear();
        file.clear(lastSeq);
      } finally {
        lock.unlock();
      }
    } finally {
      fileLock.unlock();
    }
  }

  private void writeUntilClosed() {
    try {
      while (awaitWork()) {
        fileLock.lock();
        try {
          writePending();
        } finally {
          fileLock.unlock();
        }
      }
    } catch (IOException failed) {
      System.err.println("provider-sandbox: the ledger cannot be written: " + failed);
      lock.lock();
      try {
        broken = failed;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when closed. Gathers lines for a moment, unless somebody waits for the disk. */
  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (pending.size() == 0 && !closed) {
        work.await();
      }
      long patience = TimeUnit.MILLISECONDS.toNanos(FLUSH_EVERY_MILLIS);
      while (!durable && !closed && patience > 0 && pending.size() <= WAKE_AT_BYTES) {
        patience = work.awaitNanos(patience);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** The caller holds {@link #fileLock}. */
  private void writePending() throws IOException {
    ByteArrayOutputStream lines;
    List<Runnable> told;
    lock.lock();
    try {
      if (pending.size() == 0) {
        return;
      }
      lines = pending;
      told = awaitingDisk;
      pending = new ByteArrayOutputStream(1 << 16);
      awaitingDisk = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    file.append(lines.toByteArray(), durable);
    told.forEach(Runnable::run);
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    fileLock.lock();
    try {
      writePending();
      file.close();
    } finally {
      fileLock.unlock();
    }
    writer.interrupt();
  }
}
