/** When what waits for its pacing slot will have left. Reads only. */
@NullMarked
package dev.aftertouch.dispatch.forecasting;

import org.jspecify.annotations.NullMarked;
