package dev.aftertouch.dispatch.erasing;

import dev.aftertouch.dispatch.messages.Bundles;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.engine.definition.Channel;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Customers who are to be erased, and the statements that do it. */
final class Erasures {
  /**
   * One that is not complete.
   *
   * @param known addresses that the customer's own row had
   * @param counts of what was erased before
   */
  record Open(UUID business, UUID customer, List<Address> known, Map<String, Long> counts) {}

  /** A touch with all attempts that it may have had. */
  record Touch(UUID id, boolean claimed, List<UUID> attempts) {}

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Bundles bundles;
  private final JsonMapper json = JsonMapper.shared();

  Erasures(JdbcClient jdbc, Bundles bundles) {
    this.jdbc = jdbc;
    this.bundles = bundles;
  }

  /** Whether there is anything to be done now. */
  boolean due() {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM erasures WHERE completed_at IS NULL AND next_try_at <= now())")
        .query(Boolean.class)
        .single();
  }

  /** One that may be worked on now, locked against other instances. */
  Optional<Open> take() {
    return jdbc.sql(
            """
            SELECT business_id, customer_id, emails, phones, counts::text FROM erasures
            WHERE completed_at IS NULL AND next_try_at <= now()
            ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
        .query((row, number) -> open(row))
        .optional();
  }

  private Open open(ResultSet row) throws SQLException {
    UUID business = row.getObject("business_id", UUID.class);
    List<Address> known =
        Stream.concat(
                texts(row.getArray("emails")).map(email -> Address.email(business, email)),
                texts(row.getArray("phones")).map(phone -> Address.phone(business, phone)))
            .toList();
    return new Open(
        business,
        row.getObject("customer_id", UUID.class),
        known,
        json.readValue(row.getString("counts"), COUNTS));
  }

  private static Stream<String> texts(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray());
  }

  /** The customer's touches; locked, so that none is claimed again or settled meanwhile. */
  List<Touch> touches(Open erasure) {
    return jdbc.sql(
            """
            WITH t AS MATERIALIZED (
              SELECT touch_id, attempt_id, state FROM touches
              WHERE business_id = :business AND customer_id = :customer
              ORDER BY business_id, touch_id FOR NO KEY UPDATE)
            SELECT t.touch_id, t.state,
                   array_remove(ARRAY(SELECT e.attempt_id FROM earlier_attempts e
                                      WHERE e.business_id = :business AND e.touch_id = t.touch_id) || t.attempt_id, NULL) AS attempts
            FROM t ORDER BY t.touch_id
            """)
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .query(
            (row, number) ->
                new Touch(
                    row.getObject("touch_id", UUID.class),
                    row.getString("state").equals("claimed"),
                    List.of((UUID[]) row.getArray("attempts").getArray())))
        .list();
  }

  /** Where the touches went. */
  List<Address> addressesOf(Open erasure) {
    return jdbc.sql(
            """
            SELECT DISTINCT channel, address FROM touches
            WHERE business_id = :business AND customer_id = :customer AND address IS NOT NULL
            """)
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .query(
            (row, number) ->
                Address.of(
                    erasure.business(),
                    Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                    row.getString("address")))
        .list();
  }

  /** Whether a customer who is not erased has the address, too. */
  boolean isAnothers(Address address) {
    String sql =
        switch (address.channel()) {
          case EMAIL ->
              "SELECT EXISTS (SELECT FROM recipients WHERE business_id = :business AND email = :address)";
          case SMS ->
              "SELECT EXISTS (SELECT FROM recipients WHERE business_id = :business AND phone = :address)";
        };
    return jdbc.sql(sql)
        .param("business", address.business())
        .param("address", address.value())
        .query(Boolean.class)
        .single();
  }

  int eraseTouches(Open erasure, Collection<UUID> touches) {
    return jdbc.sql(
            """
            UPDATE touches SET address = NULL, evidence = '{}'
            WHERE business_id = :business AND touch_id = ANY (:touches::uuid[])
              AND (address IS NOT NULL OR evidence::text <> '{}')
            """)
        .param("business", erasure.business())
        .param("touches", ids(touches))
        .update();
  }

  int eraseMessages(Open erasure, Collection<UUID> attempts) {
    return bundles.empty(erasure.business(), attempts);
  }

  int eraseAgents(Open erasure, Collection<UUID> attempts) {
    return jdbc.sql(
            """
            UPDATE link_hits SET user_agent = NULL, purpose = NULL
            WHERE business_id = :business AND attempt_id = ANY (:attempts::uuid[])
              AND (user_agent IS NOT NULL OR purpose IS NOT NULL)
            """)
        .param("business", erasure.business())
        .param("attempts", ids(attempts))
        .update();
  }

  int eraseFeedback(Open erasure) {
    return jdbc.sql(
            """
            UPDATE feedback SET comment = ''
            WHERE business_id = :business AND customer_id = :customer AND comment <> ''
            """)
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .update();
  }

  /** Clicks in doubt hold nothing any more of enrollments that have ended. */
  void releaseClicks(Open erasure) {
    jdbc.sql(
            """
            DELETE FROM click_holds h
            USING (SELECT DISTINCT enrollment_id FROM touches WHERE business_id = :business AND customer_id = :customer) AS t
            WHERE h.business_id = :business AND h.enrollment_id = t.enrollment_id
            """)
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .update();
  }

  /** The key stays, and the suppression with it. */
  int eraseSuppressedAddresses(Open erasure, List<byte[]> keys) {
    return jdbc.sql(
            """
            UPDATE suppressions SET address = NULL
            WHERE business_id = :business AND channel IN ('email', 'sms') AND address_hash = ANY (:keys::bytea[])
              AND address IS NOT NULL
            """)
        .param("business", erasure.business())
        .param("keys", keys.toArray(byte[][]::new))
        .update();
  }

  /**
   * Empties worked-in webhooks that name the address: they are of the last day, since older ones
   * are empty. In forms a phone number's plus is written otherwise, so its digits are looked for.
   */
  int eraseWebhooks(Address address) {
    String needle =
        switch (address.channel()) {
          case EMAIL -> address.value();
          case SMS -> address.value().substring(1);
        };
    return jdbc.sql(
            """
            UPDATE webhook_inbox SET body = '', query = ''
            WHERE processed_at IS NOT NULL AND body <> ''
              AND (position(convert_to(:needle, 'UTF8') IN body) > 0
                   OR position(convert_to(:escaped, 'UTF8') IN body) > 0)
            """)
        .param("needle", needle)
        .param("escaped", needle.replace("@", "%40"))
        .update();
  }

  void waits(Open erasure, Map<String, Long> counts) {
    jdbc.sql(
            """
            UPDATE erasures SET next_try_at = now() + interval '5 seconds', counts = :counts::json
            WHERE business_id = :business AND customer_id = :customer
            """)
        .param("counts", json.writeValueAsString(counts))
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .update();
  }

  void complete(Open erasure, Map<String, Long> counts, Instant at) {
    jdbc.sql(
            """
            UPDATE erasures SET completed_at = :at, counts = :counts::json, emails = '{}', phones = '{}'
            WHERE business_id = :business AND customer_id = :customer
            """)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("counts", json.writeValueAsString(counts))
        .param("business", erasure.business())
        .param("customer", erasure.customer())
        .update();
  }

  private static String[] ids(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }
}
