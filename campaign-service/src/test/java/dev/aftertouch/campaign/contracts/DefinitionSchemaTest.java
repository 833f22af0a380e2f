package dev.aftertouch.campaign.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aftertouch.campaign.running.Definitions;
import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Presets;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.documents.DocumentsAutoConfiguration;
import dev.aftertouch.service.documents.MalformedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed JSON Schema and the codec take and refuse the same documents. */
class DefinitionSchemaTest {
  private static final Documents DOCUMENTS =
      new Documents(DocumentsAutoConfiguration.canonicalMapper());
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(resource("/contracts/campaign-definition.schema.json"), InputFormat.JSON);

  private static String resource(String name) {
    try (InputStream in = DefinitionSchemaTest.class.getResourceAsStream(name)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> violations(String document) {
    return SCHEMA.validate(document, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyPresetIsValidAsItIsWritten() {
    return Presets.all().stream()
        .map(
            preset ->
                DynamicTest.dynamicTest(
                    preset.key(),
                    () -> assertThat(violations(DOCUMENTS.write(preset.definition()))).isEmpty()));
  }

  @Test
  void aDocumentWithEveryKindOfStepTriggerAndConditionIsValidAndComesBackTheSame() {
    String document = resource("/contracts/everything.json");

    CampaignDefinition definition = DOCUMENTS.campaign(document);

    assertThat(violations(document)).isEmpty();
    assertThat(definition.steps()).hasSize(10);
    assertThat(violations(DOCUMENTS.write(definition))).isEmpty();
    assertThat(DOCUMENTS.campaign(DOCUMENTS.write(definition))).isEqualTo(definition);
  }

  @Test
  void aDraftMayNameATemplateInPlaceOfTheWording() {
    assertThat(
            violations(
                Definitions.textFromTemplate("N", "null", "00000000-0000-4000-8000-000000000009")))
        .isEmpty();
    assertThat(violations(Definitions.oneEmail("N", "\"hvac\"").replace("\"body\"", "\"text\"")))
        .isNotEmpty();
  }

  static Stream<String> wrongDocuments() {
    String right = Definitions.oneEmail("N", "\"hvac\"");
    return Stream.of(
        right.replace("\"multi_touch\"", "\"newsletter\""),
        right.replace("\"hvac\"", "\"gardening\""),
        right.replace("\"send_email\"", "\"send_fax\""),
        right.replace("\"job_completion\"", "\"job_started\""),
        right.replace("\"amount\": 24", "\"amount\": \"soon\""),
        right.replace("\"hours\"", "\"fortnights\""),
        right.replace("\"name\": \"N\",", ""),
        right.replace("\"id\": \"thanks\",", ""),
        right.replace("\"subject\": ", "\"headline\": "),
        right.replace("\"triggers\"", "\"starters\""),
        right.replace("\"steps\"", "\"settings\": {\"pause_mode\": \"sleep\"}, \"steps\""),
        "[]");
  }

  @ParameterizedTest
  @MethodSource("wrongDocuments")
  void whatTheSchemaRefusesTheCodecRefusesToo(String document) {
    assertThat(violations(document)).isNotEmpty();
    assertThatThrownBy(() -> DOCUMENTS.campaign(document)).isInstanceOf(MalformedDocument.class);
  }
}
