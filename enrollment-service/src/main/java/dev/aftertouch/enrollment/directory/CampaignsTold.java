package dev.aftertouch.enrollment.directory;

import java.util.List;

/**
 * Campaigns that campaign-service spoke of, as they stand now. Announced inside the service after
 * the replica was committed, and again when a fact is repeated: whoever reacts does so
 * idempotently.
 */
public record CampaignsTold(List<StandingCampaign> campaigns) {}
