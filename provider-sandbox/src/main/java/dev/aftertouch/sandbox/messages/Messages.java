package dev.aftertouch.sandbox.messages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last messages, bounded by number and by bytes; the oldest leave first. */
public final class Messages {
  private final int maxMessages;
  private final long maxBytes;
  private final Deque<Message> byAge = new ArrayDeque<>();
  private final Map<String, Message> byId = new HashMap<>();
  private long bytes;

  public Messages(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  public synchronized void add(Message message) {
    byAge.addLast(message);
    byId.put(message.id(), message);
    bytes += message.raw().length;
    while (byAge.size() > maxMessages || (bytes > maxBytes && byAge.size() > 1)) {
      Message oldest = byAge.removeFirst();
      byId.remove(oldest.id());
      bytes -= oldest.raw().length;
    }
  }

  public synchronized @Nullable Message find(String id) {
    return byId.get(id);
  }

  /** Newest first. */
  public synchronized List<Message> newest(Predicate<Message> wanted, int skip, int limit) {
    List<Message> found = new ArrayList<>();
    int skipped = 0;
    for (Iterator<Message> it = byAge.descendingIterator();
        it.hasNext() && found.size() < limit; ) {
      Message message = it.next();
      if (wanted.test(message) && skipped++ >= skip) {
        found.add(message);
      }
    }
    return found;
  }

  public synchronized int count(Predicate<Message> wanted) {
    return (int) byAge.stream().filter(wanted).count();
  }

  public synchronized void clear() {
    byAge.clear();
    byId.clear();
    bytes = 0;
  }
}
