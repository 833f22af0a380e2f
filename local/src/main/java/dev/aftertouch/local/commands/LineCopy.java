package dev.aftertouch.local.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies what is appended to a file. */
final class LineCopy {
  private final Path file;
  private final PrintWriter out;
  private long position;

  LineCopy(Path file, PrintWriter out) {
    this.file = file;
    this.out = out;
  }

  /** Goes on after the last so many lines that are there now. */
  void skipAllBut(int lines) {
    try {
      byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int start = content.length;
      for (int found = 0; start > 0 && found <= lines; start--) {
        if (content[start - 1] == '\n' && ++found > lines) {
          break;
        }
      }
      position = start;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies what has come since the last call. A file that has become shorter begins again. */
  void more() {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      position = in.length() < position ? 0 : position;
      byte[] fresh = new byte[(int) Math.min(1_000_000, in.length() - position)];
      in.seek(position);
      in.readFully(fresh);
      position += fresh.length;
      out.print(new String(fresh, StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
