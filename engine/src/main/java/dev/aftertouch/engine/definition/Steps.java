package dev.aftertouch.engine.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds one's way through the steps of a definition, nested conditionals included. */
public final class Steps {
  private Steps() {}

  /**
   * A step and where it stands.
   *
   * @param path such as {@code steps[2].when_true[0]}
   * @param depth how many conditionals it lies in; 0 at the top
   */
  public record Located(String path, int depth, Step step) {}

  /** Where an enrollment begins; empty for a definition without steps. */
  public static Optional<Step> first(CampaignDefinition definition) {
    return first(definition.steps());
  }

  /** The step of that id, wherever it is nested. */
  public static Optional<Step> find(CampaignDefinition definition, String id) {
    return find(definition.steps(), id);
  }

  private static Optional<Step> find(List<Step> steps, String id) {
    for (Step step : steps) {
      if (step.id().equals(id)) {
        return Optional.of(step);
      }
      if (step instanceof Step.Conditional conditional) {
        Optional<Step> nested =
            find(conditional.whenTrue(), id).or(() -> find(conditional.whenFalse(), id));
        if (nested.isPresent()) {
          return nested;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The step after that one: the next in its list, and at the end of a branch the step after its
   * conditional. After a conditional itself this is the step behind both branches; see {@link
   * #afterCondition}. Empty at the end of the path and for an unknown id.
   */
  public static Optional<Step> next(CampaignDefinition definition, String id) {
    return next(definition.steps(), id, Optional.empty()).flatMap(Following::step);
  }

  /**
   * Where a conditional leads: the first step of the chosen branch, or, where that is empty, the
   * step behind.
   */
  public static Optional<Step> afterCondition(
      CampaignDefinition definition, Step.Conditional conditional, boolean holds) {
    return first(holds ? conditional.whenTrue() : conditional.whenFalse())
        .or(() -> next(definition, conditional.id()));
  }

  /** All touches in the order of the document, true branches first. The first has number 1. */
  public static List<Step.Touching> touches(CampaignDefinition definition) {
    List<Step.Touching> touches = new ArrayList<>();
    for (Located located : located(definition)) {
      if (located.step() instanceof Step.Touching touch) {
        touches.add(touch);
      }
    }
    return List.copyOf(touches);
  }

  /**
   * The number of that touch, from 1; empty where the step is unknown or does not speak to the
   * customer.
   */
  public static OptionalInt number(CampaignDefinition definition, String id) {
    List<Step.Touching> touches = touches(definition);
    for (int i = 0; i < touches.size(); i++) {
      if (touches.get(i).id().equals(id)) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** Every step with its place, in the order of the document, a conditional before its branches. */
  public static List<Located> located(CampaignDefinition definition) {
    List<Located> all = new ArrayList<>();
    locate(definition.steps(), "steps", 0, all);
    return List.copyOf(all);
  }

  private static void locate(List<Step> steps, String path, int depth, List<Located> all) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String here = path + "[" + i + "]";
      all.add(new Located(here, depth, step));
      if (step instanceof Step.Conditional conditional) {
        locate(conditional.whenTrue(), here + ".when_true", depth + 1, all);
        locate(conditional.whenFalse(), here + ".when_false", depth + 1, all);
      }
    }
  }

  /** What follows a step that was found; nothing at the end of the path. */
  private record Following(Optional<Step> step) {}

  private static Optional<Following> next(List<Step> steps, String id, Optional<Step> behind) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<Step> following = i + 1 < steps.size() ? Optional.of(steps.get(i + 1)) : behind;
      if (step.id().equals(id)) {
        return Optional.of(new Following(following));
      }
      if (step instanceof Step.Conditional conditional) {
        Optional<Following> inBranch =
            next(conditional.whenTrue(), id, following)
                .or(() -> next(conditional.whenFalse(), id, following));
        if (inBranch.isPresent()) {
          return inBranch;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Step> first(List<Step> steps) {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getFirst());
  }
}
