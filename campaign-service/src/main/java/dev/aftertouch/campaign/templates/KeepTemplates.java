package dev.aftertouch.campaign.templates;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Page;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Creates, changes and deletes templates. A change reaches a campaign when its draft is published,
 * never a published version.
 */
@Component
class KeepTemplates {
  private final Tenancy tenancy;
  private final Templates templates;
  private final InstantSource clock;

  KeepTemplates(Tenancy tenancy, Templates templates, InstantSource clock) {
    this.tenancy = tenancy;
    this.templates = templates;
    this.clock = clock;
  }

  Page<StoredTemplate> list(UUID business, @Nullable Channel channel, Page.Wanted wanted) {
    return tenancy.asBusiness(
        business,
        () ->
            wanted.page(
                templates.list(business, channel, wanted.size(), wanted.offset()),
                templates.count(business, channel)));
  }

  Answer<StoredTemplate> read(UUID business, UUID template) {
    return tenancy.asBusiness(
        business,
        () -> templates.find(business, template).map(Answer::done).orElseGet(KeepTemplates::none));
  }

  Answer<StoredTemplate> create(UUID business, TemplateDraft draft) {
    List<FieldError> errors = draft.check();
    if (!errors.isEmpty()) {
      return Answer.refused(new Refusal.Invalid(errors));
    }
    return unlessTaken(
        draft,
        () ->
            tenancy.asBusiness(
                business,
                () ->
                    templates
                        .add(business, UUID.randomUUID(), draft, clock.instant())
                        .map(Answer::done)
                        .orElseGet(() -> Answer.refused(new Refusal.NotFound("business")))));
  }

  Answer<StoredTemplate> change(UUID business, UUID template, IfMatch basis, TemplateDraft draft) {
    List<FieldError> errors = draft.check();
    if (!errors.isEmpty()) {
      return Answer.refused(new Refusal.Invalid(errors));
    }
    return unlessTaken(
        draft,
        () -> tenancy.asBusiness(business, () -> changeValid(business, template, basis, draft)));
  }

  private Answer<StoredTemplate> changeValid(
      UUID business, UUID template, IfMatch basis, TemplateDraft draft) {
    Optional<StoredTemplate> present = templates.lock(business, template);
    if (present.isEmpty()) {
      return none();
    }
    Optional<Refusal> stale = basis.against(present.get().revision());
    if (stale.isPresent()) {
      return Answer.refused(stale.get());
    }
    if (present.get().channel() != draft.channel()) {
      return Answer.invalid(
          "channel",
          "channel_fixed",
          "A template keeps its channel; create another one for the other channel.");
    }
    return Answer.done(templates.change(business, template, draft, clock.instant()));
  }

  Answer<StoredTemplate> delete(UUID business, UUID template) {
    return tenancy.asBusiness(
        business,
        () -> {
          // The lock waits for drafts that are taking the template up this moment, and they for it.
          Optional<StoredTemplate> present = templates.lock(business, template);
          if (present.isEmpty()) {
            return none();
          }
          List<String> users = templates.users(business, template);
          if (!users.isEmpty()) {
            return Answer.refused(new Refusal.TemplateInUse(users));
          }
          templates.delete(business, template);
          return Answer.done(present.get());
        });
  }

  private static Answer<StoredTemplate> unlessTaken(
      TemplateDraft draft, Supplier<Answer<StoredTemplate>> work) {
    try {
      return work.get();
    } catch (DuplicateKeyException taken) {
      return Answer.refused(new Refusal.NameTaken(draft.name()));
    }
  }

  private static Answer<StoredTemplate> none() {
    return Answer.refused(new Refusal.NotFound("template"));
  }
}
