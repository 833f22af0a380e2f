package dev.aftertouch.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompiledTemplateTest {
  private static final String FEEDBACK = "feedback_link";

  @Test
  void knowsAVariableWhereverItStands() {
    assertThat(CompiledTemplate.sms("Tell us: {{feedback_link}}").uses(FEEDBACK)).isTrue();
    assertThat(CompiledTemplate.sms("{{#feedback_link}}Hi{{/feedback_link}}").uses(FEEDBACK))
        .isTrue();
    assertThat(CompiledTemplate.sms("{{^feedback_link}}Hi{{/feedback_link}}").uses(FEEDBACK))
        .isTrue();
    assertThat(CompiledTemplate.email("{{feedback_link}}", "<p>Hi</p>").uses(FEEDBACK)).isTrue();
    assertThat(
            CompiledTemplate.email("Hi", "<a href=\"{{feedback_link}}\">Tell us</a>")
                .uses(FEEDBACK))
        .isTrue();
    assertThat(
            CompiledTemplate.email("Hi", "<a href=\"{{feedback_link}}?from=mail\">Tell us</a>")
                .uses(FEEDBACK))
        .isTrue();
  }

  @Test
  void knowsThatItHasNoUseForOthers() {
    assertThat(CompiledTemplate.sms("Hi {{first_name}}, feedback_link").uses(FEEDBACK)).isFalse();
    assertThat(CompiledTemplate.email("Hi", "<p>{{first_name}}</p>").uses(FEEDBACK)).isFalse();
    assertThat(CompiledTemplate.email("Hi", "<p>{{first_name}}</p>").uses(Variables.UNSUBSCRIBE))
        .isTrue();
  }
}
