package dev.aftertouch.dispatch.settling;

import dev.aftertouch.dispatch.sending.Parcel;
import dev.aftertouch.dispatch.sending.ProviderAnswer;
import dev.aftertouch.dispatch.sending.SendMessages;
import dev.aftertouch.dispatch.settling.SettleTouches.Ended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes claims to their providers, outside any transaction. A parcel of several that its provider
 * refused is taken apart: one of its messages is at fault, so each goes alone, once it is written
 * down that it may. A crash before that leads to the same parcel and the same refusal again, one
 * after it to single messages with keys of their own.
 */
public final class HandOverClaims {
  private final SendMessages sender;
  private final Parcels parcels;

  HandOverClaims(SendMessages sender, Parcels parcels) {
    this.sender = sender;
    this.parcels = parcels;
  }

  /**
   * Returns when each claim has an answer, and soon after the last deadline at the latest.
   *
   * @param packed what of theirs is handed over; what else is in it has an end already and gets
   *     none
   */
  public List<Ended> handOver(Collection<Parcel> packed, Collection<Claim> claims) {
    Map<UUID, Claim> open =
        claims.stream()
            .collect(Collectors.toMap(claim -> claim.handover().attempt(), Function.identity()));
    List<Ended> ended = new ArrayList<>(claims.size());
    List<Parcel> refused = new ArrayList<>();
    for (SendMessages.Answered answered : sender.send(List.copyOf(packed))) {
      if (answered.answer() instanceof ProviderAnswer.Rejected && !answered.parcel().isOne()) {
        refused.add(answered.parcel());
      } else {
        end(answered, open, ended);
      }
    }
    if (!refused.isEmpty()) {
      parcels.takeApart(refused);
      for (SendMessages.Answered answered : sender.send(singles(refused, open))) {
        end(answered, open, ended);
      }
    }
    return ended;
  }

  private static void end(
      SendMessages.Answered answered, Map<UUID, Claim> open, Collection<Ended> ended) {
    for (int i = 0; i < answered.parcel().messages().size(); i++) {
      Claim claim = open.get(answered.parcel().messages().get(i).attempt());
      if (claim != null) {
        ended.add(new Ended(claim, answered.answer().of(i)));
      }
    }
  }

  private static List<Parcel> singles(List<Parcel> refused, Map<UUID, Claim> open) {
    return refused.stream()
        .flatMap(parcel -> parcel.messages().stream())
        .filter(message -> open.containsKey(message.attempt()))
        .map(Parcel::of)
        .toList();
  }
}
