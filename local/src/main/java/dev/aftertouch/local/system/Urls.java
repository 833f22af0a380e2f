package dev.aftertouch.local.system;

/** Where the parts of a system answer: base URLs without a slash at the end. */
public record Urls(SystemPorts ports) {
  public String of(Service service) {
    return "http://127.0.0.1:" + ports.of(service);
  }

  public String gateway() {
    return of(Service.GATEWAY);
  }

  public String sandbox() {
    return of(Service.PROVIDER_SANDBOX);
  }
}
