package dev.aftertouch.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir private Path folder;

  @Test
  void isTheSameAfterARestart() throws IOException {
    Path file = folder.resolve("keys/signing.jwk");

    assertThat(SigningKey.of(file)).isEqualTo(SigningKey.of(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isANewOneEachTimeWithoutAFile() {
    assertThat(SigningKey.of(null)).isNotEqualTo(SigningKey.of(null));
  }

  @Test
  void isRefusedWhenTheFileHoldsSomethingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("signing.jwk"), "secret");

    assertThatThrownBy(() -> SigningKey.of(file)).hasMessageContaining("holds no RSA key");
  }
}
