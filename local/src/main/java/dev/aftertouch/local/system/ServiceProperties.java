package dev.aftertouch.local.system;

import dev.aftertouch.local.infrastructure.Infrastructure;
import dev.aftertouch.local.infrastructure.Login;
import dev.aftertouch.local.infrastructure.Secrets;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each service is told. It goes into a file per service that only this user can read: command
 * lines and, on some systems, environments can be seen by others. The same file starts the service
 * from an IDE.
 */
final class ServiceProperties {
  private final Options options;
  private final LocalSecrets secrets;
  private final Infrastructure infrastructure;

  ServiceProperties(Options options, LocalSecrets secrets, Infrastructure infrastructure) {
    this.options = options;
    this.secrets = secrets;
    this.infrastructure = infrastructure;
  }

  /** Writes the file of one instance and returns its path. */
  Path write(Service service, String instance, int port, Optional<ServiceDatabase> database) {
    Map<String, String> properties = new TreeMap<>(common(port));
    database.ifPresent(found -> properties.putAll(of(found)));
    properties.putAll(own(service));
    properties.putAll(options.properties().getOrDefault(service, Map.of()));
    Path file = options.data().resolve("config").resolve(instance + ".properties");
    StringBuilder text = new StringBuilder();
    properties.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      Secrets.write(file, text.toString());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> common(int port) {
    String gateway = new Urls(options.ports()).gateway();
    return Map.of(
        "server.address",
        "127.0.0.1",
        "server.port",
        Integer.toString(port),
        "aftertouch.clock.file",
        options.data().resolve("clock.properties").toString(),
        "aftertouch.kafka.bootstrap-servers",
        infrastructure.bootstrapServers(),
        "aftertouch.kafka.registry-url",
        infrastructure.registryUrl(),
        "aftertouch.security.issuer",
        gateway,
        "aftertouch.security.jwk-set-uri",
        gateway + "/oauth2/jwks");
  }

  private static Map<String, String> of(ServiceDatabase database) {
    Map<String, String> properties =
        new TreeMap<>(Map.of("aftertouch.database.url", database.url()));
    Map<String, Login> logins =
        Map.of(
            "owner", database.owner(),
            "app", database.app(),
            "worker", database.worker(),
            "report", database.report());
    logins.forEach(
        (role, login) -> {
          properties.put("aftertouch.database." + role + ".user", login.user());
          properties.put("aftertouch.database." + role + ".password", login.password());
        });
    return properties;
  }

  private Map<String, String> own(Service service) {
    Urls urls = new Urls(options.ports());
    return switch (service) {
      case PROVIDER_SANDBOX, ENROLLMENT, ANALYTICS -> Map.of();
      case CAMPAIGN -> Map.of("aftertouch.demo", "true");
      case GATEWAY ->
          Map.of(
              "aftertouch.sign-in.local", "true",
              "aftertouch.sign-in.key-file",
                  options.data().resolve("gateway-signing-key.json").toString(),
              "aftertouch.sign-in.redirect-uris", urls.gateway() + "/",
              "aftertouch.routes.campaign", urls.of(Service.CAMPAIGN),
              "aftertouch.routes.enrollment", urls.of(Service.ENROLLMENT),
              "aftertouch.routes.dispatch", urls.of(Service.DISPATCH),
              "aftertouch.routes.analytics", urls.of(Service.ANALYTICS));
      case DISPATCH ->
          Map.ofEntries(
              Map.entry("aftertouch.links.public-url", urls.gateway()),
              Map.entry("aftertouch.links.key", secrets.linkKey()),
              Map.entry("aftertouch.suppressing.pepper", secrets.pepper()),
              // Signed times and slots are virtual: at an hour a second, five minutes are gone in
              // 83 ms.
              Map.entry("aftertouch.webhooks.tolerance", "24h"),
              Map.entry("aftertouch.gating.slot-grace", "24h"),
              // Real time, in which an hour a second passes: three hours.
              Map.entry("aftertouch.links.hold", "3s"),
              Map.entry("aftertouch.providers.resend.base-url", urls.sandbox()),
              Map.entry("aftertouch.providers.resend.api-key", secrets.resendApiKey()),
              Map.entry(
                  "aftertouch.providers.resend.webhook-secret", secrets.resendWebhookSecret()),
              Map.entry("aftertouch.providers.twilio.base-url", urls.sandbox()),
              Map.entry("aftertouch.providers.twilio.account-sid", secrets.twilioAccountSid()),
              Map.entry("aftertouch.providers.twilio.auth-token", secrets.twilioAuthToken()),
              Map.entry("aftertouch.providers.smtp.start-tls", "false"),
              Map.entry("aftertouch.providers.smtp.host", "127.0.0.1"),
              Map.entry(
                  "aftertouch.providers.smtp.port", Integer.toString(options.ports().smtp())));
    };
  }
}
