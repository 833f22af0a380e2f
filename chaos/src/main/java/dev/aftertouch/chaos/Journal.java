package dev.aftertouch.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The evidence of a run: one file of JSON lines per subject. What was noted is on the disk. */
final class Journal implements AutoCloseable {
  private final Path directory;
  private final Map<String, FileChannel> files = new HashMap<>();

  Journal(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  /** Returns when the line is on the disk. */
  void note(String subject, Map<String, ?> line) {
    note(subject, List.of(line));
  }

  synchronized void note(String subject, List<? extends Map<String, ?>> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(JsonMapper.shared().writeValueAsString(line)).append('\n'));
    write(subject, text.toString());
  }

  /** Lines that are JSON already. */
  synchronized void write(String subject, String lines) {
    try {
      FileChannel file = files.get(subject);
      if (file == null) {
        file =
            FileChannel.open(
                directory.resolve(subject + ".jsonl"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        files.put(subject, file);
      }
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    for (FileChannel file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
