@NullMarked
package dev.aftertouch.service.tenancy;

import org.jspecify.annotations.NullMarked;
