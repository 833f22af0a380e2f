package dev.aftertouch.local.infrastructure;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Main class of the broker's own JVM: formats the storage where it is new, then runs Kafka itself.
 */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    String configuration = arguments[0];
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(Path.of(configuration))));
    if (!Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      String[] format = {"format", "-t", "QWZ0ZXJ0b3VjaExvY2FsMQ", "-c", configuration};
      if (StorageTool.execute(format, System.out) != 0) {
        System.exit(1);
      }
    }
    Kafka.main(new String[] {configuration});
  }
}
