package dev.aftertouch.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As many texts as fit into the time, {@code -Dfuzz.seconds}; a failure names its seed. */
class TemplateFuzzTest {
  private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 2));
  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{",
          "}",
          "{{{",
          "}}}",
          "{{first_name}}",
          "{{first_name.bytes}}",
          "{{first_name|x}}",
          "{{class}}",
          "{{#first_name}}",
          "{{/first_name}}",
          "{{^x}}",
          "{{/x}}",
          "{{! c }}",
          "{{> /etc/passwd}}",
          "{{=<% %>=}}",
          "{{&x}}",
          "{{.}}",
          "{{this}}",
          "{{-index}}",
          "{{custom.a b}}",
          "|",
          " ",
          "\n",
          "\r",
          "\0",
          "\uE000",
          "\uE001",
          "\uF8FE",
          "\uF8FF",
          "&#xE000;",
          "&#xF8FE;v0&#xF8FF;",
          "&#123;&#123;x}}",
          "<a href=\"",
          "<a href=",
          "\"",
          "'",
          ">",
          "</a>",
          "<",
          "<!--",
          "-->",
          "<style>",
          "</style>",
          "<table>",
          "<tr>",
          "<p>",
          "<br>",
          "https://a.example/",
          "javascript:",
          "text",
          "😀",
          "é",
          "<img src={{x}}>",
          "{{unsubscribe_link}}",
          "{{postal_address}}",
          "{{review_link}}",
          "</body>",
          "\ud800");
  private static final Layout LAYOUT = new Layout("Summit", "1 Main St");
  private static final Map<String, String> VALUES =
      Map.of(
          "first_name",
          "Anna {{x}} \uE000",
          "unsubscribe_link",
          "https://u.example",
          "review_link",
          "https://r.example",
          "x",
          "<i>");

  @Test
  void answersEveryTextWithADeclaredResult() {
    long end = System.nanoTime() + BUDGET.toNanos();
    for (int seed = 0; System.nanoTime() < end; seed++) {
      String text = text(new Random(seed));
      try {
        render(text);
      } catch (RuntimeException | AssertionError e) {
        fail("seed " + seed + ": " + text, e);
      }
    }
  }

  private static void render(String text) {
    switch (CompiledTemplate.email(text, text)) {
      case CompiledTemplate.Email email ->
          check(Renderer.email(email, VALUES, LAYOUT, LinkWriter.DIRECT));
      case CompiledTemplate.Malformed malformed -> assertThat(malformed.problems()).isNotEmpty();
      case CompiledTemplate.Sms sms -> fail("a text message");
    }
    switch (CompiledTemplate.sms(text)) {
      case CompiledTemplate.Sms sms -> Renderer.sms(sms, VALUES, LAYOUT, true, LinkWriter.DIRECT);
      case CompiledTemplate.Malformed malformed -> assertThat(malformed.problems()).isNotEmpty();
      case CompiledTemplate.Email email -> fail("an e-mail");
    }
    ContentRules.email(text, text);
    ContentRules.sms(text);
    ContentRules.worstCaseSegments(text, "Summit");
  }

  private static void check(EmailRendering rendering) {
    if (rendering instanceof RenderedEmail email) {
      assertThat(email.subject()).doesNotContain("\n", "\r", "\0");
      assertThat(email.html()).contains("https://u.example").doesNotContain("[B@");
      assertThat(email.text()).contains("https://u.example").doesNotContain("[B@");
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(14);
    for (int i = 0; i < length; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
