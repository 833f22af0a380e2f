package dev.aftertouch.campaign.campaigns;

import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.engine.definition.CampaignLifecycle.Command;
import dev.aftertouch.engine.definition.PauseMode;
import dev.aftertouch.service.access.CurrentUser;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an owner does to a campaign. */
@RestController
@RequestMapping("/api/campaigns/{id}")
@PreAuthorize("hasRole('OWNER')")
class StandingController {
  private final ChangeStanding changeStanding;

  StandingController(ChangeStanding changeStanding) {
    this.changeStanding = changeStanding;
  }

  /** How to pause; without a mode it is the campaign's own. */
  record PauseBody(@Nullable PauseMode mode) {}

  @PostMapping("/publish")
  ResponseEntity<CampaignView> publish(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return carryOut(user, id, ifMatch, new Command.Publish());
  }

  @PostMapping("/activate")
  ResponseEntity<CampaignView> activate(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return carryOut(user, id, ifMatch, new Command.Activate());
  }

  @PostMapping("/pause")
  ResponseEntity<CampaignView> pause(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody(required = false) @Nullable PauseBody body) {
    return carryOut(user, id, ifMatch, new Command.Pause(body == null ? null : body.mode()));
  }

  @PostMapping("/resume")
  ResponseEntity<CampaignView> resume(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return carryOut(user, id, ifMatch, new Command.Resume());
  }

  @PostMapping("/archive")
  ResponseEntity<CampaignView> archive(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return carryOut(user, id, ifMatch, new Command.Archive());
  }

  @DeleteMapping
  ResponseEntity<Void> delete(
      CurrentUser user,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    changeStanding.carryOut(user, id, new IfMatch(ifMatch), new Command.Delete()).orProblem();
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<CampaignView> carryOut(
      CurrentUser user, UUID id, @Nullable String ifMatch, Command command) {
    CampaignView campaign =
        changeStanding.carryOut(user, id, new IfMatch(ifMatch), command).orProblem();
    return ResponseEntity.ok().eTag(IfMatch.etag(campaign.revision())).body(campaign);
  }
}
