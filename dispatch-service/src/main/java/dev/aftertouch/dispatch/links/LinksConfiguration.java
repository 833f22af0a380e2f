package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Versions;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.engine.inbound.ClickRules;
import dev.aftertouch.service.background.BackgroundLoop;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LinksConfiguration {
  private static final Logger log = LoggerFactory.getLogger(LinksConfiguration.class);

  @Bean
  LinkTokens linkTokens(LinksProperties properties) {
    return new LinkTokens(properties.key());
  }

  @Bean
  PublicLinks publicLinks(LinksProperties properties, LinkTokens tokens) {
    return new PublicLinks(properties.publicUrl(), tokens);
  }

  @Bean
  LinkHits linkHits(JdbcClient jdbc) {
    return new LinkHits(jdbc);
  }

  @Bean
  JudgeClicks judgeClicks(
      Tenancy tenancy,
      LinkHits hits,
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      LinksProperties properties) {
    if (properties.hold().compareTo(ClickRules.LEAST_HOLD) < 0) {
      log.warn(
          "aftertouch.links.hold is {}: a scanner that asks for the hidden link later than that, but within {}, is"
              + " taken for a human",
          properties.hold(),
          ClickRules.LEAST_HOLD);
    }
    return new JudgeClicks(tenancy, hits, messages, engagements, stops, properties.hold());
  }

  @Bean
  BackgroundLoop clicksInDoubt(JudgeClicks clicks) {
    return new BackgroundLoop("clicks-in-doubt", Duration.ofMillis(500), clicks::settle);
  }

  @Bean
  BackgroundLoop outdatedClicks(JudgeClicks clicks) {
    return new BackgroundLoop("outdated-clicks", Duration.ofMinutes(1), clicks::reclassify);
  }

  @Bean
  FollowLink followLink(
      Tenancy tenancy,
      LinkTokens tokens,
      SentMessages messages,
      JudgeClicks clicks,
      StopBarrier barrier,
      InstantSource clock) {
    return new FollowLink(tenancy, tokens, messages, clicks, barrier, clock);
  }

  @Bean
  AnswerPages answerPages(
      Tenancy tenancy,
      LinkTokens tokens,
      LinkHits hits,
      JudgeClicks clicks,
      SentMessages messages,
      Businesses businesses,
      Versions versions,
      Engagements engagements,
      Suppressions suppressions,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    return new AnswerPages(
        tenancy,
        tokens,
        hits,
        clicks,
        messages,
        businesses,
        versions,
        engagements,
        suppressions,
        stops,
        barrier,
        clock);
  }
}
