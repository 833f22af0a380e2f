package dev.aftertouch.service.access;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

final class CurrentUserArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == CurrentUser.class;
  }

  @Override
  public CurrentUser resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (!(authentication instanceof JwtAuthenticationToken token)) {
      throw new AccessDeniedException("No verified token");
    }
    Jwt jwt = token.getToken();
    String business = jwt.getClaimAsString("business_id");
    String role = jwt.getClaimAsString("role");
    String email = jwt.getSubject();
    if (business == null || role == null || email == null) {
      throw new AccessDeniedException("The token lacks business_id, role or subject");
    }
    try {
      return new CurrentUser(
          UUID.fromString(business), Role.valueOf(role.toUpperCase(Locale.ROOT)), email);
    } catch (IllegalArgumentException unknown) {
      throw new AccessDeniedException("The token names no business or no known role", unknown);
    }
  }
}
