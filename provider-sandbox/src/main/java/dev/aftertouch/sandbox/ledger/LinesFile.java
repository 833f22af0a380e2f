package dev.aftertouch.sandbox.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file of lines, with the place of every 64th line in memory. The ledger's lock guards it. */
final class LinesFile implements AutoCloseable {
  private static final int INDEX_EVERY = 64;

  private final FileChannel channel;
  private long[] places = new long[64];
  private long firstSeq = 1;
  private long lines;
  private long end;

  private LinesFile(FileChannel channel) {
    this.channel = channel;
  }

  static LinesFile open(@Nullable Path path) throws IOException {
    if (path == null) {
      Path temporary = Files.createTempFile("provider-sandbox-ledger", ".jsonl");
      return new LinesFile(
          FileChannel.open(
              temporary,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    }
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return new LinesFile(
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
  }

  /** Reads all lines from the start; cuts the file after the last whole one. */
  void recover(Consumer<LedgerEntry.Kept> each) throws IOException {
    try (LineReader reader = new LineReader(0)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        LedgerEntry.Kept kept = Lines.parse(line);
        if (kept == null) {
          break;
        }
        if (lines == 0) {
          firstSeq = kept.seq();
        }
        noteLine(end);
        end += line.length + 1;
        each.accept(kept);
      }
    }
    channel.truncate(end);
    channel.position(end);
  }

  void append(byte[] whole, boolean force) throws IOException {
    int lineStart = 0;
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == '\n') {
        noteLine(end + lineStart);
        lineStart = i + 1;
      }
    }
    ByteBuffer buffer = ByteBuffer.wrap(whole);
    while (buffer.hasRemaining()) {
      end += channel.write(buffer, end);
    }
    if (force) {
      channel.force(false);
    }
  }

  private void noteLine(long place) {
    if (lines % INDEX_EVERY == 0) {
      int at = (int) (lines / INDEX_EVERY);
      if (at == places.length) {
        places = Arrays.copyOf(places, at * 2);
      }
      places[at] = place;
    }
    lines++;
  }

  List<byte[]> read(long since, int limit) throws IOException {
    long skip = Math.max(0, since - firstSeq + 1);
    List<byte[]> found = new ArrayList<>();
    if (skip >= lines || limit <= 0) {
      return found;
    }
    try (LineReader reader = new LineReader(places[(int) (skip / INDEX_EVERY)])) {
      for (long i = skip % INDEX_EVERY; i > 0; i--) {
        reader.next();
      }
      for (byte[] line = reader.next(); line != null && found.size() < limit; ) {
        found.add(line);
        line = reader.next();
      }
    }
    return found;
  }

  void clear(long lastSeq) throws IOException {
    channel.truncate(0);
    end = 0;
    lines = 0;
    firstSeq = lastSeq + 1;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Whole lines from a place on, without their line feeds; null at the end. */
  private final class LineReader implements AutoCloseable {
    private final InputStream in;

    LineReader(long place) throws IOException {
      channel.position(place);
      in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(512);
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          return line.toByteArray();
        }
        line.write(b);
      }
      return null;
    }

    /** Leaves the channel open: it belongs to the file. */
    @Override
    public void close() {}
  }
}
