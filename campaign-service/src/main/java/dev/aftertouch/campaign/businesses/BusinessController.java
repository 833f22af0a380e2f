package dev.aftertouch.campaign.businesses;

import dev.aftertouch.campaign.answers.Answer;
import dev.aftertouch.campaign.answers.IfMatch;
import dev.aftertouch.campaign.answers.Refusal;
import dev.aftertouch.engine.business.BusinessSettings;
import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.documents.Documents;
import dev.aftertouch.service.documents.MalformedDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** The business of whoever asks; there is no way to name another. */
@RestController
@RequestMapping("/api/business")
class BusinessController {
  private final KeepBusiness keepBusiness;
  private final Documents documents;

  BusinessController(KeepBusiness keepBusiness, Documents documents) {
    this.keepBusiness = keepBusiness;
    this.documents = documents;
  }

  record BusinessBody(@Nullable String name, @Nullable JsonNode settings) {}

  record Confirmation(@Nullable String confirmName) {}

  @GetMapping
  ResponseEntity<Business> read(CurrentUser user) {
    return tagged(keepBusiness.read(user.businessId()).orProblem());
  }

  @PutMapping
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<Business> change(
      CurrentUser user,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody BusinessBody body) {
    String name = body.name() == null ? "" : body.name();
    BusinessSettings settings =
        settings(body.settings() == null ? NullNode.getInstance() : body.settings()).orProblem();
    return tagged(
        keepBusiness.change(user.businessId(), new IfMatch(ifMatch), name, settings).orProblem());
  }

  @DeleteMapping
  @PreAuthorize("hasRole('OWNER')")
  ResponseEntity<Void> delete(CurrentUser user, @RequestBody Confirmation confirmation) {
    String name = confirmation.confirmName() == null ? "" : confirmation.confirmName();
    keepBusiness.delete(user.businessId(), name).orProblem();
    return ResponseEntity.noContent().build();
  }

  private Answer<BusinessSettings> settings(JsonNode document) {
    if (!document.isObject()) {
      return Answer.invalid(
          "settings",
          "missing",
          "Give the settings as an object; read them first and change what you want.");
    }
    try {
      return Answer.done(documents.settings(document));
    } catch (MalformedDocument malformed) {
      return Answer.refused(
          new Refusal.Invalid(
              malformed.errors().stream()
                  .map(
                      error ->
                          new FieldError(
                              "settings." + error.field(), error.code(), error.message()))
                  .toList()));
    }
  }

  private static ResponseEntity<Business> tagged(Business business) {
    return ResponseEntity.ok().eTag(IfMatch.etag(business.revision())).body(business);
  }
}
