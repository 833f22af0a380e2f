package dev.aftertouch.gateway.signin;

import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A configured user as Spring Security sees it, with business and role beside. */
final class SignedInUser extends User {
  @Serial private static final long serialVersionUID = 1L;
  private final UUID businessId;
  private final SignInProperties.Role role;

  SignedInUser(SignInProperties.User user) {
    super(
        user.email().toLowerCase(Locale.ROOT),
        user.passwordHash(),
        List.of(new SimpleGrantedAuthority("ROLE_" + user.role().name())));
    this.businessId = user.businessId();
    this.role = user.role();
  }

  UUID businessId() {
    return businessId;
  }

  /** The word in the token. */
  String role() {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
