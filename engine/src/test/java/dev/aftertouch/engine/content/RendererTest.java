package dev.aftertouch.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final Layout LAYOUT =
      new Layout("Summit Home Services", "1 Main St, Denver, CO 80202");
  private static final Map<String, String> ANNA =
      Map.of(
          "first_name", "Anna",
          "review_link", "https://g.page/summit?a=1&b=2",
          "unsubscribe_link", "https://follow.example/u/abc",
          "custom.roof", "slate");
  private static final LinkWriter SHORT = (name, target) -> "https://l.example/" + name;

  @Test
  void rendersSubjectHtmlAndTextWithFooterAndTrackedLinks() {
    EmailRendering email =
        email(
            "Thanks, {{first_name}}",
            "<p>Hi {{first_name}},</p><p>Please <a href=\"{{review_link}}\">tell us</a>.</p>");

    assertThat(email)
        .isEqualTo(
            new RenderedEmail(
                "Thanks, Anna",
                """
                <p>Hi Anna,</p><p>Please <a href="https://l.example/review">tell us</a>.</p>
                <p style="font-size:12px;color:#667085">Summit Home Services<br>1 Main St, Denver, CO 80202</p>
                <p style="font-size:12px;color:#667085"><a href="https://follow.example/u/abc">Unsubscribe</a></p>""",
                """
                Hi Anna,

                Please tell us (https://l.example/review).

                Summit Home Services
                1 Main St, Denver, CO 80202

                Unsubscribe (https://follow.example/u/abc)
                """,
                List.of(
                    new RenderedLink(
                        "review", "https://g.page/summit?a=1&b=2", "https://l.example/review"))));
  }

  @Test
  void takesTheDefaultForAnAbsentOrBlankValue() {
    assertThat(
            sms("Hi {{last_name|there}}, {{ contact_name | Dr. No }}!", Map.of("last_name", " ")))
        .isEqualTo("Hi there, Dr. No!");
  }

  @Test
  void takesAnEmptyDefault() {
    assertThat(sms("Hi{{last_name|}}!", Map.of())).isEqualTo("Hi!");
  }

  @Test
  void namesTheFirstVariableWithoutValueOrDefault() {
    assertThat(email("Hi {{last_name}}", "<p>{{user_name}}</p>"))
        .isEqualTo(new MissingVariable("last_name"));
    assertThat(Renderer.sms(smsOf("{{user_phone}}"), ANNA, LAYOUT, false, SHORT))
        .isEqualTo(new MissingVariable("user_phone"));
  }

  @Test
  void rendersNoEmailWithoutAWayOut() {
    Map<String, String> variables = new HashMap<>(ANNA);
    variables.remove("unsubscribe_link");

    assertThat(Renderer.email(emailOf("Hi", "<p>Hi</p>"), variables, LAYOUT, SHORT))
        .isEqualTo(new MissingVariable("unsubscribe_link"));
  }

  @Test
  void rendersNoEmailWithoutAPostalAddress() {
    assertThat(Renderer.email(emailOf("Hi", "<p>Hi</p>"), ANNA, new Layout("Summit", null), SHORT))
        .isEqualTo(new MissingVariable("postal_address"));
  }

  @Test
  void escapesValuesInHtmlButNotInSubjectAndText() {
    Map<String, String> variables = new HashMap<>(ANNA);
    variables.put("first_name", "<b title=\"x\">O'Neil & Co</b>");

    RenderedEmail email =
        (RenderedEmail)
            Renderer.email(
                emailOf("{{first_name}}", "<i title=\"{{first_name}}\">{{first_name}}</i>"),
                variables,
                LAYOUT,
                SHORT);

    String escaped = "&lt;b title=&quot;x&quot;&gt;O&#39;Neil &amp; Co&lt;/b&gt;";
    assertThat(email.html()).startsWith("<i title=\"" + escaped + "\">" + escaped + "</i>");
    assertThat(email.subject()).isEqualTo("<b title=\"x\">O'Neil & Co</b>");
    assertThat(email.text()).startsWith("<b title=\"x\">O'Neil & Co</b>");
  }

  @Test
  void keepsAHeaderOnOneLine() {
    Map<String, String> variables = new HashMap<>(ANNA);
    variables.put("first_name", "Anna\r\nBcc: all@example.com\0");

    RenderedEmail email =
        (RenderedEmail)
            Renderer.email(
                emailOf("Hi {{first_name}}\r\nX: y", "<p>x</p>"), variables, LAYOUT, SHORT);

    assertThat(email.subject()).isEqualTo("Hi Anna Bcc: all@example.com X: y");
  }

  @Test
  void readsNoPropertyOfAValue() {
    for (String name :
        List.of(
            "first_name.bytes", "first_name.class", "first_name.length", ".", "this", "class")) {
      assertThat(Renderer.sms(smsOf("{{" + name + "}}"), ANNA, LAYOUT, false, SHORT))
          .isEqualTo(new MissingVariable(name));
    }
  }

  @Test
  void takesAValueThatLooksLikeATagForWhatItIs() {
    assertThat(sms("Hi {{first_name}}", Map.of("first_name", "{{user_name}} \uE000")))
        .isEqualTo("Hi {{user_name}} \uE000");
  }

  @Test
  void takesAnEntityThatStandsForADelimiterForNothing() {
    RenderedEmail email = (RenderedEmail) email("Hi", "<p>&#xF8FE;v99&#xF8FF; &#xE063;</p>");

    assertThat(email.text()).startsWith("v99 \n");
  }

  @Test
  void showsASectionOnlyForACustomerWithAValue() {
    String body =
        "A{{#custom.roof}} {{custom.roof}} roof{{/custom.roof}}{{^custom.pool}} no pool{{/custom.pool}}.";

    assertThat(sms(body, Map.of("custom.roof", "slate"))).isEqualTo("A slate roof no pool.");
    assertThat(sms(body, Map.of("custom.pool", "yes"))).isEqualTo("A.");
  }

  @Test
  void wrapsEachLinkOnceAndNumbersTheOthers() {
    RenderedEmail email =
        (RenderedEmail)
            email(
                "Hi",
                "<a href='https://a.example/?x=1&amp;y=2'>a</a><A class=b HREF=https://b.example>b</a>"
                    + "<a href=\"https://a.example/?x=1&amp;y=2\">again</a><a href=\"tel:+1555\">call</a>"
                    + "<a href=\"{{review_link}}\">{{review_link}}</a><a href='{{unsubscribe_link}}'>out</a>");

    assertThat(email.html())
        .startsWith(
            "<a href='https://l.example/link-1'>a</a><A class=\"b\" HREF=\"https://l.example/link-2\">b</a>"
                + "<a href=\"https://l.example/link-1\">again</a><a href=\"tel:+1555\">call</a>"
                + "<a href=\"https://l.example/review\">https://l.example/review</a>"
                + "<a href='https://follow.example/u/abc'>out</a>")
        .doesNotContain("Unsubscribe");
    assertThat(email.links())
        .extracting(RenderedLink::target)
        .containsExactly(
            "https://a.example/?x=1&y=2", "https://b.example", "https://g.page/summit?a=1&b=2");
    assertThat(email.text())
        .contains("https://l.example/review")
        .doesNotContain("https://l.example/review (");
  }

  @Test
  void leadsALinkToAScriptNowhere() {
    RenderedEmail email =
        (RenderedEmail)
            Renderer.email(
                emailOf("Hi", "<a href=\"{{custom.page}}\">x</a>"),
                with("custom.page", "javascript:alert(1)"),
                LAYOUT,
                SHORT);

    assertThat(email.html()).startsWith("<a href=\"#\">x</a>");
    assertThat(email.links()).isEmpty();
  }

  @Test
  void addsTheWayOutWhereTheAuthorHidIt() {
    RenderedEmail email =
        (RenderedEmail)
            email(
                "Hi",
                "<body><!-- {{unsubscribe_link}} -->{{^first_name}}{{unsubscribe_link}}{{/first_name}}</body>");

    assertThat(email.html()).endsWith("Unsubscribe</a></p>\n</body>");
  }

  @Test
  void addsTheWayOutWhereTheAuthorPutItAmidAnotherAddress() {
    RenderedEmail email =
        (RenderedEmail)
            email("Hi", "<a href=\"https://shop.example/?from={{unsubscribe_link}}\">Shop</a>");

    assertThat(email.html()).endsWith("Unsubscribe</a></p>");
  }

  @Test
  void keepsARowOfATableInItsSection() {
    RenderedEmail email =
        (RenderedEmail)
            email(
                "Hi",
                "<table>{{#custom.pool}}<tr><td>Pool</td></tr>{{/custom.pool}}<tr><td>Roof</td></tr></table>");

    assertThat(email.html()).startsWith("<table><tr><td>Roof</td></tr></table>");
    assertThat(email.text()).startsWith("Roof\n");
  }

  @Test
  void introducesTheSenderAndTheWayOutInTheFirstTextOnly() {
    assertThat(body("Hi {{first_name}}, how did we do?", true))
        .isEqualTo("Summit Home Services: Hi Anna, how did we do? Reply STOP to opt out");
    assertThat(body("Summit Home Services here. Reply STOP to end", true))
        .isEqualTo("Summit Home Services here. Reply STOP to end");
    assertThat(body("Hi {{first_name}}", true))
        .isEqualTo("Summit Home Services: Hi Anna. Reply STOP to opt out");
    assertThat(body("Hi {{first_name}}", false)).isEqualTo("Hi Anna");
  }

  @Test
  void tracksLinkVariablesInATextMessage() {
    RenderedSms sms =
        (RenderedSms) Renderer.sms(smsOf("Rate us: {{review_link}}"), ANNA, LAYOUT, false, SHORT);

    assertThat(sms.body()).isEqualTo("Rate us: https://l.example/review");
    assertThat(sms.links()).hasSize(1);
  }

  @Test
  void saysTypographyInPlainCharacters() {
    RenderedSms sms =
        (RenderedSms)
            Renderer.sms(
                smsOf("It’s “done” – thanks… {{first_name}}"),
                with("first_name", "D’Arcy"),
                LAYOUT,
                false,
                SHORT);

    assertThat(sms.body()).isEqualTo("It's \"done\" - thanks... D'Arcy");
    assertThat(sms.segments()).isEqualTo(new SmsSegments(SmsSegments.Encoding.GSM_7, 30, 1));
  }

  @Test
  void cutsAValueThatIsFarTooLong() {
    assertThat(sms("{{first_name}}", Map.of("first_name", "x".repeat(1_000_000))))
        .hasSize(Rendering.LONGEST_VALUE);
  }

  private static EmailRendering email(String subject, String html) {
    return Renderer.email(emailOf(subject, html), ANNA, LAYOUT, SHORT);
  }

  private static CompiledTemplate.Email emailOf(String subject, String html) {
    return (CompiledTemplate.Email) CompiledTemplate.email(subject, html);
  }

  private static CompiledTemplate.Sms smsOf(String body) {
    return (CompiledTemplate.Sms) CompiledTemplate.sms(body);
  }

  private static String sms(String body, Map<String, String> variables) {
    return ((RenderedSms) Renderer.sms(smsOf(body), variables, LAYOUT, false, SHORT)).body();
  }

  private static String body(String template, boolean first) {
    return ((RenderedSms) Renderer.sms(smsOf(template), ANNA, LAYOUT, first, SHORT)).body();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> variables = new HashMap<>(ANNA);
    variables.put(name, value);
    return variables;
  }
}
