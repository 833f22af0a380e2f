package dev.aftertouch.local.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInstallationTest {
  @TempDir private Path directory;

  @Test
  void takesAPostgresqlOfTheMachine() throws IOException {
    tells("PostgreSQL 18.6 (Debian 18.6-3)");

    assertThat(PostgresInstallation.own(directory).program("postgres"))
        .isEqualTo(directory.resolve("bin/postgres"));
  }

  @Test
  void refusesAnotherVersionAndSaysWhatToDo() throws IOException {
    tells("PostgreSQL 15.18 (Debian 15.18-0+deb12u1)");

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> PostgresInstallation.own(directory))
        .withMessageContaining("15.18")
        .withMessageContaining("PostgreSQL 18 is needed");
  }

  @Test
  void refusesADirectoryWithoutPostgresql() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> PostgresInstallation.own(directory))
        .withMessageContaining("AFTERTOUCH_POSTGRES")
        .withMessageContaining("leave it unset");
  }

  private void tells(String version) throws IOException {
    Path config = Files.createDirectory(directory.resolve("bin")).resolve("pg_config");
    Files.writeString(config, "#!/bin/sh\necho '" + version + "'\n");
    assertThat(config.toFile().setExecutable(true)).isTrue();
  }
}
