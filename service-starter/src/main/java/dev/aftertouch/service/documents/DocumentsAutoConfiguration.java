package dev.aftertouch.service.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** One JSON for API, storage and Kafka. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
public final class DocumentsAutoConfiguration {

  @Bean
  JsonMapperBuilderCustomizer canonicalJson() {
    return DocumentsAutoConfiguration::canonical;
  }

  /** A mapper of the canonical form, outside an application. */
  public static JsonMapper canonicalMapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    canonical(builder);
    return builder.build();
  }

  private static void canonical(JsonMapper.Builder builder) {
    builder
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .addModule(new EngineModule())
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }

  @Bean
  Documents documents(JsonMapper json) {
    return new Documents(json);
  }
}
