@NullMarked
package dev.aftertouch.dispatch.forecasting;

import org.jspecify.annotations.NullMarked;
