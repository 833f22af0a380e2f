package dev.aftertouch.campaign.businesses;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.campaign.campaigns.ForgetCampaigns;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.business.SettingsRules;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Creates, changes and deletes a business. Each change is told in topic businesses. */
@Component
public class KeepBusiness {
  private final Tenancy tenancy;
  private final Businesses businesses;
  private final BusinessFacts facts;
  private final ForgetCampaigns forgetCampaigns;
  private final InstantSource clock;

  KeepBusiness(
      Tenancy tenancy,
      Businesses businesses,
      BusinessFacts facts,
      ForgetCampaigns forgetCampaigns,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.businesses = businesses;
    this.facts = facts;
    this.forgetCampaigns = forgetCampaigns;
    this.clock = clock;
  }

  Answer<Business> read(UUID business) {
    return tenancy.asBusiness(
        business, () -> businesses.find(business).map(Answer::done).orElseGet(KeepBusiness::none));
  }

  /** Creates the business where it does not exist yet; tells whether it did so. */
  public boolean create(UUID business, String name, BusinessSettings settings) {
    return tenancy.asBusiness(
        business,
        () -> {
          Optional<Business> added = businesses.add(business, name, settings, clock.instant());
          added.ifPresent(facts::changed);
          return added.isPresent();
        });
  }

  Answer<Business> change(UUID business, IfMatch basis, String name, BusinessSettings settings) {
    List<FieldError> errors = new ArrayList<>();
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
      errors.add(
          new FieldError(
              "name", "name_invalid", "Give a name of 1 to 100 characters on one line."));
    }
    SettingsRules.check(settings)
        .forEach(
            error ->
                errors.add(
                    new FieldError("settings." + error.field(), error.code(), error.message())));
    if (!errors.isEmpty()) {
      return Answer.refused(new Refusal.Invalid(errors));
    }
    return tenancy.asBusiness(business, () -> changeValid(business, basis, name, settings));
  }

  private Answer<Business> changeValid(
      UUID business, IfMatch basis, String name, BusinessSettings settings) {
    Optional<Business> present = businesses.lock(business);
    if (present.isEmpty()) {
      return none();
    }
    Optional<Refusal> stale = basis.against(present.get().revision());
    if (stale.isPresent()) {
      return Answer.refused(stale.get());
    }
    Business changed = businesses.change(business, name, settings, clock.instant());
    facts.changed(changed);
    return Answer.done(changed);
  }

  /** Removes everything of the business, when whoever asks can tell its name; answers the name. */
  Answer<String> delete(UUID business, String confirmedName) {
    return tenancy.asBusiness(
        business,
        () -> {
          Optional<Business> present = businesses.lock(business);
          if (present.isEmpty()) {
            return none();
          }
          Business leaving = present.get();
          if (!leaving.name().equals(confirmedName)) {
            return Answer.invalid(
                "confirm_name",
                "name_differs",
                "Write the name of your business to confirm that everything of it shall go.");
          }
          Instant now = clock.instant();
          long last = leaving.revision() + 1;
          facts.deleted(business, last, now);
          forgetCampaigns.of(business);
          businesses.remove(business, last, now);
          return Answer.done(leaving.name());
        });
  }

  private static <T> Answer<T> none() {
    return Answer.refused(new Refusal.NotFound("business"));
  }
}
