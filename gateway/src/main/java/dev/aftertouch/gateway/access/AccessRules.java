package dev.aftertouch.gateway.access;

import dev.aftertouch.gateway.problems.Problem;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * The filter chains, in the order in which they are asked: sign-in protocol, API, machine and
 * public paths, pages. Only the pages keep a session.
 */
@Configuration
class AccessRules {
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " form-action 'self'";

  private static final AuthenticationEntryPoint UNAUTHENTICATED =
      (request, response, failure) -> {
        response.setHeader("WWW-Authenticate", "Bearer");
        Problem.unauthenticated().write(request, response);
      };

  private static final AccessDeniedHandler FORBIDDEN =
      (request, response, failure) -> Problem.forbidden().write(request, response);

  @Bean
  @Order(1)
  @ConditionalOnProperty("aftertouch.sign-in.local")
  SecurityFilterChain signInProtocol(HttpSecurity http) throws Exception {
    OAuth2AuthorizationServerConfigurer protocol = new OAuth2AuthorizationServerConfigurer();
    return headers(http)
        .securityMatcher(protocol.getEndpointsMatcher())
        .with(protocol, server -> server.oidc(Customizer.withDefaults()))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(
            errors ->
                errors.defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"),
                    new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain api(HttpSecurity http) throws Exception {
    return stateless(http)
        .securityMatcher("/api/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(Customizer.withDefaults())
                    .authenticationEntryPoint(UNAUTHENTICATED)
                    .accessDeniedHandler(FORBIDDEN))
        .build();
  }

  /** Providers and customers have no sign-in: dispatch-service checks their signature or token. */
  @Bean
  @Order(3)
  SecurityFilterChain withoutSignIn(HttpSecurity http) throws Exception {
    return stateless(http)
        .securityMatcher("/w/**", "/l/**", "/u/**", "/f/**", "/local/token", "/actuator/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(4)
  @ConditionalOnProperty("aftertouch.sign-in.local")
  SecurityFilterChain pagesWithSignIn(HttpSecurity http) throws Exception {
    return headers(http)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .formLogin(Customizer.withDefaults())
        .logout(out -> out.logoutSuccessUrl("/"))
        .build();
  }

  @Bean
  @Order(4)
  @ConditionalOnProperty(
      name = "aftertouch.sign-in.local",
      havingValue = "false",
      matchIfMissing = true)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return stateless(http)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return headers(http)
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  /** A header that a service has set stands; ours fill the gaps. */
  private static HttpSecurity headers(HttpSecurity http) throws Exception {
    return http.headers(
        headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                    policy -> policy.policy("camera=(), geolocation=(), microphone=()")));
  }
}
