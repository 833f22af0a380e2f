package dev.aftertouch.service.kafka;

import com.microsoft.kiota.ApiException;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Decodes as the class in {@link #DELEGATE} does, and tells a record that cannot be decoded from
 * one whose schema could not be asked for.
 */
public final class FactDeserializer implements Deserializer<Object> {
  static final String DELEGATE = "aftertouch.value.deserializer";

  private Deserializer<?> delegate = (topic, data) -> data;

  /** The schema registry did not answer: the same bytes may be decoded later. */
  static final class RegistryAwayException extends SerializationException {
    private static final long serialVersionUID = 1;

    RegistryAwayException(Throwable cause) {
      super("The schema registry did not answer: " + cause);
    }
  }

  @Override
  public void configure(Map<String, ?> config, boolean isKey) {
    try {
      delegate = Utils.newInstance(String.valueOf(config.get(DELEGATE)), Deserializer.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("There is no deserializer " + config.get(DELEGATE), e);
    }
    delegate.configure(config, isKey);
  }

  @Override
  public Object deserialize(String topic, byte[] data) {
    return decode(() -> delegate.deserialize(topic, data));
  }

  @Override
  public Object deserialize(String topic, Headers headers, byte[] data) {
    return decode(() -> delegate.deserialize(topic, headers, data));
  }

  private static Object decode(Supplier<?> decoding) {
    try {
      return decoding.get();
    } catch (RuntimeException failure) {
      // Causes that are not serializable would not survive the way to the listener.
      throw registryIsAway(failure)
          ? new RegistryAwayException(failure)
          : new SerializationException(failure.toString());
    }
  }

  /**
   * The registry's client tells of a call that did not come back by an {@link ExecutionException},
   * and of an answer that is a fault by an {@link ApiException}; 404 means that nobody knows the
   * record's schema.
   */
  static boolean registryIsAway(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ExecutionException
          || t instanceof TimeoutException
          || t instanceof SocketException
          || (t instanceof ApiException answer && answer.getResponseStatusCode() >= 500)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    delegate.close();
  }
}
