package dev.aftertouch.gateway.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** The RSA key that signs tokens: read from its file, or made and kept there. */
final class SigningKey {
  private SigningKey() {}

  /**
   * The key of that file; a new one where there is no file yet. The file is readable by its owner
   * only.
   *
   * @throws IllegalStateException when the file holds no private RSA key
   */
  static RSAKey of(@Nullable Path file) {
    if (file == null) {
      return generate();
    }
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      RSAKey key = generate();
      keep(key, file);
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("The signing key " + file + " can not be read or kept", e);
    }
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("No RSA key could be made", e);
    }
  }

  private static RSAKey read(Path file) throws IOException {
    try {
      RSAKey key = RSAKey.parse(Files.readString(file));
      if (!key.isPrivate()) {
        throw new IllegalStateException(file + " holds no private key");
      }
      return key;
    } catch (ParseException e) {
      throw new IllegalStateException(file + " holds no RSA key in JWK form", e);
    }
  }

  /** Written beside its place and moved there, so that a crash leaves no half key. */
  private static void keep(RSAKey key, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path beside =
        Files.createTempFile(
            folder,
            "key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(beside, key.toJSONString());
    Files.move(beside, file);
  }
}
