package dev.aftertouch.gateway.signin;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The configured users by e-mail, whatever its case. */
final class Users implements UserDetailsService {
  private final Map<String, SignInProperties.User> byEmail;
  private final PasswordEncoder hashes;
  private final String nobodysHash;

  Users(SignInProperties properties, PasswordEncoder hashes) {
    this.byEmail =
        properties.users().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    user -> user.email().toLowerCase(Locale.ROOT), Function.identity()));
    this.hashes = hashes;
    this.nobodysHash = hashes.encode("nobody has this password");
  }

  /** A new object each time: Spring Security erases the password of the one that it was given. */
  @Override
  public SignedInUser loadUserByUsername(String email) {
    return find(email).orElseThrow(() -> new UsernameNotFoundException("unknown user"));
  }

  /** The user with that password. An unknown e-mail costs as much time as a wrong password. */
  Optional<SignedInUser> authenticate(String email, String password) {
    Optional<SignedInUser> user = find(email);
    boolean matches =
        hashes.matches(password, user.map(SignedInUser::getPassword).orElse(nobodysHash));
    return user.filter(known -> matches);
  }

  private Optional<SignedInUser> find(String email) {
    return Optional.ofNullable(byEmail.get(email.toLowerCase(Locale.ROOT))).map(SignedInUser::new);
  }
}
