package dev.aftertouch.gateway.signin;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in for local use.
 *
 * @param local whether there is any; without it a foreign issuer is needed
 * @param users who can sign in
 * @param keyFile keeps the signing key, so that tokens survive a restart; null makes a new key at
 *     each start
 * @param redirectUris where the admin UI may be sent back to after sign-in
 * @param attemptsPerMinute of signing in, per network address
 */
@ConfigurationProperties("aftertouch.sign-in")
record SignInProperties(
    @DefaultValue("false") boolean local,
    @DefaultValue List<User> users,
    @Nullable Path keyFile,
    @DefaultValue({"http://localhost:8080/", "http://127.0.0.1:8080/"}) List<URI> redirectUris,
    @DefaultValue("60") int attemptsPerMinute) {

  /**
   * A person.
   *
   * @param passwordHash with the name of its algorithm in front, such as {@code {bcrypt}$2a$…}
   */
  record User(String email, UUID businessId, Role role, String passwordHash) {}

  /** What a person may do; the services decide what each means. */
  enum Role {
    OWNER,
    STAFF,
    ANALYST
  }
}
