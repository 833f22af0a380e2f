package dev.aftertouch.campaign.presets;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.definition.Preset;
import dev.aftertouch.engine.definition.Presets;
import dev.aftertouch.service.documents.Documents;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the presets (MT-01) as rows, so that row-level security guards them like everything else.
 * Runs after the SQL migrations whenever a preset of the engine changed; the same preset has the
 * same id in every installation.
 */
@Component
class PresetsMigration implements JavaMigration {
  private final Documents documents;
  private final InstantSource clock;

  PresetsMigration(Documents documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  @Override
  public @Nullable MigrationVersion getVersion() {
    return null;
  }

  @Override
  public String getDescription() {
    return "presets";
  }

  @Override
  public Integer getChecksum() {
    CRC32 checksum = new CRC32();
    for (Preset preset : Presets.all()) {
      checksum.update(
          (preset.key() + documents.write(preset.definition())).getBytes(StandardCharsets.UTF_8));
    }
    return (int) checksum.getValue();
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    try (PreparedStatement keep =
            context
                .getConnection()
                .prepareStatement(
                    """
                    INSERT INTO campaigns (campaign_id, is_preset, preset_key, name, kind, service_type, enrolls_on_job,
                                           definition, status, pause_mode, created_at, updated_at)
                    VALUES (?, true, ?, ?, ?, ?, ?, ?::jsonb, 'draft', ?, ?, ?)
                    ON CONFLICT (preset_key) WHERE is_preset DO UPDATE
                    SET name = excluded.name, kind = excluded.kind, service_type = excluded.service_type,
                        enrolls_on_job = excluded.enrolls_on_job, definition = excluded.definition,
                        pause_mode = excluded.pause_mode, revision = campaigns.revision + 1, updated_at = excluded.updated_at
                    """);
        PreparedStatement remove =
            context
                .getConnection()
                .prepareStatement(
                    "DELETE FROM campaigns WHERE is_preset AND preset_key <> ALL (?)")) {
      for (Preset preset : Presets.all()) {
        bind(keep, preset, now);
        keep.executeUpdate();
      }
      remove.setArray(
          1,
          context
              .getConnection()
              .createArrayOf("text", Presets.all().stream().map(Preset::key).toArray()));
      remove.executeUpdate();
    }
  }

  private void bind(PreparedStatement row, Preset preset, OffsetDateTime now) throws SQLException {
    CampaignDefinition definition = preset.definition();
    String id = "aftertouch preset " + preset.key();
    row.setObject(1, UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
    row.setString(2, preset.key());
    row.setString(3, preset.name());
    row.setString(4, definition.kind().code());
    row.setObject(
        5,
        definition.serviceType() == null ? null : definition.serviceType().code(),
        Types.VARCHAR);
    row.setBoolean(6, definition.enrollsOnJobCompletion());
    row.setString(7, documents.write(definition));
    row.setString(8, definition.settings().pauseMode().name().toLowerCase(Locale.ROOT));
    row.setObject(9, now);
    row.setObject(10, now);
  }
}
