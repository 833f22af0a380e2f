package dev.aftertouch.local.system;

import dev.aftertouch.local.process.ClassArchives;
import dev.aftertouch.local.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line of one service. It names files that hold secrets, never a secret. */
record ServiceCommand(Options options, LocalSecrets secrets, ClassArchives archives) {

  List<String> line(Service service, Path configuration) {
    Path jar = service.jar(options.projectRoot());
    List<String> line =
        service.isOnHotPath()
            ? Java.smallAndBusy(service.heapMegabytes())
            : Java.smallAndQuick(service.heapMegabytes());
    line.add("-XX:MaxMetaspaceSize=192m");
    line.add("-XX:ReservedCodeCacheSize=96m");
    line.add("-XX:+HeapDumpOnOutOfMemoryError");
    line.add("-XX:HeapDumpPath=" + options.logs());
    try {
      if (UnpackedApplication.isPacked(jar)) {
        Path applications = options.projectRoot().resolve("local/target/applications");
        UnpackedApplication unpacked = UnpackedApplication.of(jar, applications, service.module());
        line.addAll(archives.arguments(service.module(), unpacked.libraries(), unpacked.own()));
        line.add(unpacked.mainClass());
      } else {
        line.addAll(List.of("-jar", jar.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.addAll(arguments(service, configuration));
    return line;
  }

  private static List<String> arguments(Service service, Path configuration) {
    return switch (service) {
      case PROVIDER_SANDBOX -> List.of();
      case GATEWAY, CAMPAIGN, ENROLLMENT, DISPATCH, ANALYTICS ->
          List.of("--spring.config.additional-location=file:" + configuration);
    };
  }

  /** The sandbox takes its settings from its environment, the others from their file. */
  Map<String, String> environment(Service service) {
    return switch (service) {
      case PROVIDER_SANDBOX -> sandbox();
      case GATEWAY, CAMPAIGN, ENROLLMENT, DISPATCH, ANALYTICS -> Java.ENVIRONMENT;
    };
  }

  private Map<String, String> sandbox() {
    String gateway = new Urls(options.ports()).gateway();
    Map<String, String> environment = new TreeMap<>(Java.ENVIRONMENT);
    environment.put("SANDBOX_PORT", Integer.toString(options.ports().sandbox()));
    environment.put("SANDBOX_SMTP_PORT", Integer.toString(options.ports().smtp()));
    environment.put("SANDBOX_LEDGER", options.data().resolve("sandbox/ledger.jsonl").toString());
    environment.put("SANDBOX_CLOCK_FILE", options.data().resolve("clock.properties").toString());
    environment.put("SANDBOX_RESEND_API_KEY", secrets.resendApiKey());
    environment.put("SANDBOX_RESEND_WEBHOOK_SECRET", secrets.resendWebhookSecret());
    environment.put("SANDBOX_RESEND_WEBHOOK_URL", gateway + "/w/resend/platform");
    environment.put("SANDBOX_TWILIO_ACCOUNT_SID", secrets.twilioAccountSid());
    environment.put("SANDBOX_TWILIO_AUTH_TOKEN", secrets.twilioAuthToken());
    environment.put("SANDBOX_TWILIO_INBOUND_URL", gateway + "/w/twilio/platform");
    environment.putAll(options.properties().getOrDefault(Service.PROVIDER_SANDBOX, Map.of()));
    return environment;
  }
}
