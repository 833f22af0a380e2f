package dev.aftertouch.dispatch.sending;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All providers by name: freezing for the gate, handing over for the sender only. */
public final class Providers {
  private final Map<ProviderName, Provider> all = new EnumMap<>(ProviderName.class);

  Providers(List<Provider> providers) {
    providers.forEach(provider -> all.put(provider.name(), provider));
  }

  /** Whether the operator gave that provider an address and credentials. */
  public boolean isConfigured(ProviderName name) {
    return of(name).isConfigured();
  }

  /** The bytes that this provider will be handed. Calls nobody. */
  public byte[] freeze(ProviderName name, Message message) {
    return of(name).freeze(message);
  }

  /** The same message for another attempt. Calls nobody. */
  public byte[] freezeAgain(
      ProviderName name, byte[] frozen, Message.Ids earlier, Message.Ids ids, int validitySeconds) {
    return of(name).freezeAgain(frozen, earlier, ids, validitySeconds);
  }

  /** Most messages that this provider takes in one call. */
  public int mostTogether(ProviderName name) {
    return of(name).mostTogether();
  }

  Provider of(ProviderName name) {
    Provider provider = all.get(name);
    if (provider == null) {
      throw new IllegalStateException("No adapter for provider " + name);
    }
    return provider;
  }
}
