package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Page;
import dev.aftertouch.campaign.campaigns.Versions.Version;
import dev.aftertouch.campaign.campaigns.Versions.VersionSummary;
import dev.aftertouch.engine.definition.CampaignKind;
import dev.aftertouch.engine.definition.CampaignStatus;
import dev.aftertouch.engine.definition.ServiceType;
import dev.aftertouch.service.access.CurrentUser;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Campaigns and presets over HTTP: reading and writing. */
@RestController
class CampaignController {
  private final ReadCampaigns read;
  private final KeepDrafts drafts;

  CampaignController(ReadCampaigns read, KeepDrafts drafts) {
    this.read = read;
    this.drafts = drafts;
  }

  /** A list that is never long. */
  record Items<T>(List<T> items) {}

  @GetMapping("/api/presets")
  Items<CampaignView> presets(CurrentUser user) {
    return new Items<>(read.presets(user.businessId()));
  }

  @GetMapping("/api/campaigns")
  Page<CampaignSummary> list(
      CurrentUser user,
      @RequestParam(required = false) @Nullable CampaignStatus status,
      @RequestParam(required = false) @Nullable CampaignKind kind,
      @RequestParam(name = "include_presets", defaultValue = "false") boolean includePresets,
      @RequestParam(required = false) @Nullable Integer page,
      @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
    Campaigns.Filter filter = new Campaigns.Filter(status, kind, includePresets);
    return read.list(user.businessId(), filter, Page.Wanted.of(page, pageSize).orProblem());
  }

  @GetMapping("/api/campaigns/{id}")
  ResponseEntity<CampaignView> one(CurrentUser user, @PathVariable UUID id) {
    return tagged(ResponseEntity.ok(), read.one(user.businessId(), id));
  }

  @GetMapping("/api/campaigns/{id}/versions")
  Items<VersionSummary> versions(CurrentUser user, @PathVariable UUID id) {
    return new Items<>(read.versions(user.businessId(), id).orProblem());
  }

  @GetMapping("/api/campaigns/{id}/versions/{version}")
  Version version(CurrentUser user, @PathVariable UUID id, @PathVariable int version) {
    return read.version(user.businessId(), id, version).orProblem();
  }

  @PostMapping("/api/campaigns")
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<CampaignView> create(CurrentUser user, @RequestBody JsonNode definition) {
    return created(drafts.create(user.businessId(), definition));
  }

  @PutMapping("/api/campaigns/{id}")
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<CampaignView> edit(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode definition) {
    return tagged(
        ResponseEntity.ok(), drafts.edit(user.businessId(), id, new IfMatch(ifMatch), definition));
  }

  @PostMapping("/api/campaigns/{id}/duplicate")
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<CampaignView> duplicate(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    return created(drafts.duplicate(user.businessId(), id, changes(body).orProblem()));
  }

  /** A service type of null is a choice, namely all services; one that is left out is none. */
  private static Answer<KeepDrafts.Changes> changes(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      return Answer.done(new KeepDrafts.Changes(null, Optional.empty()));
    }
    String name = body.path("name").isString() ? body.path("name").stringValue() : null;
    JsonNode service = body.get("service_type");
    if (service == null) {
      return Answer.done(new KeepDrafts.Changes(name, Optional.empty()));
    }
    if (service.isNull()) {
      return Answer.done(
          new KeepDrafts.Changes(name, Optional.of(new KeepDrafts.ServiceChoice(null))));
    }
    return ServiceType.of(service.asString(""))
        .map(
            type ->
                Answer.done(
                    new KeepDrafts.Changes(name, Optional.of(new KeepDrafts.ServiceChoice(type)))))
        .orElseGet(
            () ->
                Answer.invalid(
                    "service_type",
                    "service_type_unknown",
                    "Name one of hvac, plumbing, electrical, cleaning, roofing, painting, handyman and other, or null for all."));
  }

  private static ResponseEntity<CampaignView> created(Answer<CampaignView> answer) {
    CampaignView campaign = answer.orProblem();
    return ResponseEntity.created(URI.create("/api/campaigns/" + campaign.id()))
        .eTag(IfMatch.etag(campaign.revision()))
        .body(campaign);
  }

  private static ResponseEntity<CampaignView> tagged(
      ResponseEntity.BodyBuilder response, Answer<CampaignView> answer) {
    CampaignView campaign = answer.orProblem();
    return response.eTag(IfMatch.etag(campaign.revision())).body(campaign);
  }
}
