package dev.aftertouch.service.time;

import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** One {@link InstantSource} for the service; nobody else asks for the time. */
@AutoConfiguration
public final class TimeAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  InstantSource clock(@Value("${aftertouch.clock.file:}") String file) {
    InstantSource system = InstantSource.system();
    return file.isBlank() ? system : new SharedClock(Path.of(file), system);
  }
}
