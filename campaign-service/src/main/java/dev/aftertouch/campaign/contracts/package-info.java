/** The documents that describe this service: OpenAPI and the definition's JSON Schema. */
@NullMarked
package dev.aftertouch.campaign.contracts;

import org.jspecify.annotations.NullMarked;
