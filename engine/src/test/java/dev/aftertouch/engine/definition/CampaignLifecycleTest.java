package dev.aftertouch.engine.definition;

import static dev.aftertouch.engine.definition.CampaignStatus.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.definition.CampaignLifecycle.Answer;
import dev.aftertouch.engine.definition.CampaignLifecycle.Command;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CampaignLifecycleTest {
  private static final List<Command> COMMANDS =
      List.of(
          new Command.Edit(),
          new Command.Publish(),
          new Command.Activate(),
          new Command.Pause(PauseMode.HOLD),
          new Command.Resume(),
          new Command.Archive(),
          new Command.Delete());

  /** One line per status, one word per command: where it leads, or the code of the refusal. */
  private static final String TABLE =
      """
      DRAFT    DRAFT             DRAFT             ACTIVE            campaign_not_active campaign_not_paused ARCHIVED          DRAFT
      ACTIVE   ACTIVE            ACTIVE            ACTIVE            PAUSED              campaign_not_paused campaign_active   ACTIVE
      PAUSED   PAUSED            PAUSED            ACTIVE            PAUSED              ACTIVE              ARCHIVED          PAUSED
      ARCHIVED campaign_archived campaign_archived campaign_archived campaign_archived   campaign_archived   campaign_archived ARCHIVED
      """;

  @TestFactory
  Stream<DynamicTest> answersEveryPairOfStatusAndCommand() {
    return TABLE.lines().map(line -> line.split(" +")).flatMap(CampaignLifecycleTest::line);
  }

  private static Stream<DynamicTest> line(String[] words) {
    CampaignStatus status = CampaignStatus.valueOf(words[0]);
    return Stream.iterate(0, i -> i + 1)
        .limit(COMMANDS.size())
        .map(
            i ->
                DynamicTest.dynamicTest(
                    status + " " + COMMANDS.get(i),
                    () ->
                        assertThat(word(CampaignLifecycle.decide(status, COMMANDS.get(i))))
                            .isEqualTo(words[i + 1])));
  }

  private static String word(Answer answer) {
    return switch (answer) {
      case Answer.Allowed allowed -> allowed.status().name();
      case Answer.Refused refused -> refused.code();
    };
  }

  @Test
  void everyCommandAndStatusIsInTheTable() {
    assertThat(COMMANDS).hasSameSizeAs(Command.class.getPermittedSubclasses());
    assertThat(TABLE.lines()).hasSameSizeAs(CampaignStatus.values());
  }

  @Test
  void aRefusalSaysWhatToDo() {
    Answer answer = CampaignLifecycle.decide(ACTIVE, new Command.Archive());

    assertThat(answer)
        .isEqualTo(
            new Answer.Refused(
                "campaign_active",
                "Pause the campaign first and so choose whether its enrollments end or are held."));
  }
}
