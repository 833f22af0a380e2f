/** What a use case answers: done, or refused with a reason; and how a refusal looks in the API. */
@NullMarked
package dev.aftertouch.campaign.answers;

import org.jspecify.annotations.NullMarked;
