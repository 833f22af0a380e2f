package dev.aftertouch.campaign.templates;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Page;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.service.access.CurrentUser;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Templates over HTTP. */
@RestController
@RequestMapping("/api/templates")
class TemplateController {
  private final KeepTemplates keepTemplates;

  TemplateController(KeepTemplates keepTemplates) {
    this.keepTemplates = keepTemplates;
  }

  record TemplateBody(
      @Nullable String name,
      @Nullable Channel channel,
      @Nullable String subject,
      @Nullable String body) {

    Answer<TemplateDraft> draft() {
      if (channel == null) {
        return Answer.invalid(
            "channel", "missing", "Say whether the template is for email or sms.");
      }
      return Answer.done(
          new TemplateDraft(name == null ? "" : name, channel, subject, body == null ? "" : body));
    }
  }

  @GetMapping
  Page<StoredTemplate> list(
      CurrentUser user,
      @RequestParam(required = false) @Nullable Channel channel,
      @RequestParam(required = false) @Nullable Integer page,
      @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
    return keepTemplates.list(
        user.businessId(), channel, Page.Wanted.of(page, pageSize).orProblem());
  }

  @GetMapping("/{id}")
  ResponseEntity<StoredTemplate> read(CurrentUser user, @PathVariable UUID id) {
    return tagged(ResponseEntity.ok(), keepTemplates.read(user.businessId(), id).orProblem());
  }

  @PostMapping
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<StoredTemplate> create(CurrentUser user, @RequestBody TemplateBody body) {
    StoredTemplate created =
        keepTemplates.create(user.businessId(), body.draft().orProblem()).orProblem();
    return tagged(ResponseEntity.created(URI.create("/api/templates/" + created.id())), created);
  }

  @PutMapping("/{id}")
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<StoredTemplate> change(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody TemplateBody body) {
    TemplateDraft draft = body.draft().orProblem();
    return tagged(
        ResponseEntity.ok(),
        keepTemplates.change(user.businessId(), id, new IfMatch(ifMatch), draft).orProblem());
  }

  @DeleteMapping("/{id}")
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<Void> delete(CurrentUser user, @PathVariable UUID id) {
    keepTemplates.delete(user.businessId(), id).orProblem();
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<StoredTemplate> tagged(
      ResponseEntity.BodyBuilder response, StoredTemplate template) {
    return response.eTag(IfMatch.etag(template.revision())).body(template);
  }
}
