package dev.aftertouch.dispatch.replicas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.replicas.Businesses.Known;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.facts.BusinessChanged;
import dev.aftertouch.facts.BusinessDeleted;
import dev.aftertouch.facts.BusinessFact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BusinessesTest extends DispatchGround {
  @Autowired private Businesses businesses;
  @Autowired private Suppressions suppressions;

  @Test
  void aDeletedBusinessTakesItsRowsAlong() {
    Fixture business = business();
    business.customer();

    tell(business, 5, new BusinessDeleted(null));

    assertThat(find(business).gone()).containsKey(business.id);
    assertThat(rows("recipients", business)).isZero();
    assertThat(rows("campaigns", business)).isZero();
  }

  @Test
  void anOptOutOutlivesItsBusinessWhichMayComeBack() {
    Fixture business = business();
    Address address = Address.email(business.id, "out@mail.example");
    String body = "{\"channel\":\"email\",\"address\":\"out@mail.example\"}";
    assertThat(api("POST", "/api/suppressions", business.id, "staff", body).statusCode())
        .isEqualTo(201);

    tell(business, 5, new BusinessDeleted(null));
    tell(business, 6, named("Summit again"));

    assertThat(tenancy.asWorker(() -> suppressions.isSuppressed(address))).isTrue();
    assertThat(api("GET", "/api/suppressions", business.id, "owner", null).body())
        .contains("manual")
        .doesNotContain("out@mail.example");
  }

  @Test
  void aDeletedBusinessCanComeBack() {
    Fixture business = business();
    tell(business, 5, new BusinessDeleted(null));

    tell(business, 6, named("Summit again"));

    assertThat(nameOf(business)).isEqualTo("Summit again");
    assertThat(find(business).gone()).isEmpty();
  }

  @Test
  void anOlderFactChangesNothing() {
    Fixture business = business();
    business.customer();
    tell(business, 7, named("Newest"));

    tell(business, 6, new BusinessDeleted(null));
    tell(business, 5, named("Older"));

    assertThat(nameOf(business)).isEqualTo("Newest");
    assertThat(rows("recipients", business)).isOne();
  }

  @Test
  void newSettingsAreSeenAtOnce() {
    Fixture business = business();
    assertThat(nameOf(business)).isEqualTo("Summit Home Services");

    tell(business, 8, named("Renamed"));

    assertThat(nameOf(business)).isEqualTo("Renamed");
  }

  private BusinessChanged named(String name) {
    return new BusinessChanged(name, settings());
  }

  private void tell(Fixture business, long revision, Object fact) {
    tenancy.asWorker(
        () -> businesses.apply(List.of(new BusinessFact(business.id, revision, NOON, fact))));
  }

  private String nameOf(Fixture business) {
    return requireNonNull(find(business).businesses().get(business.id)).name();
  }

  private Known find(Fixture business) {
    return tenancy.asWorker(() -> businesses.find(List.of(business.id)));
  }

  private long rows(String table, Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT count(*) FROM " + table + " WHERE business_id = :business")
                .param("business", business.id)
                .query(Long.class)
                .single());
  }

  private String settings() {
    Fixture other = business();
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT settings::text FROM businesses WHERE business_id = :business")
                .param("business", other.id)
                .query(String.class)
                .single());
  }
}
