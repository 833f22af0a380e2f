package dev.aftertouch.engine.law;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads the data that lies beside this package: lines of cells with tabs between them. */
final class Tables {
  private Tables() {}

  static List<List<String>> lines(String name) {
    InputStream data = Tables.class.getResourceAsStream(name);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(data, name), StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> List.of(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
