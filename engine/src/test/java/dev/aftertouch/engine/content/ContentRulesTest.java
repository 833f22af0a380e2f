package dev.aftertouch.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentRulesTest {
  @Test
  void acceptsAnOrdinaryEmailAndText() {
    assertThat(
            ContentRules.email(
                "Hi {{first_name|there}}",
                "<html><head><meta charset=utf-8><style>p{}</style></head><body><p>{{#custom.roof}}x{{/custom.roof}}</p></body></html>"))
        .isEmpty();
    assertThat(ContentRules.sms("Hi {{first_name}}, {{review_link}}")).isEmpty();
  }

  @Test
  void refusesWhatIsMissing() {
    assertThat(codes(ContentRules.email(null, " "))).containsExactly("subject_missing", "missing");
    assertThat(codes(ContentRules.sms(""))).containsExactly("missing");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(codes(ContentRules.email("s".repeat(201), "x".repeat(100_001))))
        .containsExactly("too_long", "too_long");
    assertThat(codes(ContentRules.sms("x".repeat(1_601)))).containsExactly("too_long");
  }

  @Test
  void refusesALineBreakInTheSubject() {
    assertThat(codes(ContentRules.email("Hi\r\nBcc: x", "<p>x</p>")))
        .containsExactly("subject_has_line_break");
  }

  @Test
  void namesAnUnknownVariable() {
    assertThat(ContentRules.sms("{{frist_name}} {{custom.roof}} {{first_name.bytes}}"))
        .extracting(ContentProblem::code)
        .containsExactly("unknown_variable", "unknown_variable");
    assertThat(ContentRules.sms("{{frist_name}}").get(0).message())
        .startsWith("{{frist_name}} is no variable. Possible are booking_link,");
  }

  @Test
  void refusesBrokenTags() {
    assertThat(codes(ContentRules.sms("Hi {{first_name"))).containsExactly("tag_unclosed");
    assertThat(codes(ContentRules.sms("{{}}"))).containsExactly("tag_empty");
    assertThat(codes(ContentRules.sms("{{#first_name}}x"))).containsExactly("section_unclosed");
    assertThat(codes(ContentRules.sms("x{{/first_name}}"))).containsExactly("section_not_open");
    assertThat(codes(ContentRules.sms("{{>file}}{{&first_name}}{{=<% %>=}}")))
        .containsExactly("tag_not_allowed");
    assertThat(codes(ContentRules.sms("{{{first_name}}}"))).containsExactly("tag_not_allowed");
    assertThat(codes(ContentRules.sms("{{#first_name}}".repeat(5) + "{{/first_name}}".repeat(5))))
        .contains("sections_too_deep");
    assertThat(codes(ContentRules.sms("{{x}}".repeat(201)))).contains("too_many_tags");
  }

  @Test
  void refusesActiveHtml() {
    for (String html :
        List.of(
            "<script>x</script>",
            "<IFRAME src=x>",
            "<form action=x>",
            "<p onclick=\"x\">",
            "<a href=\"java\tscript:x\">x</a>",
            "<a href=\" JavaScript:x\">x</a>",
            "<a href=\"&#106;avascript:x\">x</a>",
            "<img src=\"data:text/html,x\">",
            "<meta http-equiv=Refresh content=0>",
            "<base href=x>")) {
      assertThat(ContentRules.email("Hi", html)).as(html).isNotEmpty();
    }
  }

  @Test
  void refusesAVariableThatCouldAddAttributes() {
    assertThat(codes(ContentRules.email("Hi", "<img alt={{first_name}}>")))
        .containsExactly("variable_unquoted");
    assertThat(codes(ContentRules.email("Hi", "<p {{first_name}}=x>")))
        .containsExactly("variable_unquoted");
    assertThat(codes(ContentRules.email("Hi", "<p class=\"{{first_name}}\">x</p>"))).isEmpty();
  }

  @Test
  void foreseesTheWorstCaseOfATextMessage() {
    assertThat(ContentRules.worstCaseSegments("Hi {{first_name}}", "Summit")).isEqualTo(1);
    assertThat(ContentRules.worstCaseSegments("Hi {{first_name}} " + "x".repeat(900), "Summit"))
        .isEqualTo(7);
  }

  private static List<String> codes(List<ContentProblem> problems) {
    return problems.stream().map(ContentProblem::code).toList();
  }
}
