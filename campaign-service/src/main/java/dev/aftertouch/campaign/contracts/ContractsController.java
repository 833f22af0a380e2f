package dev.aftertouch.campaign.contracts;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the descriptions that lie beside the code; tests hold them against it. They need no
 * sign-in.
 */
@RestController
class ContractsController {
  @GetMapping(path = "/api/campaigns/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource openApi() {
    return new ClassPathResource("contracts/openapi.json");
  }

  @GetMapping(
      path = {"/api/schemas/campaign-definition.json", "/api/campaigns/schema.json"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  Resource campaignDefinition() {
    return new ClassPathResource("contracts/campaign-definition.schema.json");
  }
}
