package dev.aftertouch.dispatch.links;

import dev.aftertouch.dispatch.links.AnswerPages.Standing;
import dev.aftertouch.dispatch.links.JudgeClicks.Request;
import dev.aftertouch.engine.definition.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Public addresses: no sign-in, no cookies. What a GET or HEAD changes is the raw hits only. */
@RestController
final class LinksController {
  private static final int LONGEST_COMMENT = 2_000;

  private final FollowLink follow;
  private final AnswerPages answers;

  LinksController(FollowLink follow, AnswerPages answers) {
    this.follow = follow;
    this.answers = answers;
  }

  @RequestMapping(
      path = "/l/{token}",
      method = {RequestMethod.GET, RequestMethod.HEAD})
  ResponseEntity<String> click(@PathVariable String token, HttpServletRequest request) {
    return follow
        .follow(token, asked(request))
        .map(
            target ->
                ResponseEntity.status(HttpStatus.FOUND)
                    .headers(LinksController::careful)
                    .header(HttpHeaders.LOCATION, ascii(target))
                    .<String>build())
        .orElseGet(LinksController::unknown);
  }

  /** Authors write addresses as they like; a header takes printable ASCII only. */
  private static String ascii(String address) {
    StringBuilder escaped = new StringBuilder(address.length());
    for (byte b : address.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f) {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  /** Sec-GPC and DNT are not read: who wishes for privacy is no machine for that. */
  private static Request asked(HttpServletRequest request) {
    return new Request(
        request.getMethod(), request.getHeader(HttpHeaders.USER_AGENT), purpose(request));
  }

  private static @Nullable String purpose(HttpServletRequest request) {
    return Stream.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
        .map(request::getHeader)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  @GetMapping("/u/{token}")
  ResponseEntity<String> unsubscribePage(@PathVariable String token, HttpServletRequest request) {
    return page(
        answers.look(LinkTokens.Purpose.UNSUBSCRIBE, token, asked(request)),
        standing -> Pages.unsubscribe(standing, token));
  }

  /**
   * The page's button, and RFC 8058's one click: no further step, no redirect. Stops all, unless
   * one purpose is named.
   */
  @PostMapping("/u/{token}")
  ResponseEntity<String> unsubscribe(
      @PathVariable String token, @RequestParam(required = false) @Nullable String purpose) {
    return page(
        answers.unsubscribe(token, Purpose.of(purpose).orElse(null)),
        standing -> Pages.unsubscribe(standing, token));
  }

  /** Takes back the stop of all, or of the purpose that is named. */
  @PostMapping("/u/{token}/undo")
  ResponseEntity<String> undo(
      @PathVariable String token, @RequestParam(required = false) @Nullable String purpose) {
    Optional<Purpose> named = Purpose.of(purpose);
    if (purpose != null && named.isEmpty()) {
      return unknown();
    }
    return page(
        answers.undo(token, named.orElse(null)), standing -> Pages.unsubscribe(standing, token));
  }

  @GetMapping("/f/{token}")
  ResponseEntity<String> feedbackPage(@PathVariable String token, HttpServletRequest request) {
    return page(
        answers.look(LinkTokens.Purpose.FEEDBACK, token, asked(request)),
        standing -> Pages.feedback(standing, token));
  }

  @PostMapping("/f/{token}")
  ResponseEntity<String> feedback(
      @PathVariable String token, @RequestParam(defaultValue = "") String comment) {
    String words = comment.replace('\0', ' ').strip();
    String kept = words.length() <= LONGEST_COMMENT ? words : words.substring(0, LONGEST_COMMENT);
    return page(answers.submitFeedback(token, kept), Pages::thanks);
  }

  private static ResponseEntity<String> page(
      Optional<Standing> standing, Function<Standing, String> page) {
    return standing
        .map(
            found ->
                ResponseEntity.ok()
                    .headers(LinksController::careful)
                    .contentType(MediaType.TEXT_HTML)
                    .body(page.apply(found)))
        .orElseGet(LinksController::unknown);
  }

  private static ResponseEntity<String> unknown() {
    return ResponseEntity.status(HttpStatus.NOT_FOUND)
        .headers(LinksController::careful)
        .contentType(MediaType.TEXT_HTML)
        .body(Pages.unknownLink());
  }

  private static void careful(HttpHeaders headers) {
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", Pages.CONTENT_SECURITY_POLICY);
    headers.set("X-Robots-Tag", "noindex");
  }
}
