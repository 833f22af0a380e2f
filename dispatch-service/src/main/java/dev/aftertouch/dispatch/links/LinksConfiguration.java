package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.messages.Engagements;
import dev.aftertouch.dispatch.messages.SentMessages;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.suppressing.RecordStops;
import dev.aftertouch.dispatch.suppressing.StopBarrier;
import dev.aftertouch.dispatch.suppressing.Suppressions;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LinksConfiguration {
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
  FollowLink followLink(
      Tenancy tenancy,
      LinkTokens tokens,
      LinkHits hits,
      SentMessages messages,
      Engagements engagements,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    return new FollowLink(tenancy, tokens, hits, messages, engagements, stops, barrier, clock);
  }

  @Bean
  AnswerPages answerPages(
      Tenancy tenancy,
      LinkTokens tokens,
      LinkHits hits,
      SentMessages messages,
      Businesses businesses,
      Engagements engagements,
      Suppressions suppressions,
      RecordStops stops,
      StopBarrier barrier,
      InstantSource clock) {
    return new AnswerPages(
        tenancy,
        tokens,
        hits,
        messages,
        businesses,
        engagements,
        suppressions,
        stops,
        barrier,
        clock);
  }
}
